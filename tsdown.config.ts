import type { UserConfig } from 'tsdown';

/** Every provider with an entry point of its own; a new one is one more name here. */
const providers = [
  'anthropic',
  'azure',
  'bedrock',
  'cohere',
  'compatible',
  'google',
  'groq',
  'litellm',
  'mistral',
  'openai',
  'xai',
];

const config: UserConfig = {
  entry: {
    index: 'lib/index.ts',
    operators: 'operators/index.ts',
    prices: 'prices/index.ts',
    testing: 'testing/index.ts',
    ...Object.fromEntries(providers.map((name) => [name, `providers/${name}/index.ts`])),
  },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: ['node20', 'es2022'],
  dts: true,
  sourcemap: true,
  // Writes main, module, types and exports of package.json from the entries above.
  exports: true,
  // Whatever is imported stays an import: a package that would be bundled fails the build.
  deps: { onlyBundle: [] },
  failOnWarn: true,
};

export default config;
