import { existsSync, readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { partialReaders } from './json/partial-readers.ts';

/** What the figures were measured with, in one line. */
export function machine(loadBefore: number): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = `load ${loadBefore.toFixed(1)} before, ${loadNow().toFixed(1)} after`;
  const packages = [...new Set(['rx-llm', 'rxjs', ...partialReaders.map((each) => each.package)])];
  return [
    new Date().toISOString().slice(0, 10),
    `${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${memory} GiB (${load})`,
    `Node ${process.version} on ${platform()} ${arch()}`,
    ...packages.map((name) => `${name} ${versionOf(name)}`),
  ].join('; ');
}

/** How many processes have wanted a CPU at once in the last minute; 0 on Windows, which does not count. */
export const loadNow = (): number => loadavg()[0] ?? 0;

/** npm runs scripts in the folder of their package. */
function versionOf(name: string): string {
  const path = ['node_modules', '../node_modules']
    .map((folder) => join(folder, name, 'package.json'))
    .find(existsSync);
  if (path === undefined) return 'missing';
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version;
}
