import { basename } from 'node:path';
import { hasKey, liveEndpoint } from './live-endpoint.ts';
import type { CannedAnswer } from './embedded-endpoint.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * Where an example's calls go: to the real API when `OPENAI_API_KEY` is set, else to a local server
 * that gives these answers. Says which.
 */
export async function exampleEndpoint(...answers: readonly CannedAnswer[]): Promise<Endpoint> {
  const endpoint = hasKey() ? liveEndpoint() : await embedded(answers);
  console.log(`${endpoint.description}\n`);
  return endpoint;
}

async function embedded(answers: readonly CannedAnswer[]): Promise<Endpoint> {
  const { embeddedEndpoint } = await import('./embedded-endpoint.ts');
  const file = basename(process.argv[1] ?? '');
  return embeddedEndpoint(answers, `npx tsx examples/${file}`);
}
