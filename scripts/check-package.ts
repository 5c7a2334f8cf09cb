import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, resolve } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { run } from './run.ts';
import { runSteps } from './steps.ts';

interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly exports: Readonly<Record<string, unknown>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const folder = mkdtempSync(join(tmpdir(), `${manifest.name}-package-`));
const tarball = join(folder, 'package.tgz');

/** The one peer that an entry point imports at once: prices are asked for in the middle of a stream. */
const priceList = '@pydantic/genai-prices';

/** What users write to import each entry point. */
const entries = Object.keys(manifest.exports)
  .filter((path) => path !== './package.json')
  .map((path) => posix.join(manifest.name, path));

try {
  // Everything looks at the package as it would be published, not at the folder it is made from.
  const passed = await runSteps([
    { name: 'pack', run: pack },
    { name: 'publint', run: lintPackage },
    { name: 'attw', run: checkTypes },
    { name: 'compile', run: compileConsumer },
    { name: 'run', run: runConsumer },
  ]);
  process.exitCode = passed ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function pack(): Promise<string> {
  const printed = await run('npm', ['pack', '--loglevel=error', '--pack-destination', folder]);
  cpSync(join(folder, printed.split('\n').at(-1) ?? ''), tarball);
  return entries.join(', ');
}

async function lintPackage(): Promise<void> {
  const bytes = new Uint8Array(readFileSync(tarball)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  if (messages.length === 0) return;
  throw new Error(messages.map((message) => formatMessage(message, pkg)).join('\n'));
}

async function checkTypes(): Promise<void> {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  if (!analysis.types) throw new Error('The package has no types');
  // The resolution of Node 10 knows no `exports` and finds subpaths by `typesVersions`, which holds types only.
  const problems = analysis.problems.filter(
    (problem) => !('entrypoint' in problem && problem.entrypoint === './package.json'),
  );
  if (problems.length > 0) throw new Error(JSON.stringify(problems, null, 2));
}

/**
 * Type-checks a program, and every entry point, as ES modules, as CommonJS, as bundlers resolve and as older
 * CommonJS projects do.
 */
async function compileConsumer(): Promise<void> {
  const installed = join(folder, 'node_modules', manifest.name);
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).forEach(link);
  await compile(['mts', 'cts'], { module: 'nodenext' });
  await compile(['ts'], { module: 'esnext', moduleResolution: 'bundler', noEmit: true });
  await compile(['ts'], {
    module: 'commonjs',
    moduleResolution: 'node10',
    ignoreDeprecations: '6.0',
    // The declarations of some SDKs do without it no more than their users do.
    skipLibCheck: true,
    noEmit: true,
  });
}

/** Runs them where no SDK is installed: nothing may need one, or do anything, before it is called. */
async function runConsumer(): Promise<void> {
  for (const peer of Object.keys(manifest.peerDependenciesMeta)) {
    if (peer !== priceList) rmSync(join(folder, 'node_modules', peer), { recursive: true });
  }
  await expectOutput('everything.mjs', '');
  await expectOutput('everything.cjs', '');
  await expectOutput('consumer.mjs', 'missing-sdk');
  await expectOutput('consumer.cjs', 'missing-sdk');
}

function link(name: string): void {
  const place = join(folder, 'node_modules', name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(resolve('node_modules', name), place, 'junction');
}

async function compile(extensions: readonly string[], options: object): Promise<void> {
  const everything = entries.map((entry, index) => `export * as entry${index} from '${entry}';`);
  for (const extension of extensions) {
    cpSync('scripts/package-consumer.ts', join(folder, `consumer.${extension}`));
    writeFileSync(join(folder, `everything.${extension}`), everything.join('\n'));
  }
  const files = extensions.flatMap((extension) =>
    ['consumer', 'everything'].map((name) => `${name}.${extension}`),
  );
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.asynciterable'],
    strict: true,
    types: [],
    ...options,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  await run('node', [resolve('node_modules/typescript/bin/tsc'), '-p', folder]);
}

async function expectOutput(program: string, expected: string): Promise<void> {
  const printed = await run('node', [program], { cwd: folder });
  if (printed !== expected) throw new Error(`${program} printed "${printed}", not "${expected}"`);
}
