import { addToolCallDelta, fold, idOf, type Fold, type ToolCall } from '../../lib/index.ts';
import { toBase64 } from '../../lib/base64.ts';
import { joinBytes } from '../../lib/join-bytes.ts';
import { leave, walk, type Trail } from '../../lib/trail.ts';
import { audioOf, decodeToolCall, listOf, type WireToolCall } from './decode.ts';
import { comesInPieces, joinPieces } from './reasoning-pieces.ts';
import type { ChatCompletionChunk, ChatCompletionsWire } from './wire.ts';

/**
 * Rebuilds the completion from its chunks. What this library knows of is put where the SDK's type has
 * it; what it does not know is kept: texts of a delta are joined, lists are extended, the rest is
 * replaced by what came last. Reasoning that comes in pieces of blocks is blocks again.
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

interface Lists {
  readonly [name: string]: Trail<readonly unknown[]>;
}

interface Choice {
  readonly index: number;
  /** Everything of the choice but what follows. */
  readonly fields: Fields;
  /** Lists of the choice, such as the ids of its tokens, as they came. */
  readonly lists: Lists;
  /** Texts and single values of the message. */
  readonly message: Fields;
  /** Lists of the message, such as annotations, as they came. */
  readonly messageLists: Lists;
  readonly toolCalls: readonly ToolCall[];
  readonly audio: Trail<Fields> | null;
  readonly logprobs: Trail<Fields> | null;
}

function addChunk({ fields, choices }: Assembly, chunk: ChatCompletionChunk): Assembly {
  // `obfuscation` is padding against eavesdroppers; a response that did not stream has none.
  const { choices: given, obfuscation: _padding, ...rest } = fieldsOf(chunk);
  const pieces = listOf(given as readonly Fields[]);
  const usage = pieces.find((piece) => piece['usage'])?.['usage'];
  // The first id stays: Groq's compound models end with a chunk of another id.
  const id = fields['id'] || rest['id'];
  return {
    fields: known(fields, { ...rest, ...(usage ? { usage } : {}), ...(id ? { id } : {}) }),
    choices: pieces.reduce(addPiece, choices),
  };
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

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
  lists: {},
  message: {},
  messageLists: {},
  toolCalls: [],
  audio: null,
  logprobs: null,
});

function addToChoice(choice: Choice, piece: Fields): Choice {
  const { index: _index, delta, logprobs, usage: _usage, ...fields } = piece;
  const { role: _role, tool_calls: calls, audio, ...message } = fieldsOf(delta);
  return {
    index: choice.index,
    fields: known(choice.fields, fields),
    lists: addToLists(choice.lists, fields),
    ...addToMessage(choice, message),
    toolCalls: listOf(calls as readonly WireToolCall[])
      .map(decodeToolCall)
      .reduce(addToolCallDelta, choice.toolCalls),
    audio: audio ? leave(choice.audio, fieldsOf(audio)) : choice.audio,
    logprobs: logprobs ? leave(choice.logprobs, fieldsOf(logprobs)) : choice.logprobs,
  };
}

/** The last known value of each field: what says nothing does not overwrite. */
function known(before: Fields, after: Fields): Fields {
  let next: Record<string, unknown> | null = null;
  for (const name in after) {
    const value = after[name];
    const has = Object.hasOwn(before, name);
    if (has && (before[name] === value || isSilent(name, value))) continue;
    next ??= { ...before };
    next[name] = value;
  }
  return next ?? before;
}

/** Azure's late filter results come with an empty id and a `created` of 0. */
const isSilent = (name: string, value: unknown): boolean =>
  value === null || value === undefined || value === '' || (name === 'created' && value === 0);

function addToMessage(
  { message, messageLists }: Choice,
  delta: Fields,
): Pick<Choice, 'message' | 'messageLists'> {
  const { content, ...rest } = delta;
  const isList = Array.isArray(content) || Object.hasOwn(messageLists, 'content');
  if (!isList) {
    return {
      message: grown(message, delta),
      messageLists: addToLists(messageLists, rest),
    };
  }
  // Content in parts, as Mistral's models send it: what came and comes as a text is a part among them.
  const { content: text = null, ...others } = message;
  const parts = [text, content].flatMap(partsOf);
  return {
    message: grown(others, rest),
    messageLists: addToLists(messageLists, { ...rest, content: parts }),
  };
}

