import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { caller, type Caller, type Wire } from 'rx-llm';
import type { Access } from '../providers/demo-provider.ts';
import { forget, variable } from '../providers/environment.ts';
import { liveVariables } from '../providers/live-variables.ts';
import { accesses } from '../providers/providers.ts';
import type { CannedAnswer, Pace } from './embedded-endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { liveEndpoint } from './live-endpoint.ts';

/** Where an example's calls go, and how they get there. */
export interface ExampleEndpoint extends Endpoint {
  /** The provider that is asked: `openai`, unless `--provider NAME` names another. */
  readonly llm: Caller<Wire>;
  /** The model to ask and the connection: what a call of `llm` cannot do without. */
  readonly options: { readonly model: string };
  /** The same for a call of a provider that is said. It is as live as the one that is asked. */
  optionsFor<W extends Wire>(caller: Caller<W>): OptionsFor<W>;
}

/** What a call cannot do without. */
export type OptionsFor<W extends Wire> = { readonly model: string } & W['connection'];

/** What the script that runs all examples sets: at this pace nobody reads along. */
const isHurried = variable('EXAMPLES_PACE') === 'fast';

const hurriedPace: Pace = { ttft: 5, tps: 1000 };

/**
 * Where an example's calls go: to the real API when the environment has what the provider needs, else to
 * a local server that gives these answers. Says which.
 */
export async function exampleEndpoint(
  ...answers: readonly CannedAnswer[]
): Promise<ExampleEndpoint> {
  const access = askedAccess();
  const variables = liveVariables(access);
  const endpoint = variables ? liveEndpoint(access, variables) : await embedded(access, answers);
  console.log(`${endpoint.description}\n`);
  const { place } = endpoint;
  const optionsOf = <W extends Wire>({ model, live, local }: Access<W>): OptionsFor<W> => ({
    model,
    ...(place === null ? live() : local(place)),
  });
  return {
    ...endpoint,
    llm: caller(access.provider),
    options: optionsOf(access),
    optionsFor: (asked) => optionsOf(accessOf(asked)),
  };
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

function accessOf<W extends Wire>({ provider }: Caller<W>): Access<W> {
  const access = accesses.find((candidate) => candidate.provider === (provider as unknown));
  if (access === undefined) throw new Error(`There is no access to "${provider.name}"`);
  // The same provider has the same wire, which only the comparison knows.
  return access as Access<W>;
}

async function embedded(access: Access<Wire>, answers: readonly CannedAnswer[]): Promise<Endpoint> {
  const { embeddedEndpoint } = await import('./embedded-endpoint.ts');
  const { name } = access.provider;
  const option = name === 'openai' ? '' : ` --provider ${name}`;
  const file = basename(process.argv[1] ?? '');
  // An example may ask several providers, and all of them here.
  forget(accesses.flatMap(({ settings }) => settings));
  const command = `npx tsx examples/${file}${option}`;
  return embeddedEndpoint(access, answers, command, isHurried ? hurriedPace : undefined);
}
