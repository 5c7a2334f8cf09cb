import { addToolCallDelta, fold, type Fold, type ToolCall } from '../../lib/index.ts';
import { leave, walk, type Trail } from '../../lib/trail.ts';
import { addContent, finishedContent, noContent, type Content } from './content.ts';
import { objectsIn } from './objects-in.ts';
import { decodeToolCall, toolCallOf, type WireToolCall } from './tool-call.ts';
import type { MistralWire } from './wire.ts';

/**
 * Rebuilds the completion from its chunks. What this library knows of is put where the SDK's type has
 * it; what it does not know is kept: texts of a delta are joined, lists are extended, the rest is
 * replaced by what came last.
 */
export const completion: Fold<MistralWire['event'], MistralWire['response']> = fold<
  Assembly,
  MistralWire['event'],
  MistralWire['response']
>({ fields: {}, choices: [] }, addChunk, finished);

type Fields = Readonly<Record<string, unknown>>;

interface Assembly {
  /** Everything of the chunks but their choices. */
  readonly fields: Fields;
  readonly choices: readonly Choice[];
}

interface Choice {
  readonly index: number;
  /** Everything of the choice but what follows. */
  readonly fields: Fields;
  readonly content: Content;
  readonly toolCalls: readonly ToolCall[];
  /** Everything else of the message, value by value as it came. */
  readonly more: Readonly<Record<string, Trail<unknown>>>;
}

function addChunk({ fields, choices }: Assembly, chunk: MistralWire['event']): Assembly {
  // `p` is padding against eavesdroppers; a response that did not stream has none.
  const { choices: pieces, p: _padding, ...rest } = (chunk ?? {}) as unknown as Fields;
  return {
    fields: known(fields, rest),
    choices: objectsIn(pieces as readonly Fields[]).reduce(addPiece, choices),
  };
}

function addPiece(choices: readonly Choice[], piece: Fields): readonly Choice[] {
  const index = typeof piece['index'] === 'number' ? piece['index'] : 0;
  const position = choices.findIndex((choice) => choice.index === index);
  const before = choices[position];
  return before === undefined
    ? [...choices, addToChoice(newChoice(index), piece)]
    : choices.with(position, addToChoice(before, piece));
}

const newChoice = (index: number): Choice => ({
  index,
  fields: {},
  content: noContent,
  toolCalls: [],
  more: {},
});

function addToChoice(choice: Choice, piece: Fields): Choice {
  const { index: _index, delta, ...fields } = piece;
  // `index` and `toolCallId` of a delta are about messages of other roles; the assistant's has neither.
  const {
    role: _role,
    index: _message,
    toolCallId: _answered,
    content,
    toolCalls,
    ...more
  } = (delta ?? {}) as Fields;
  return {
    index: choice.index,
    fields: known(choice.fields, fields),
    content: addContent(choice.content, content),
    toolCalls: objectsIn(toolCalls as readonly WireToolCall[])
      .map(decodeToolCall)
      .reduce(addToolCallDelta, choice.toolCalls),
    more: addMore(choice.more, more),
  };
}

/** The last known value of each field: what says nothing (`null`, `''`) does not overwrite. */
function known(before: Fields, after: Fields): Fields {
  let next: Record<string, unknown> | null = null;
  for (const name in after) {
    const value = after[name];
    if (before[name] === value || (isSilent(value) && name in before)) continue;
    next ??= { ...before };
    next[name] = value;
  }
  return next ?? before;
}

const isSilent = (value: unknown): boolean => value === null || value === undefined || value === '';

function addMore(before: Choice['more'], after: Fields): Choice['more'] {
  let next: Record<string, Trail<unknown>> | null = null;
  for (const name in after) {
    if (isSilent(after[name])) continue;
    next ??= { ...before };
    next[name] = leave(before[name] ?? null, after[name]);
  }
  return next ?? before;
}

/** What did not arrive stays out, except the parts without which it is no completion. */
function finished({ fields, choices }: Assembly): MistralWire['response'] {
  const response = {
    ...fields,
    object: 'chat.completion',
    choices: choices.toSorted((a, b) => a.index - b.index).map(finishedChoice),
  };
  // The fields are the server's own, of whom the SDK's type is a promise.
  return response as unknown as MistralWire['response'];
}

function finishedChoice({ index, fields, content, toolCalls, more }: Choice): Fields {
  return {
    finishReason: null,
    ...fields,
    index,
    message: {
      role: 'assistant',
      ...Object.fromEntries(
        Object.entries(more).map(([name, values]) => [name, joined(walk(values))]),
      ),
      content: finishedContent(content),
      ...(toolCalls.length > 0 && { toolCalls: toolCalls.map(toolCallOf) }),
    },
  };
}

function joined(values: readonly unknown[]): unknown {
  if (values.every((value) => typeof value === 'string')) return values.join('');
  if (values.every((value) => Array.isArray(value))) return values.flat();
  return values.at(-1);
}
