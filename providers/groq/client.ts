import type Groq from 'groq-sdk';
import { StreamError } from '../../lib/index.ts';
import type { GroqConnection } from './wire.ts';

/** Gives the client to send with. The SDK is imported when the caller brings none. */
export async function groqClient({ client, clientOptions }: GroqConnection): Promise<Groq> {
  if (client !== undefined) return typeof client === 'function' ? client() : client;
  const { default: Client } = await importSdk();
  try {
    return new Client({ maxRetries: 0, ...clientOptions });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The client could not be made: ${reason}`;
    throw new StreamError('groq', { code: 'authentication', message }, { cause: error });
  }
}

async function importSdk(): Promise<typeof import('groq-sdk')> {
  try {
    return await import('groq-sdk');
  } catch (error) {
    const message = 'The package "groq-sdk" could not be loaded; run: npm install groq-sdk';
    throw new StreamError('groq', { code: 'missing-sdk', message }, { cause: error });
  }
}