const partsOf = (content: unknown): readonly unknown[] => {
  if (Array.isArray(content)) return content as readonly unknown[];
  return typeof content === 'string' && content !== '' ? [{ type: 'text', text: content }] : [];
};

/** Texts are joined, the rest is replaced; the deprecated `function_call` comes in pieces as well. */
function grown(message: Fields, delta: Fields): Fields {
  let next: Record<string, unknown> | null = null;
  for (const name in delta) {
    const value = delta[name];
    const before = Object.hasOwn(message, name) ? message[name] : undefined;
    if (Array.isArray(value) || (isSilent(name, value) && before !== undefined)) continue;
    next ??= { ...message };
    if (typeof before === 'string' && typeof value === 'string') next[name] = before + value;
    else if (name === 'function_call') next[name] = grown(fieldsOf(before), fieldsOf(value));
    else next[name] = value;
  }
  return next ?? message;
}

function addToLists(lists: Lists, pieces: Fields): Lists {
  let next: Record<string, Trail<readonly unknown[]>> | null = null;
  for (const name in pieces) {
    const value = pieces[name];
    if (!Array.isArray(value)) continue;
    next ??= { ...lists };
    const before = Object.hasOwn(next, name) ? next[name] : undefined;
    next[name] = leave(before ?? null, value as readonly unknown[]);
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

const finishedChoice = (choice: Choice): Fields => ({
  finish_reason: null,
  ...choice.fields,
  ...finishedLists(choice.lists),
  index: choice.index,
  logprobs: choice.logprobs && mergedLogprobs(walk(choice.logprobs)),
  message: finishedMessage(choice),
});

const finishedMessage = ({ message, messageLists, toolCalls, audio }: Choice): Fields => ({
  role: 'assistant',
  content: null,
  refusal: null,
  ...message,
  ...finishedLists(messageLists),
  ...(toolCalls.length > 0 && {
    tool_calls: toolCalls.toSorted((a, b) => a.index - b.index).map(toolCallOf),
  }),
  ...(audio && { audio: mergedAudio(walk(audio)) }),
});

const finishedLists = (lists: Lists): Fields =>
  Object.fromEntries(
    Object.entries(lists).map(([name, trail]) => {
      const items = walk(trail).flat();
      return [name, comesInPieces(name) ? joinPieces(items) : items];
    }),
  );

/** A tool call as it stands in a completion's message. A custom tool takes a text instead of arguments. */
export function toolCallOf(call: ToolCall): ChatCompletionsWire['toolCall'] {
  const { name, arguments: text, extra } = call;
  const called =
    extra?.['type'] === 'custom'
      ? { ...extra, id: idOf(call), custom: { name, input: text } }
      : { ...extra, id: idOf(call), type: 'function', function: { name, arguments: text } };
  return called as ChatCompletionsWire['toolCall'];
}

function mergedLogprobs(pieces: readonly Fields[]): Fields {
  const merged: Record<string, unknown> = { content: null, refusal: null };
  for (const name of new Set(pieces.flatMap((piece) => Object.keys(piece)))) {
    const values = pieces.map((piece) => piece[name]);
    const lists = values.filter(Array.isArray);
    const last = values.findLast((value) => !isSilent(name, value)) ?? null;
    merged[name] = lists.length > 0 ? lists.flat() : last;
  }
  return merged;
}

/** Each piece of audio data is base64 of its own: the bytes are joined, not the texts. */
function mergedAudio(pieces: readonly Fields[]): Fields {
  const texts = (name: string): string[] =>
    pieces.map((piece) => piece[name]).filter((text) => typeof text === 'string');
  const bytes = texts('data').map(audioOf);
  return {
    ...pieces.reduce(known, {}),
    data: toBase64(joinBytes(bytes.filter((piece) => piece !== null))),
    transcript: texts('transcript').join(''),
  };
}
