import type { Candidate, GenerateContentResponse } from '@google/genai';
import { fold, type Fold } from '../../lib/index.ts';
import { leave, walk, type Trail } from '../../lib/trail.ts';
import { mergeOwnUsage } from '../../lib/usage.ts';
import { candidatesOf, objectsIn } from './candidates.ts';
import { addPart, finishedParts, type PartAssembly } from './parts.ts';
import type { GoogleWire } from './wire.ts';

/**
 * Rebuilds the response from its events, as `generateContent` would have given it, getters such as
 * `.text` included: it is of the class the events are of, without importing it.
 *
 * Parts keep their order. Lists of citations, grounding and log probabilities are extended; of everything
 * else the last known value stays. What the SDK drops from its events (`finishMessage` on the Gemini API,
 * fields it does not know yet) is lost before it comes here.
 */
export const generatedContent: Fold<GenerateContentResponse, GoogleWire['response']> = fold<
  Assembly,
  GenerateContentResponse,
  GoogleWire['response']
>({ prototype: null, fields: {}, candidates: [] }, addEvent, finished);

interface Fields {
  readonly [name: string]: unknown;
}

interface Assembly {
  /** Of the events' class. */
  readonly prototype: object | null;
  /** Everything of the events but their candidates. */
  readonly fields: Fields;
  readonly candidates: readonly CandidateAssembly[];
}

interface CandidateAssembly {
  readonly index: number;
  /** Single values and lists of the candidate. */
  readonly fields: Fields;
  /** Objects of the candidate, such as `groundingMetadata`, as they came. */
  readonly records: { readonly [name: string]: Trail<Fields> };
  /** Everything of the content but its parts; `null` as long as there was no content. */
  readonly content: Fields | null;
  readonly parts: Trail<PartAssembly> | null;
}

function addEvent(assembly: Assembly, event: GenerateContentResponse | null): Assembly {
  if (typeof event !== 'object' || event === null) return assembly;
  const { candidates: _candidates, usageMetadata, ...fields } = event;
  const before = assembly.fields['usageMetadata'] as GoogleWire['usage'] | undefined;
  const usage = mergeOwnUsage(before ?? null, usageMetadata ?? null);
  return {
    prototype: assembly.prototype ?? (Object.getPrototypeOf(event) as object | null),
    fields: known(assembly.fields, { ...fields, usageMetadata: usage }),
    candidates: candidatesOf(event).reduce(addCandidate, assembly.candidates),
  };
}

function addCandidate(
  candidates: readonly CandidateAssembly[],
  [index, candidate]: readonly [number, Candidate],
): readonly CandidateAssembly[] {
  const position = candidates.findIndex((assembly) => assembly.index === index);
  const before = candidates[position];
  return before === undefined
    ? [...candidates, extended(newCandidate(index), candidate)]
    : candidates.with(position, extended(before, candidate));
}

const newCandidate = (index: number): CandidateAssembly => ({
  index,
  fields: {},
  records: {},
  content: null,
  parts: null,
});

function extended(before: CandidateAssembly, { content, ...rest }: Candidate): CandidateAssembly {
  const isRecord = ([, value]: readonly [string, unknown]): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries: (readonly [string, unknown])[] = Object.entries(rest);
  const { parts, ...message } = content ?? {};
  return {
    index: before.index,
    fields: known(
      before.fields,
      Object.fromEntries<unknown>(entries.filter((entry) => !isRecord(entry))),
    ),
    records: entries.filter(isRecord).reduce(
      (records, [name, value]) => ({
        ...records,
        [name]: leave(records[name] ?? null, value as Fields),
      }),
      before.records,
    ),
    content: content ? known(before.content ?? {}, message) : before.content,
    parts: objectsIn(parts).reduce(addPart, before.parts),
  };
}

/** The last known value of each field: what says nothing does not overwrite. */
function known(before: Fields, after: Fields): Fields {
  const news = Object.entries(after).filter(
    ([name, value]) => value !== null && value !== undefined && before[name] !== value,
  );
  return news.length === 0 ? before : { ...before, ...Object.fromEntries(news) };
}

/** What did not arrive stays out. */
function finished({ prototype, fields, candidates }: Assembly): GoogleWire['response'] {
  const response: object = Object.create(prototype ?? Object.prototype) as object;
  const rebuilt = candidates.toSorted((a, b) => a.index - b.index).map(finishedCandidate);
  // The fields are the server's own, of whom the SDK's type is a promise.
  return Object.assign(response, fields, {
    ...(rebuilt.length > 0 && { candidates: rebuilt }),
  }) as unknown as GoogleWire['response'];
}

function finishedCandidate({ fields, records, content, parts }: CandidateAssembly): Candidate {
  const rebuilt = finishedParts(parts);
  const merged = Object.entries(records).map(([name, trail]) => [
    name,
    // Tokens repeat; a source that is named again is the same one.
    mergedRecord(walk(trail), { distinct: name !== 'logprobsResult' }),
  ]);
  return {
    ...(content && { content: { ...content, ...(rebuilt.length > 0 && { parts: rebuilt }) } }),
    ...fields,
    ...(Object.fromEntries(merged) as Fields),
  };
}

function mergedRecord(pieces: readonly Fields[], { distinct }: { distinct: boolean }): Fields {
  const names = new Set(pieces.flatMap((piece) => Object.keys(piece)));
  const merged = [...names].map((name) => {
    const values = pieces.map((piece) => piece[name]).filter((value) => value !== undefined);
    const lists = values.filter((value): value is unknown[] => Array.isArray(value));
    if (lists.length === 0) return [name, values.at(-1)];
    return [name, distinct ? withoutRepeats(lists.flat()) : lists.flat()];
  });
  return Object.fromEntries(merged) as Fields;
}

const withoutRepeats = (items: readonly unknown[]): unknown[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];
