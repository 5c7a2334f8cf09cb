import type { UserConfig } from 'tsdown';
import library from '../tsdown.config.ts';

/**
 * The library, built as it is published and put where `rx-llm` is imported from; and what measures it. Both
 * stay out of sight of the linter and of git in `node_modules`.
 */
const config: UserConfig[] = [
  {
    ...library,
    cwd: '..',
    outDir: 'bench/node_modules/rx-llm/dist',
    format: 'esm',
    dts: false,
    sourcemap: false,
    exports: false,
    copy: [{ from: 'package.json', to: 'bench/node_modules/rx-llm' }],
  },
  {
    entry: { main: 'main.ts', worker: 'run/worker.ts' },
    outDir: 'node_modules/.bench',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    deps: { neverBundle: [/^[^./]/] },
  },
];

// eslint-disable-next-line no-restricted-exports -- tools read their configuration from the default export
export default config;
