import { StreamError } from '../../lib/index.ts';

/** What is needed of the SDK. */
export interface MistralSdk {
  readonly Chat: typeof import('@mistralai/mistralai/sdk/chat.js').Chat;
  readonly HTTPClient: typeof import('@mistralai/mistralai/lib/http.js').HTTPClient;
  readonly SDKError: typeof import('@mistralai/mistralai/models/errors/sdkerror.js').SDKError;
}

/**
 * Imports the SDK, as little of it as possible: its own index takes some 0.8 s and 80 MB, what chat needs
 * two thirds of that.
 */
export async function importSdk(): Promise<MistralSdk> {
  try {
    const [{ Chat }, { HTTPClient }, { SDKError }] = await Promise.all([
      import('@mistralai/mistralai/sdk/chat.js'),
      import('@mistralai/mistralai/lib/http.js'),
      import('@mistralai/mistralai/models/errors/sdkerror.js'),
    ]);
    return { Chat, HTTPClient, SDKError };
  } catch (error) {
    const message =
      'The package "@mistralai/mistralai" could not be loaded; run: npm install @mistralai/mistralai';
    throw new StreamError('mistral', { code: 'missing-sdk', message }, { cause: error });
  }
}
