import { readdirSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runSteps } from './steps.ts';

/** How long an example may take, in ms. */
const timeout = 30_000;

const folder = join(import.meta.dirname, '../examples');
const examples = readdirSync(folder).filter((file) => file.endsWith('.ts'));

/** Without a key of the environment: the examples run on their embedded server. */
const { OPENAI_API_KEY: _live, ...env } = process.env;

const run = async (file: string): Promise<string> => {
  const tsx = join(import.meta.dirname, '../node_modules/tsx/dist/cli.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [tsx, join(folder, file)], {
    timeout,
    env,
  });
  return `${stdout.trim().split('\n').length} lines`;
};

const steps = examples.map((file) => ({ name: file, run: () => run(file) }));
process.exitCode = (await runSteps(steps)) ? 0 : 1;
