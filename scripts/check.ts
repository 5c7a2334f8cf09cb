import { existsSync, readFileSync } from 'node:fs';
import { npmRun } from './run.ts';
import { runSteps, type Step } from './steps.ts';

const silently = async (script: string): Promise<void> => {
  await npmRun(script);
};

/** Everything a change must pass, cheapest first. */
const steps: readonly Step[] = [
  { name: 'format', run: () => silently('format:check') },
  { name: 'lint', run: () => silently('lint') },
  { name: 'types', run: () => silently('types') },
  { name: 'tests', run: () => silently('test') },
  { name: 'examples', run: examples },
  { name: 'build', run: build },
  { name: 'package', run: () => silently('package') },
  { name: 'size', run: () => silently('size') },
];

const names = steps.map(({ name }) => name);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));

if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exitCode = 2;
} else {
  const chosen = steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  process.exitCode = (await runSteps(chosen)) ? 0 : 1;
}

async function examples(): Promise<string | void> {
  if (!existsSync('scripts/run-examples.ts')) return 'none to run';
  await npmRun('examples');
}

/** The build writes the entry points into package.json; what it writes must be what is committed. */
async function build(): Promise<void> {
  const before = readFileSync('package.json', 'utf8');
  await npmRun('build');
  if (readFileSync('package.json', 'utf8') !== before) {
    throw new Error(
      'The build has changed the exports in package.json: look at them, commit them.',
    );
  }
}
