import type { FunctionCall, GenerateContentResponse } from '@google/genai';
import type { ToolCallDelta } from '../../lib/index.ts';
import { candidatesOf, objectsIn, partsOf } from './candidates.ts';
import { argumentsWriter, type ArgumentsWriter } from './streamed-arguments.ts';

/** What an event says that takes the events before it to understand. */
export interface TurnNote {
  /** Pieces of calls, numbered over the turn. */
  readonly toolCalls: readonly ToolCallDelta[];
  /** Numbers of the calls that are whole now. */
  readonly endedToolCalls: readonly number[];
  /** Whether everything that was asked for has ended. */
  readonly finished: boolean;
}

/** Reads the events of one stream in order. */
export type TurnReader = (event: GenerateContentResponse | null | undefined) => TurnNote;

/** A call that has begun and not ended. */
interface OpenCall {
  readonly index: number;
  readonly writer: ArgumentsWriter;
}

/**
 * A reader for one stream: its state is that of a turn.
 *
 * @param candidateCount how many candidates were asked for
 */
export function turnReader(candidateCount: number): TurnReader {
  const finished = new Set<number>();
  let begun = 0;
  let open: OpenCall | null = null;

  return (event) => {
    const toolCalls: ToolCallDelta[] = [];
    const endedToolCalls: number[] = [];

    const end = ({ index, writer }: OpenCall): void => {
      const text = writer.end();
      if (text !== '') toolCalls.push(continuation(index, text));
      endedToolCalls.push(index);
      open = null;
    };

    for (const { functionCall } of partsOf(event)) {
      if (!functionCall) continue;
      if (opensCall(functionCall, open !== null)) {
        // The next call's start is the end of the one before, should its own mark be missing.
        if (open !== null) end(open);
        const { id, name = '' } = functionCall;
        open = { index: begun++, writer: argumentsWriter() };
        toolCalls.push({ index: open.index, id: id ?? null, name, arguments: '' });
      }
      if (open === null) continue;
      const text = argumentsIn(functionCall, open.writer);
      if (text !== '') toolCalls.push(continuation(open.index, text));
      if (!functionCall.willContinue) end(open);
    }

    for (const index of finishedIn(event)) finished.add(index);
    return {
      toolCalls: joined(toolCalls),
      endedToolCalls,
      finished: finished.size >= candidateCount || isBlocked(event),
    };
  };
}

/** Whether a part begins a call; the parts that continue one have no name, and the last may be `{}`. */
export const opensCall = (
  { name, id, args, partialArgs }: FunctionCall,
  isOpen: boolean,
): boolean => Boolean(name) || (!isOpen && Boolean(id ?? args ?? partialArgs));

const continuation = (index: number, text: string): ToolCallDelta => ({
  index,
  id: null,
  name: null,
  arguments: text,
});

/** The JSON text of whole arguments, or what streamed ones add. */
function argumentsIn(
  { args, partialArgs, willContinue }: FunctionCall,
  writer: ArgumentsWriter,
): string {
  const pieces = objectsIn(partialArgs);
  if (!args) return pieces.map((piece) => writer.add(piece)).join('');
  if (!willContinue && pieces.length === 0) return JSON.stringify(args);
  return writer.addMembers(args) + pieces.map((piece) => writer.add(piece)).join('');
}

/** One piece per call and event: the parts of an event are not pieces of their own. */
function joined(pieces: readonly ToolCallDelta[]): readonly ToolCallDelta[] {
  const joint: ToolCallDelta[] = [];
  for (const piece of pieces) {
    const last = joint.at(-1);
    if (last?.index === piece.index) {
      joint[joint.length - 1] = { ...last, arguments: last.arguments + piece.arguments };
    } else {
      joint.push(piece);
    }
  }
  return joint;
}

/**
 * Indexes of the candidates an event ends.
 *
 * With code execution `finishReason: 'STOP'` comes in the middle as well, beside an `executableCode`
 * whose result is still to follow (gemini-2.5-flash, recorded): there it ends nothing.
 */
function finishedIn(event: GenerateContentResponse | null | undefined): readonly number[] {
  return candidatesOf(event)
    .filter(([, { finishReason, content }]) => {
      const reason: string = finishReason || 'FINISH_REASON_UNSPECIFIED';
      const last = objectsIn(content?.parts).at(-1);
      const goesOn = reason === 'STOP' && Boolean(last?.executableCode);
      return reason !== 'FINISH_REASON_UNSPECIFIED' && !goesOn;
    })
    .map(([index]) => index);
}

/** A prompt that is blocked gets no candidate, and no event follows. */
const isBlocked = (event: GenerateContentResponse | null | undefined): boolean =>
  Boolean(event?.promptFeedback?.blockReason);

const note: unique symbol = Symbol('rx-llm turn');

interface NotedEvent {
  [note]?: TurnNote;
}

/**
 * Leaves on each event of a stream what it says in its turn, out of sight, for `decode` sees one event
 * at a time. The events are the SDK's own and otherwise untouched.
 */
export function noteTurn(candidateCount: number): (event: GenerateContentResponse) => void {
  const read = turnReader(candidateCount);
  return (event) => {
    Object.defineProperty(event, note, { value: read(event) });
  };
}

/** What was noted on an event; an event that is not of a stream is read as the first of a turn. */
export const turnOf = (
  event: GenerateContentResponse | null | undefined,
  candidateCount: number,
): TurnNote =>
  (event as NotedEvent | null | undefined)?.[note] ?? turnReader(candidateCount)(event);
