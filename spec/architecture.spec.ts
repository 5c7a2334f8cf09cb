import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path/posix';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import {
  anysIn,
  exportsValue,
  filesOf,
  fromsOfAsyncIterables,
  importsOf,
  type Import,
} from './support/source-files.ts';

const rooms = ['lib', 'operators', 'prices', 'providers', 'testing'] as const;

/** What a provider's folder may use besides lib and rxjs: its SDK, and the wire it speaks. */
const providers: Readonly<Record<string, { readonly sdk: string; readonly wire?: string }>> = {
  'chat-completions': { sdk: 'openai' },
  anthropic: { sdk: '@anthropic-ai/sdk' },
  azure: { sdk: 'openai', wire: 'chat-completions' },
  bedrock: { sdk: '@aws-sdk/client-bedrock-runtime' },
  cohere: { sdk: 'cohere-ai' },
  compatible: { sdk: 'openai', wire: 'chat-completions' },
  google: { sdk: '@google/genai' },
  groq: { sdk: 'groq-sdk', wire: 'chat-completions' },
  litellm: { sdk: 'openai', wire: 'chat-completions' },
  mistral: { sdk: '@mistralai/mistralai' },
  openai: { sdk: 'openai', wire: 'chat-completions' },
  xai: { sdk: 'openai', wire: 'chat-completions' },
};

/** Files without a spec of their own, each with the reason. */
const withoutSpec: Readonly<Record<string, string>> = {};

const files = rooms.flatMap(filesOf);
const compiled = compile([...files, ...filesOf('examples')]);
const imports = files.flatMap((file) => importsOf(compiled.source(file), file));

describe('architecture', () => {
  it('should let lib import its own files and the packages it stands on', () => {
    const packages = [
      'rxjs',
      'eventsource-parser',
      '@cfworker/json-schema',
      '@standard-schema/spec',
    ];
    expect(
      breaking(importsOfRoom('lib'), ({ target, external }) =>
        external ? packages.includes(target) : roomOf(target) === 'lib',
      ),
    ).toEqual([]);
  });

  it('should let operators import rxjs, lib and operators of their own folder or above it', () => {
    expect(
      breaking(importsOfRoom('operators'), ({ file, target, external }) => {
        if (external) return target === 'rxjs';
        const near = file === 'operators/index.ts' || isWithin(file, dirname(target));
        return roomOf(target) === 'lib' || (roomOf(target) === 'operators' && near);
      }),
    ).toEqual([]);
  });

  it('should let providers import rxjs, lib, their own SDK and the wire they speak', () => {
    expect(
      breaking(importsOfRoom('providers'), ({ file, target, external }) => {
        const name = providerOf(file);
        const { sdk, wire } = providers[name] ?? {};
        if (external) return target === 'rxjs' || target === sdk;
        if (roomOf(target) === 'lib') return true;
        return roomOf(target) === 'providers' && [name, wire].includes(providerOf(target));
      }),
    ).toEqual([]);
  });

  it('should load an SDK only when a call needs it', () => {
    const sdks = Object.values(providers).map(({ sdk }) => sdk);
    expect(
      breaking(imports, ({ target, kind }) => !sdks.includes(target) || kind !== 'value'),
    ).toEqual([]);
  });

  it('should let testing import rxjs, lib and its own files', () => {
    expect(
      breaking(importsOfRoom('testing'), ({ target, external }) =>
        external ? target === 'rxjs' : ['lib', 'testing'].includes(roomOf(target)),
      ),
    ).toEqual([]);
  });

  it('should let prices import lib, the price list and its own files', () => {
    expect(
      breaking(importsOfRoom('prices'), ({ target, external }) =>
        external ? target === '@pydantic/genai-prices' : ['lib', 'prices'].includes(roomOf(target)),
      ),
    ).toEqual([]);
  });

  it('should keep specs, examples and scripts out of the sources', () => {
    expect(
      breaking(
        imports,
        ({ target, external }) => external || rooms.some((room) => room === roomOf(target)),
      ),
    ).toEqual([]);
  });

  it('should have no files that load one another', () => {
    expect(circlesIn(imports)).toEqual([]);
  });

  it('should declare in package.json exactly the packages the sources import', () => {
    const { dependencies, peerDependencies } = manifest();
    expect(Object.keys({ ...dependencies, ...peerDependencies }).sort()).toEqual(
      packagesIn(imports),
    );
  });

  it('should make every SDK and the price list an optional peer that is installed for development', () => {
    const { peerDependencies, peerDependenciesMeta, devDependencies } = manifest();
    const peers = packagesIn([...importsOfRoom('providers'), ...importsOfRoom('prices')]).filter(
      (name) => name !== 'rxjs',
    );
    expect(Object.keys(peerDependenciesMeta).sort()).toEqual(peers);
    expect(Object.keys(peerDependencies).sort()).toEqual([...peers, 'rxjs'].sort());
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining([...peers, 'rxjs']));
  });

  it('should offer every room and every provider that has an index as an entry point', () => {
    const offered = files
      .filter((file) => basename(file) === 'index.ts')
      .map((file) => dirname(file).replace(/^providers\//, ''))
      .map((room) => (room === 'lib' ? '.' : `./${room}`));
    expect(Object.keys(manifest().exports).sort()).toEqual([...offered, './package.json'].sort());
  });

  it('should limit the size of every entry point', () => {
    const limits = JSON.parse(readFileSync('.size-limit.json', 'utf8')) as { name: string }[];
    const entries = Object.keys(manifest().exports).filter((path) => path !== './package.json');
    expect(limits.map(({ name }) => name).sort()).toEqual(
      entries.map((path) => join('rx-llm', path)).sort(),
    );
  });

  it('should have a spec for every source file that does something', () => {
    const missing = files
      .filter((file) => basename(file) !== 'index.ts' && exportsValue(compiled.source(file)))
      .filter((file) => !existsSync(specOf(file)) && withoutSpec[file] === undefined);
    expect(missing.map((file) => `${file} needs ${specOf(file)}`)).toEqual([]);
  });

  it('should not excuse files that have a spec or are gone', () => {
    const stale = Object.keys(withoutSpec).filter(
      (file) => existsSync(specOf(file)) || !files.includes(file),
    );
    expect(stale.map((file) => `${file} can leave the list`)).toEqual([]);
  });

  it('should not use the type any', () => {
    expect(compiled.files.flatMap((file) => anysIn(compiled.source(file), file))).toEqual([]);
  });

  it('should not read an async iterable with from(), which leaves its socket open', () => {
    expect(
      compiled.files.flatMap((file) =>
        fromsOfAsyncIterables(compiled.source(file), file, compiled.checker),
      ),
    ).toEqual([]);
  });

  it('should name files after what they hold', () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.ts$)/;
    expect(compiled.files.filter((file) => vague.test(file))).toEqual([]);
  });
});

