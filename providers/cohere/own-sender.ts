import type { ClientOptions, CohereSender } from './wire.ts';
import { tapResponse, type TappedResponse } from './tapped-response.ts';

type Sdk = typeof import('cohere-ai');

/**
 * Sends with a client made for the request, whose `fetch` is ours: the SDK does keys, URLs, headers and
 * errors, and is handed an empty body in place of the stream.
 *
 * Its own reading of the stream ends wherever a text contains `[DONE]` (`dataValue.includes(…)` in its
 * `Stream`), and reads neither data over several lines nor lines that end in CR.
 */
export const ownSender = (sdk: Sdk, options: ClientOptions): CohereSender => ({
  send: async (request, requestOptions) => {
    const tap = tapResponse(options.fetch ?? globalThis.fetch);
    const client = new sdk.CohereClientV2({ ...options, fetch: tap.fetch });
    await client.chatStream(request, requestOptions);
    return responseOf(sdk, tap.outcome());
  },
  secrets: [options.token ?? keyOfEnvironment()].filter(isSecret),
  failure: (facts) => new sdk.CohereError(facts),
});

function responseOf(sdk: Sdk, outcome: TappedResponse): Response {
  if ('response' in outcome) return outcome.response;
  const { error } = outcome;
  // The reason of the SDK's own timer: it means to throw this class then, and looks for another name.
  if (error === 'timeout') {
    throw new sdk.CohereTimeoutError('No answer came within the client’s timeout.');
  }
  const { message = String(error) } = (error ?? {}) as { readonly message?: string };
  throw new sdk.CohereError({ message, cause: error });
}

/** The variable the SDK takes its key from, where there is an environment. */
const keyOfEnvironment = (): string | undefined =>
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[
    'CO_API_KEY'
  ];

const isSecret = (token: unknown): token is string => typeof token === 'string' && token !== '';
