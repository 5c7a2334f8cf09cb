import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { caller, type Caller, type Wire } from 'rx-llm';
import type { Access } from '../providers/demo-provider.ts';
import { liveVariables } from '../providers/live-variables.ts';
import { accesses } from '../providers/providers.ts';
import type { CannedAnswer } from './embedded-endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { liveEndpoint } from './live-endpoint.ts';

/** Where an example's calls go, and how they get there. */
export interface ExampleEndpoint extends Endpoint {
  /** The provider that is asked: `openai`, unless `--provider NAME` names another. */
  readonly llm: Caller<Wire>;
  /** The model to ask and the connection: what a call of `llm` cannot do without. */
  readonly options: { readonly model: string };
}

/**
 * Where an example's calls go: to the real API when the environment has what the provider needs, else to
 * a local server that gives these answers. Says which.
 */
export async function exampleEndpoint(
  ...answers: readonly CannedAnswer[]
): Promise<ExampleEndpoint> {
  const access = askedAccess();
  const { provider, model } = access;
  const variables = liveVariables(access);
  const endpoint = variables ? liveEndpoint(access, variables) : await embedded(access, answers);
  console.log(`${endpoint.description}\n`);
  const { place } = endpoint;
  const connection = place === null ? access.live() : access.local(place);
  return { ...endpoint, llm: caller(provider), options: { model, ...connection } };
}

function askedAccess(): Access<Wire> {
  const { provider: name } = parseArgs({
    options: { provider: { type: 'string', default: 'openai' } },
  }).values;
  const access = accesses.find(({ provider }) => provider.name === name);
  if (access !== undefined) return access;
  const names = accesses.map(({ provider }) => provider.name).join(', ');
  throw new Error(`There is no provider "${name}"; give one of ${names}`);
}

async function embedded(access: Access<Wire>, answers: readonly CannedAnswer[]): Promise<Endpoint> {
  const { embeddedEndpoint } = await import('./embedded-endpoint.ts');
  const { name } = access.provider;
  const option = name === 'openai' ? '' : ` --provider ${name}`;
  const file = basename(process.argv[1] ?? '');
  return embeddedEndpoint(access, answers, `npx tsx examples/${file}${option}`);
}
