import type { CohereClientV2 } from 'cohere-ai';
import { StreamError } from '../../lib/index.ts';
import { callersSender } from './callers-sender.ts';
import { ownSender } from './own-sender.ts';
import type { ClientOptions, CohereConnection, CohereSender } from './wire.ts';

/** Gives what to send with: the caller's client, or one of the SDK's, imported now. */
export async function cohereSender({
  client,
  clientOptions,
}: CohereConnection): Promise<CohereSender> {
  if (client !== undefined) {
    const given: CohereClientV2 = typeof client === 'function' ? await client() : client;
    // Only for the class of its errors: whoever holds a client has loaded the SDK.
    return callersSender(given, await importSdk().catch(() => null));
  }
  const sdk = await importSdk();
  return ownSender(sdk, await withKey(clientOptions ?? {}));
}

async function importSdk(): Promise<typeof import('cohere-ai')> {
  try {
    return await import('cohere-ai');
  } catch (error) {
    const message = 'The package "cohere-ai" could not be loaded; run: npm install cohere-ai';
    throw new StreamError('cohere', { code: 'missing-sdk', message }, { cause: error });
  }
}

/** The options with the key itself where the caller gave a promise or a function for it: it must not show. */
async function withKey(options: ClientOptions): Promise<ClientOptions> {
  const { token } = options;
  const key = await (typeof token === 'function' ? token() : token);
  return key === undefined ? options : { ...options, token: key };
}
