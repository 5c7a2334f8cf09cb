import type { CohereClientV2 } from 'cohere-ai';
import { StreamError } from '../../lib/index.ts';
import type { CohereSender } from './wire.ts';

/**
 * Sends with a client of the caller's, whose `fetch` is not ours to replace. The body is taken out of the
 * `Stream` the SDK makes of it, which reads nothing before it is iterated. Its field `stream` is private
 * in the SDK's types; a client without it is told so, for reading its events as the SDK does would end
 * at a text that contains `[DONE]`.
 *
 * @param sdk for the class of its errors; `null` where the client comes from elsewhere
 */
export const callersSender = (
  client: CohereClientV2,
  sdk: Pick<typeof import('cohere-ai'), 'CohereError'> | null,
): CohereSender => ({
  send: async (request, options) => {
    const { data, rawResponse } = await client.chatStream(request, options).withRawResponse();
    const { status, headers } = rawResponse;
    return new Response(bodyOf(data), { status, headers });
  },
  secrets: secretsOf(client),
  failure: (facts) =>
    sdk === null
      ? Object.assign(new Error(facts.message), { statusCode: undefined, ...facts })
      : new sdk.CohereError(facts),
});

function bodyOf(stream: unknown): ReadableStream<Uint8Array> {
  const { stream: body } = stream as { readonly stream?: ReadableStream<Uint8Array> };
  if (typeof body?.getReader === 'function') return body;
  throw new StreamError('cohere', {
    code: 'unsupported',
    message:
      'The stream of this client cannot be read: its version of cohere-ai is not known here; give clientOptions instead of a client',
  });
}

/** The key as far as the client shows it: its options are private in the SDK's types. */
function secretsOf(client: CohereClientV2): readonly string[] {
  const { _options: options } = client as unknown as { _options?: { token?: unknown } };
  const token = options?.token;
  return typeof token === 'string' && token !== '' ? [token] : [];
}
