import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { npmRun, run, type RunOptions } from './run.ts';
import { runSteps } from './steps.ts';

// The checkout is developed on the oldest Node and the older SDKs that are supported. This runs its
// type check and its specs in a copy, on a newer Node with the newer SDKs.
const nodeMajor = 22;
const sdks = { openai: '^7', '@google/genai': '^3' };

const folder = mkdtempSync(join(tmpdir(), 'rx-llm-matrix-'));
const project = join(folder, 'project');
const node = join(folder, 'node');
const nodeBin = process.platform === 'win32' ? node : join(node, 'bin');
const results = join(folder, 'results.json');
const env = { ...process.env, PATH: [nodeBin, process.env['PATH']].join(delimiter) };
const inProject: RunOptions = { cwd: project, env };

const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
// The interrupt reaches the running command as well; here it only cleans up.
process.once('SIGINT', () => {
  removeFolder();
  process.exit(130);
});

try {
  const passed = await runSteps([
    { name: 'copy', run: copyProject },
    { name: 'node', run: fetchNode },
    { name: 'install', run: install },
    { name: 'types', run: () => npmRun('types', inProject).then(() => null) },
    { name: 'tests', run: tests },
  ]);
  process.exitCode = passed ? 0 : 1;
} finally {
  removeFolder();
}

async function copyProject(): Promise<string> {
  const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  // What was deleted and not committed yet is still listed.
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(file));
  for (const file of files) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    cpSync(file, join(project, file));
  }
  return `${files.length} files`;
}

/** Node's binary comes as an npm package, one per platform. */
async function fetchNode(): Promise<string> {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const wanted = `node-${platform}-${process.arch}@${nodeMajor}`;
  const printed = await run('npm', [
    'pack',
    '--loglevel=error',
    wanted,
    '--pack-destination',
    folder,
  ]);
  const tarball = join(folder, printed.split('\n').at(-1) ?? '');
  mkdirSync(node);
  await run('tar', ['-xzf', tarball, '-C', node, '--strip-components=1']);
  const version = await run('node', ['--version'], { env });
  if (!version.startsWith(`v${nodeMajor}.`)) throw new Error(`${wanted} gave Node ${version}`);
  return version;
}

async function install(): Promise<string> {
  const path = join(project, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { devDependencies: object };
  const devDependencies = { ...manifest.devDependencies, ...sdks };
  writeFileSync(path, JSON.stringify({ ...manifest, devDependencies }, null, 2));
  await run('npm', ['install', '--loglevel=error', '--no-audit', '--no-fund'], inProject);
  return [...Object.keys(sdks), 'rxjs', 'typescript'].map(installed).join(', ');
}

function installed(name: string): string {
  const path = join(project, 'node_modules', name, 'package.json');
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
  return `${name} ${version}`;
}

async function tests(): Promise<string> {
  const fewerStreams = { ...inProject, env: { ...env, RX_LLM_RANDOM_STREAMS: '100' } };
  await run('npm', ['test', '--silent', '--', '--json', '--outputFile', results], fewerStreams);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
  };
  return `${numPassedTests} passed, ${numFailedTests} failed`;
}
