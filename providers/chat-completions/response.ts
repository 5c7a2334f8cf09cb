import { addToolCallDelta, fold, idOf, type Fold, type ToolCall } from '../../lib/index.ts';
import { fromBase64, toBase64 } from '../../lib/base64.ts';
import { joinBytes } from '../../lib/join-bytes.ts';
import { leave, walk, type Trail } from '../../lib/trail.ts';
import { decodeToolCall, type WireToolCall } from './decode.ts';
import type { ChatCompletionChunk, ChatCompletionsWire } from './wire.ts';

/**
 * Rebuilds the completion from its chunks. What this library knows of is put where the SDK's type has
 * it; what it does not know is kept: texts of a delta are joined, lists are extended, the rest is
 * replaced by what came last.
 */
export const completion: Fold<ChatCompletionChunk, ChatCompletionsWire['response']> = fold<
  Assembly,
  ChatCompletionChunk,
  ChatCompletionsWire['response']
>({ fields: {}, choices: [] }, addChunk, finished);

interface Fields {
  readonly [name: string]: unknown;
}

interface Assembly {
  /** Everything of the chunks but their choices. */
  readonly fields: Fields;
  readonly choices: readonly Choice[];
}

interface Choice {
  readonly index: number;
  /** Everything of the choice but what follows. */
  readonly fields: Fields;
  /** Texts and single values of the message. */
  readonly message: Fields;
  /** Lists of the message, such as annotations, as they came. */
  readonly lists: { readonly [name: string]: Trail<readonly unknown[]> };
  readonly toolCalls: readonly ToolCall[];
  readonly audio: Trail<Fields> | null;
  readonly logprobs: Trail<Fields> | null;
}

function addChunk({ fields, choices }: Assembly, chunk: ChatCompletionChunk): Assembly {
  // `obfuscation` is padding against eavesdroppers; a response that did not stream has none.
  const { choices: pieces, obfuscation: _padding, ...rest } = (chunk ?? {}) as unknown as Fields;
  return {
    // The first id stays: Groq's compound models end with a chunk of another id.
    fields: fields['id'] ? known(fields, { ...rest, id: fields['id'] }) : known(fields, rest),
    choices: Array.isArray(pieces) ? (pieces as Fields[]).reduce(addPiece, choices) : choices,
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
  message: {},
  lists: {},
  toolCalls: [],
  audio: null,
  logprobs: null,
});

function addToChoice(choice: Choice, piece: Fields): Choice {
  const { index: _index, delta, logprobs, ...fields } = piece;
  const { role: _role, tool_calls: calls, audio, ...message } = (delta ?? {}) as Fields;
  return {
    index: choice.index,
    fields: known(choice.fields, fields),
    message: addToMessage(choice.message, message),
    lists: addToLists(choice.lists, message),
    toolCalls: Array.isArray(calls)
      ? (calls as WireToolCall[]).map(decodeToolCall).reduce(addToolCallDelta, choice.toolCalls)
      : choice.toolCalls,
    audio: audio ? leave(choice.audio, audio as Fields) : choice.audio,
    logprobs: logprobs ? leave(choice.logprobs, logprobs as Fields) : choice.logprobs,
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

function addToMessage(message: Fields, delta: Fields): Fields {
  let next: Record<string, unknown> | null = null;
  for (const name in delta) {
    const value = delta[name];
    const before = message[name];
    if (Array.isArray(value) || (isSilent(value) && before !== undefined)) continue;
    next ??= { ...message };
    next[name] = typeof before === 'string' && typeof value === 'string' ? before + value : value;
  }
  return next ?? message;
}

function addToLists(lists: Choice['lists'], delta: Fields): Choice['lists'] {
  let next: Record<string, Trail<readonly unknown[]>> | null = null;
  for (const name in delta) {
    const value = delta[name];
    if (!Array.isArray(value)) continue;
    next ??= { ...lists };
    next[name] = leave(lists[name] ?? null, value as readonly unknown[]);
  }
  return next ?? lists;
}

/** What did not arrive stays out, except the parts without which it is no completion. */
function finished({ fields, choices }: Assembly): ChatCompletionsWire['response'] {
  const response = {
    ...fields,
    object: 'chat.completion',
    choices: choices.toSorted((a, b) => a.index - b.index).map(finishedChoice),
  };
  // The fields are the server's own, of whom the SDK's type is a promise.
  return response as unknown as ChatCompletionsWire['response'];
}

function finishedChoice({ index, fields, logprobs, ...rest }: Choice): Fields {
  return {
    finish_reason: null,
    ...fields,
    index,
    logprobs: logprobs && mergedLogprobs(walk(logprobs)),
    message: finishedMessage(rest),
  };
}

function finishedMessage({
  message,
  lists,
  toolCalls,
  audio,
}: Pick<Choice, 'message' | 'lists' | 'toolCalls' | 'audio'>): Fields {
  return {
    role: 'assistant',
    content: null,
    refusal: null,
    ...message,
    ...Object.fromEntries(Object.entries(lists).map(([name, trail]) => [name, walk(trail).flat()])),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toolCallOf) }),
    ...(audio && { audio: mergedAudio(walk(audio)) }),
  };
}

/** A tool call as it stands in a completion's message. */
export const toolCallOf = (call: ToolCall): ChatCompletionsWire['toolCall'] => ({
  ...call.extra,
  id: idOf(call),
  type: 'function',
  function: { name: call.name, arguments: call.arguments },
});

function mergedLogprobs(pieces: readonly Fields[]): Fields {
  const names = new Set(pieces.flatMap((piece) => Object.keys(piece)));
  const merged = [...names].map((name) => {
    const lists = pieces.map((piece) => piece[name]).filter(Array.isArray);
    return [name, lists.length > 0 ? lists.flat() : null];
  });
  return { content: null, refusal: null, ...(Object.fromEntries(merged) as Fields) };
}

/** Each piece of audio data is base64 of its own: the bytes are joined, not the texts. */
function mergedAudio(pieces: readonly Fields[]): Fields {
  const texts = (name: string): string[] =>
    pieces.map((piece) => piece[name]).filter((text) => typeof text === 'string');
  return {
    ...(Object.assign({}, ...pieces) as Fields),
    data: toBase64(joinBytes(texts('data').map(fromBase64))),
    transcript: texts('transcript').join(''),
  };
}
