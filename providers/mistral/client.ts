import type { Mistral, SDKOptions } from '@mistralai/mistralai';
import type { Chat } from '@mistralai/mistralai/sdk/chat.js';
import { StreamError } from '../../lib/index.ts';
import { importSdk } from './sdk.ts';
import type { MistralConnection } from './wire.ts';

/** Gives the client to send with. The SDK is imported when the caller brings none. */
export async function mistralClient({ client, clientOptions }: MistralConnection): Promise<Chat> {
  if (client !== undefined) return withKey(await chatOf(client));
  const { Chat } = await importSdk();
  try {
    return await withKey(new Chat(clientOptions));
  } catch (error) {
    if (error instanceof StreamError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The client could not be made: ${reason}`;
    throw new StreamError('mistral', { code: 'invalid-request', message }, { cause: error });
  }
}

const chatOf = async (client: NonNullable<MistralConnection['client']>): Promise<Chat> => {
  const given: Mistral = typeof client === 'function' ? await client() : client;
  return given.chat;
};

/**
 * The same client with other options: made as the SDK makes its own parts, of the options of the whole
 * (the hooks are among them) and with the class from the caller's copy of the SDK.
 */
export function withOptions(chat: Chat, options: SDKOptions): Chat {
  const { constructor: Own } = chat as unknown as { readonly constructor: typeof Chat };
  return new Own({ ...chat._options, ...options });
}

/** A key that is a function is asked here, so that it is known and can be kept out of errors. */
async function withKey(chat: Chat): Promise<Chat> {
  const { apiKey } = chat._options;
  if (typeof apiKey !== 'function') return chat;
  try {
    return withOptions(chat, { apiKey: await apiKey() });
  } catch (error) {
    const message = 'The apiKey function failed; see the cause';
    throw new StreamError('mistral', { code: 'authentication', message }, { cause: error });
  }
}

/** The keys a client sends with: its own, else the one the SDK takes from the environment. */
export function secretsOf({ _options: { apiKey } }: Chat): readonly string[] {
  const key = apiKey ?? environment()['MISTRAL_API_KEY'];
  return typeof key === 'string' && key !== '' ? [key] : [];
}

/** The environment, where there is one. */
const environment = (): Readonly<Record<string, string | undefined>> =>
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {};
