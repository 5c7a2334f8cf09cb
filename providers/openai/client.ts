import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import { StreamError } from '../../lib/index.ts';

/** Which client to use, and how to send with it. Default: a client from the environment. */
export type OpenAIConnection = {
  /** Options of the SDK for one request, such as `timeout` (ms, until the headers), `headers`, `maxRetries`. */
  readonly requestOptions?: Omit<
    OpenAI.RequestOptions,
    'signal' | 'stream' | 'body' | 'method' | 'path'
  >;
} & (
  | {
      /** A client, or a function that gives one; asked once per subscription. */
      readonly client?: OpenAI | (() => OpenAI | PromiseLike<OpenAI>);
      readonly clientOptions?: never;
    }
  | {
      readonly client?: never;
      /** Options to construct a client with, once per subscription. */
      readonly clientOptions?: ClientOptions;
    }
);

/** Gives the client to send with. The SDK is imported when the caller brings none. */
export async function openaiClient(
  provider: string,
  { client, clientOptions }: OpenAIConnection,
): Promise<OpenAI> {
  if (client !== undefined) return typeof client === 'function' ? client() : client;
  const { default: Client } = await importSdk(provider);
  try {
    return new Client({ maxRetries: 0, ...clientOptions });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The client could not be made: ${reason}`;
    throw new StreamError(provider, { code: 'authentication', message }, { cause: error });
  }
}

async function importSdk(provider: string): Promise<typeof import('openai')> {
  try {
    return await import('openai');
  } catch (error) {
    const message = 'The package "openai" could not be loaded; run: npm install openai';
    throw new StreamError(provider, { code: 'missing-sdk', message }, { cause: error });
  }
}
