import { jsonReader } from 'rx-llm';

/** A way to read a JSON value that is still arriving. */
export interface PartialReader {
  readonly name: string;
  /** The package it is part of. */
  readonly package: string;
  /** Imports it, and gives what reads one text. */
  readonly load: () => Promise<Read>;
}

/** Reads a JSON text in pieces, and hands on the value there is after each. */
export type Read = (fragments: readonly string[], see: See) => void | Promise<void>;

/** Takes a value as it is at that moment. */
export type See = (value: unknown) => void;

/** The reader of this library, the one the others are held against. */
export const ours: PartialReader = {
  name: 'rx-llm `jsonReader`',
  package: 'rx-llm',
  load: () => Promise.resolve(readOurs),
};

/** All readers, with the settings they have by default wherever these give partial values. */
export const partialReaders: readonly PartialReader[] = [
  ours,
  { name: '`jsonriver`', package: 'jsonriver', load: loadJsonriver },
  { name: '`@streamparser/json`', package: '@streamparser/json', load: loadStreamparser },
  {
    name: '`partial-json`',
    package: 'partial-json',
    load: async () => {
      const { parse } = (await load('partial-json')) as { readonly parse: Parse };
      return parsingAnew(parse);
    },
  },
  {
    name: '`best-effort-json-parser`',
    package: 'best-effort-json-parser',
    load: async () => {
      const { parse, disableErrorLogging } = (await load('best-effort-json-parser')) as {
        readonly parse: Parse;
        readonly disableErrorLogging: () => void;
      };
      disableErrorLogging();
      return parsingAnew(parse);
    },
  },
  {
    name: '`openai` (its own copy of `partial-json`)',
    package: 'openai',
    load: async () => {
      const { partialParse } = (await load('openai/_vendor/partial-json-parser/parser')) as {
        readonly partialParse: Parse;
      };
      return parsingAnew(partialParse);
    },
  },
  { name: '`ai` `parsePartialJson`', package: 'ai', load: loadParsePartialJson },
];

type Parse = (text: string) => unknown;

/** By name, so that the repository can be checked where the peers are not installed. */
const load = (name: string): Promise<unknown> => import(name) as Promise<unknown>;

const readOurs: Read = (fragments, see) => {
  const reader = jsonReader();
  for (const fragment of fragments) {
    reader.push(fragment);
    see(reader.value);
  }
};

/** Parses all there is after each fragment. Where the parser throws there is no value. */
const parsingAnew =
  (parse: Parse): Read =>
  (fragments, see) => {
    let text = '';
    for (const fragment of fragments) {
      text += fragment;
      try {
        see(parse(text));
      } catch {
        continue;
      }
    }
  };

/** It reads from an async iterable, so that a promise or two per fragment are part of what it costs. */
async function loadJsonriver(): Promise<Read> {
  const { parse } = (await load('jsonriver')) as {
    readonly parse: (stream: AsyncIterable<string>) => AsyncIterable<unknown>;
  };
  return async (fragments, see) => {
    for await (const value of parse(iterated(fragments))) see(value);
  };
}

// It yields what is already there: an async iterable is what jsonriver asks for.
// eslint-disable-next-line @typescript-eslint/require-await
async function* iterated(fragments: readonly string[]): AsyncIterable<string> {
  yield* fragments;
}

/** It tells of each value with the containers around it, of which the outermost is the value so far. */
async function loadStreamparser(): Promise<Read> {
  const { JSONParser } = (await load('@streamparser/json')) as {
    readonly JSONParser: new (options: object) => StreamParser;
  };
  return (fragments, see) => {
    const parser = new JSONParser({ emitPartialTokens: true, emitPartialValues: true });
    let root: unknown;
    parser.onValue = ({ value, parent, stack }) => {
      root = stack[1]?.value ?? parent ?? value;
    };
    for (const fragment of fragments) {
      parser.write(fragment);
      see(root);
    }
  };
}

interface StreamParser {
  onValue: (told: {
    readonly value: unknown;
    readonly parent: unknown;
    readonly stack: readonly { readonly value: unknown }[];
  }) => void;
  write(text: string): void;
}

async function loadParsePartialJson(): Promise<Read> {
  const { parsePartialJson } = (await load('ai')) as {
    readonly parsePartialJson: (text: string) => Promise<{ readonly value: unknown }>;
  };
  return async (fragments, see) => {
    let text = '';
    for (const fragment of fragments) {
      text += fragment;
      see((await parsePartialJson(text)).value);
    }
  };
}
