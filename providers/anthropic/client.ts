import type Anthropic from '@anthropic-ai/sdk';
import { StreamError } from '../../lib/index.ts';
import type { AnthropicConnection } from './wire.ts';

/** Gives the client to send with. The SDK is imported when the caller brings none. */
export async function anthropicClient({
  client,
  clientOptions,
}: AnthropicConnection): Promise<Anthropic> {
  if (client !== undefined) return typeof client === 'function' ? client() : client;
  const { default: Client } = await importSdk();
  try {
    return new Client({ maxRetries: 0, ...clientOptions });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The client could not be made: ${reason}`;
    throw new StreamError('anthropic', { code: 'authentication', message }, { cause: error });
  }
}

async function importSdk(): Promise<typeof import('@anthropic-ai/sdk')> {
  try {
    return await import('@anthropic-ai/sdk');
  } catch (error) {
    const message =
      'The package "@anthropic-ai/sdk" could not be loaded; run: npm install @anthropic-ai/sdk';
    throw new StreamError('anthropic', { code: 'missing-sdk', message }, { cause: error });
  }
}

/** The keys a client holds. */
export const secretsOf = ({ apiKey, authToken }: Anthropic): readonly string[] =>
  [apiKey, authToken].flatMap((secret) => (secret ? [secret] : []));
