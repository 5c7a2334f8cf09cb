import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { examplesFolder } from './bundle.ts';
import { expectedLines, missingLine } from './expected-lines.ts';

/** An example to run with a provider. */
export interface Run {
  readonly name: string;
  readonly provider: string;
  /** The file to run. */
  readonly bundle: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What became of it. */
export interface Outcome {
  readonly name: string;
  readonly provider: string;
  readonly ms: number;
  /** What is wrong with it, `null` when nothing is. */
  readonly problem: string | null;
  /** How many lines of its output its comments foretell. */
  readonly checked: number;
}

/** How long an example may take, in ms: ten times what it should, for a machine that has much to do. */
const timeout = 30_000;

/** Runs an example to its end. */
export function runExample({ name, provider, bundle, env }: Run): Promise<Outcome> {
  const expected = expectedLines(
    readFileSync(join(examplesFolder, `${name}.ts`), 'utf8'),
    provider,
  );
  const start = performance.now();
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bundle, '--provider', provider],
      { timeout, env },
      (error, stdout, stderr) => {
        const problem = error ? `${error.message}\n${stdout}` : problemIn(stdout, stderr, expected);
        resolve({
          name,
          provider,
          ms: performance.now() - start,
          problem,
          checked: expected.length,
        });
      },
    );
  });
}

function problemIn(stdout: string, stderr: string, expected: readonly string[]): string | null {
  // Examples whose point is an error print it; what they did not see coming is on stderr.
  if (stderr !== '') return `it wrote to stderr:\n${stderr}`;
  const printed = stdout.split('\n').filter((line) => !line.startsWith('Embedded local server'));
  if (printed.join('').trim() === '') return 'it printed nothing';
  if (expected.length === 0) return 'its comments do not say what it prints';
  const missing = missingLine(printed, expected);
  return (
    missing &&
    `it should have printed\n${missing}\nafter what came before it, but printed\n${stdout}`
  );
}