/** The imports that a rule does not allow, as text to read in a failure. */
const breaking = (
  candidates: readonly Import[],
  allowed: (candidate: Import) => boolean,
): readonly string[] =>
  candidates
    .filter((candidate) => !allowed(candidate))
    .map(({ file, target, kind }) => `${file} imports ${target} (${kind})`);

const importsOfRoom = (room: string): readonly Import[] =>
  imports.filter(({ file }) => roomOf(file) === room);

const packagesIn = (all: readonly Import[]): readonly string[] =>
  [...new Set(all.filter(({ external }) => external).map(({ target }) => target))].sort();

const roomOf = (path: string): string => path.split('/')[0]!;

const isWithin = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);

const providerOf = (path: string): string => path.split('/')[1]!;

const specOf = (file: string): string => `spec/${file.replace(/\.ts$/, '.spec.ts')}`;

/** Circles of files that load one another; a circle of types is gone after compiling. */
function circlesIn(all: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { file, target, external, kind } of all) {
    if (!external && kind === 'value') next.set(file, [...(next.get(file) ?? []), target]);
  }
  const circles = new Set<string>();
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.add([...path.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const target of next.get(file) ?? []) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return [...circles];
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, unknown>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}

const manifest = (): Manifest => JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

interface Compiled {
  readonly files: readonly string[];
  readonly checker: ts.TypeChecker;
  source(file: string): ts.SourceFile;
}

function compile(paths: readonly string[]): Compiled {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: paths }, ts.sys, '.');
  const program = ts.createProgram(paths, options);
  // Made first: it sets the parents that a node's text and place are read from.
  const checker = program.getTypeChecker();
  return {
    files: paths,
    checker,
    source: (file) => {
      const source = program.getSourceFile(file);
      if (source === undefined) throw new Error(`${file} was not compiled`);
      return source;
    },
  };
}
