/**
 * `npm run examples`: runs every example on its embedded server and holds what it prints against what its
 * comments say, with every provider.
 * `npm run examples -- tools chain --provider cohere` runs some of them.
 */
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { from, lastValueFrom, mergeMap, tap, toArray } from 'rxjs';
import { accesses } from '../examples/providers/providers.ts';
import { bundleExamples, exampleNames } from './examples/bundle.ts';
import { runExample, type Outcome } from './examples/run-example.ts';

/** Examples that ask certain providers, or none, whichever is wanted: they run once. */
const ofTheirOwn: readonly string[] = [
  'audio',
  'chain-providers',
  'client',
  'local-models',
  'own-provider',
  'retry-restart',
  'testing',
];

/** Examples whose point is time: they run at the pace that people see. */
const atVisiblePace: readonly string[] = ['cancel'];

const providers = accesses.map(({ provider }) => provider.name);
const { positionals: wantedExamples, values } = parseArgs({
  allowPositionals: true,
  options: { provider: { type: 'string', multiple: true } },
});

const names = exampleNames();
const unknown = [
  ...[...ofTheirOwn, ...atVisiblePace, ...wantedExamples].filter((name) => !names.includes(name)),
  ...(values.provider ?? []).filter((name) => !providers.includes(name)),
];
if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}`);

const runs = names
  .filter((name) => wantedExamples.length === 0 || wantedExamples.includes(name))
  .flatMap((name) => providersOf(name).map((provider) => ({ name, provider })));

const width = Math.max(...runs.map(({ name, provider }) => `${name} ${provider}`.length)) + 2;

const folder = await bundleExamples();
const outcomes = await lastValueFrom(
  from(runs).pipe(
    mergeMap(
      ({ name, provider }) =>
        runExample({
          name,
          provider,
          bundle: join(folder, `${name}.mjs`),
          env: environment(atVisiblePace.includes(name)),
        }),
      availableParallelism(),
    ),
    tap(report),
    toArray(),
  ),
  { defaultValue: [] },
).finally(() => rm(folder, { recursive: true }));

const failed = outcomes.filter(({ problem }) => problem !== null);
console.log(`${outcomes.length} runs, ${failed.length} failed`);
for (const { name, provider, problem } of failed)
  console.error(`\n${name} ${provider}: ${problem}`);
process.exitCode = failed.length > 0 ? 1 : 0;

function providersOf(name: string): readonly string[] {
  return ofTheirOwn.includes(name) ? ['openai'] : (values.provider ?? providers);
}

function report({ name, provider, ms, problem, checked }: Outcome): void {
  const time = `${(ms / 1000).toFixed(1)} s`.padStart(7);
  const verdict = problem === null ? 'ok    ' : 'FAILED';
  console.log(`${`${name} ${provider}`.padEnd(width)}${verdict} ${time}  ${checked} lines checked`);
}

/** What an example finds in its environment: no key, nor anything else an SDK would look for by itself. */
function environment(isVisible: boolean): NodeJS.ProcessEnv {
  const prefixes = [...accesses.flatMap(({ settings }) => settings), 'OLLAMA_'];
  const left = Object.entries(process.env).filter(
    ([name]) => !prefixes.some((prefix) => name.startsWith(prefix)),
  );
  return { ...Object.fromEntries(left), ...(!isVisible && { EXAMPLES_PACE: 'fast' }) };
}
