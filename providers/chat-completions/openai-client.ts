import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import { StreamError } from '../../lib/index.ts';
import type { OpenAIConnection } from './openai-wire.ts';

/**
 * Gives the client to send with. The SDK is imported when the caller brings none.
 *
 * @param provider name for errors
 * @param optionsOf the options to make a client with, from those of the caller
 */
export async function openaiClient<Options>(
  provider: string,
  { client, clientOptions }: OpenAIConnection<Options>,
  optionsOf: (clientOptions: Options | undefined) => ClientOptions,
): Promise<OpenAI> {
  if (client !== undefined) return typeof client === 'function' ? client() : client;
  const { default: Client } = await importSdk(provider);
  try {
    return new Client({ maxRetries: 0, ...optionsOf(clientOptions) });
  } catch (error) {
    if (error instanceof StreamError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The client could not be made: ${reason}`;
    const isKeyMissing = /missing credentials|authentication method/i.test(reason);
    const code = isKeyMissing ? 'authentication' : 'invalid-request';
    throw new StreamError(provider, { code, message }, { cause: error });
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
