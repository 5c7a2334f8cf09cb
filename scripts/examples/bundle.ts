import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'tsdown';

const root = join(import.meta.dirname, '../..');

/** Where the examples are. */
export const examplesFolder: string = join(root, 'examples');

/** The examples, by the names of their files. */
export const exampleNames = (): readonly string[] =>
  readdirSync(examplesFolder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));

/**
 * Compiles all examples at once into a new folder, and gives its path. Run with `npx tsx`, as a person runs
 * one, each would spend a second on compiling the library.
 */
export async function bundleExamples(): Promise<string> {
  // Below node_modules, from where the packages are found.
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const outDir = await mkdtemp(join(cache, 'rx-llm-examples-'));
  await build({
    config: false,
    cwd: root,
    entry: exampleNames().map((name) => join(examplesFolder, `${name}.ts`)),
    outDir,
    platform: 'node',
    dts: false,
    logLevel: 'error',
    deps: { neverBundle: [/node_modules/] },
  });
  return outDir;
}
