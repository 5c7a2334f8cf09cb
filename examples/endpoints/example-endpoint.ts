import { basename } from 'node:path';
import type { OpenAIConnection } from 'rx-llm/openai';
import { liveVariables } from '../providers/live-variables.ts';
import { openaiAccess } from '../providers/openai.ts';
import type { CannedAnswer } from './embedded-endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { liveEndpoint } from './live-endpoint.ts';

/** Where an example's calls go, and how they get there. */
export interface ExampleEndpoint extends Endpoint {
  readonly connection: OpenAIConnection;
}

/**
 * Where an example's calls go: to the real API when `OPENAI_API_KEY` is set, else to a local server
 * that gives these answers. Says which.
 */
export async function exampleEndpoint(
  ...answers: readonly CannedAnswer[]
): Promise<ExampleEndpoint> {
  const variables = liveVariables(openaiAccess);
  const endpoint = variables ? liveEndpoint(openaiAccess, variables) : await embedded(answers);
  console.log(`${endpoint.description}\n`);
  const { place } = endpoint;
  return {
    ...endpoint,
    connection: place === null ? openaiAccess.live() : openaiAccess.local(place),
  };
}

async function embedded(answers: readonly CannedAnswer[]): Promise<Endpoint> {
  const { embeddedEndpoint } = await import('./embedded-endpoint.ts');
  const file = basename(process.argv[1] ?? '');
  return embeddedEndpoint(openaiAccess, answers, `npx tsx examples/${file}`);
}
