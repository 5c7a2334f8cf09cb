import { readFileSync } from 'node:fs';
import { npmRun } from './run.ts';
import { runSteps, type Step } from './steps.ts';

/** Everything a change must pass. */
const steps: readonly Step[] = [
  step('format', 'format:check'),
  step('lint'),
  step('types'),
  { name: 'tests', run: tests },
  { name: 'examples', run: examples },
  { name: 'build', run: build },
  step('package'),
  step('size'),
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

/** A step that is a script of package.json and shows what it printed only when it fails. */
function step(name: string, script = name): Step {
  return { name, run: () => npmRun(script).then(() => null) };
}

async function tests(): Promise<string | undefined> {
  return /^Tests: +(.*)$/m.exec(await npmRun('test'))?.[1];
}

async function examples(): Promise<string | undefined> {
  return (await npmRun('examples')).split('\n').at(-1);
}

/** The build writes the entry points into package.json; what it writes must be what is committed. */
async function build(): Promise<void> {
  const before = readFileSync('package.json', 'utf8');
  await npmRun('build');
  if (readFileSync('package.json', 'utf8') !== before) {
    throw new Error('The build has changed the exports in package.json; look at them and commit.');
  }
}
