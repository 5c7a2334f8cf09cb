import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** In ms. Whatever takes longer hangs: a spec that leaves a server open keeps its run from ending. */
const limit = 15 * 60_000;

/** Runs a command to its end and gives what it printed; rejects with what it printed when it fails. */
export function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    // npm is a batch file on Windows, which only a shell can start.
    const shell = process.platform === 'win32';
    const child = spawn(command, args, { ...options, shell, timeout: limit });
    const printed: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => printed.push(data));
    child.stderr.on('data', (data: Buffer) => printed.push(data));
    child.on('error', (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on('close', (code) => {
      const output = Buffer.concat(printed).toString().trimEnd();
      const end = child.killed ? `stopped after ${limit / 60_000} minutes` : `exit ${code}`;
      if (code === 0) resolve(output);
      else reject(new Error(`${output}\n${[command, ...args].join(' ')}: ${end}`));
    });
  });
}

/** Runs a script of package.json. */
export const npmRun = (script: string, options?: RunOptions): Promise<string> =>
  run('npm', ['run', '--silent', script], options);
