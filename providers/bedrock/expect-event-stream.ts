import type { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';

/** Name of the error of an answer that is no event stream. */
export const notAnEventStream = 'NotAnEventStream';

/** What the SDK's handlers give for an answer. */
interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
}

/**
 * Makes a command refuse a web page or a JSON document under a status of success, which proxies send.
 * The SDK would take its first four bytes for the length of a frame and set aside 1 to 2 GB for it.
 *
 * @param onStream called when an event stream begins
 */
export function expectEventStream(
  command: ConverseStreamCommand,
  { config }: Pick<BedrockRuntimeClient, 'config'>,
  onStream: () => void,
): void {
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { statusCode, headers, body } = result.response as HttpAnswer;
      if (statusCode >= 300) return result;
      const contentType = headers['content-type'] ?? '';
      if (!/^(text\/html|application\/json)\b/i.test(contentType)) {
        onStream();
        return result;
      }
      const text = new TextDecoder().decode(await config.streamCollector(body));
      const said = messageIn(text);
      const message = `The server answered with ${contentType} instead of an event stream`;
      throw Object.assign(new Error(said === null ? message : `${message}: ${said}`), {
        name: notAnEventStream,
        $metadata: { httpStatusCode: statusCode, requestId: headers['x-amzn-requestid'] },
      });
    },
    // Next to the handler, before the SDK reads the answer.
    { step: 'deserialize', priority: 'low', name: 'expectEventStream' },
  );
}

/** The message of an error that came as a JSON document. */
function messageIn(text: string): string | null {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
}
