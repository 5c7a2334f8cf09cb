import { chunkOf } from '../../../lib/chunk.ts';
import { fold, type CallContext, type Delta, type StreamTuple, type Wire } from 'rx-llm';

/** A call as far as operators look at it. */
export const audioCall = (name = 'test'): CallContext =>
  ({
    provider: {
      name,
      response: fold<null, unknown, null>(
        null,
        () => null,
        () => null,
      ),
    },
    ended: () => true,
  }) as unknown as CallContext;

const oneCall = audioCall();

/** The tuple of a delta: of one and the same call unless one is given. */
export const audioTuple = (delta: Delta<Wire>, call: CallContext = oneCall): StreamTuple => [
  chunkOf(call, {}, delta, 0),
  null,
];

/** The tuple of some audio bytes. */
export const bytesTuple = (...bytes: readonly number[]): StreamTuple =>
  audioTuple({ audio: Uint8Array.from(bytes) });

/** The tuple of a piece of the transcript. */
export const transcriptTuple = (audioTranscript: string): StreamTuple =>
  audioTuple({ audioTranscript });

/** Bytes in pieces, as cut at these positions; a position beyond the end is the end. */
export function piecesOf(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const borders = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  return borders.slice(1).map((end, position) => bytes.slice(borders[position], end));
}

/** All bytes in one. */
export const concatenated = (pieces: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(pieces.flatMap((piece) => [...piece]));
