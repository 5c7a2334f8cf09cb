import type { FunctionCall, PartialArg, Part } from '@google/genai';
import { fromBase64, toBase64 } from '../../lib/base64.ts';
import { joinBytes } from '../../lib/join-bytes.ts';
import { leave, walk, type Trail } from '../../lib/trail.ts';
import { objectsIn } from './candidates.ts';
import { argumentsWriter } from './streamed-arguments.ts';
import { opensCall } from './turn.ts';

/** A part as far as it has come. */
export interface PartAssembly {
  readonly part: Part;
  /** A call whose arguments are streamed. */
  readonly call: { readonly pieces: Trail<PartialArg> | null; readonly isOpen: boolean } | null;
}

/**
 * The parts after one more. Texts of one kind that follow each other are joined, except those with a
 * thought signature, which must go back as they came; pieces of a streamed call become one part.
 *
 * @see https://ai.google.dev/gemini-api/docs/thinking#signatures
 */
export function addPart(parts: Trail<PartAssembly> | null, part: Part): Trail<PartAssembly> | null {
  if (part.functionCall) return addCall(parts, part, part.functionCall);
  if (!isPlainText(part)) return leave(parts, { part, call: null });
  if (part.text === '') return parts;
  const last = parts?.last.part;
  if (
    parts === null ||
    last === undefined ||
    !isPlainText(last) ||
    !last.thought !== !part.thought
  ) {
    return leave(parts, { part, call: null });
  }
  return leave(parts.before, { part: { ...last, text: last.text + part.text }, call: null });
}

/** A text and nothing else: no signature, no metadata. */
const isPlainText = (part: Part): part is Part & { readonly text: string } =>
  typeof part.text === 'string' &&
  Object.keys(part).every((name) => name === 'text' || name === 'thought');

function addCall(
  parts: Trail<PartAssembly> | null,
  part: Part,
  functionCall: FunctionCall,
): Trail<PartAssembly> | null {
  const { willContinue: isOpen = false, partialArgs } = functionCall;
  const last = parts?.last ?? null;
  const pieces = objectsIn(partialArgs);
  if (opensCall(functionCall, last?.call?.isOpen ?? false)) {
    const isStreamed = isOpen || pieces.length > 0;
    return leave(parts, {
      part,
      call: isStreamed
        ? { pieces: pieces.reduce<Trail<PartialArg> | null>(leave, null), isOpen }
        : null,
    });
  }
  // The `{}` that closes a call, where none is open.
  if (parts === null || !last?.call?.isOpen) return parts;
  return leave(parts.before, {
    part: { ...last.part, ...part, functionCall: { ...functionCall, ...last.part.functionCall } },
    call: { pieces: pieces.reduce(leave, last.call.pieces), isOpen },
  });
}

/** The parts as they would have come without streaming. */
export const finishedParts = (parts: Trail<PartAssembly> | null): Part[] =>
  withJoinedPcm(walk(parts).map(finishedPart));

function finishedPart({ part, call }: PartAssembly): Part {
  if (call === null) return part;
  const {
    partialArgs: _pieces,
    willContinue: _open,
    args,
    ...functionCall
  } = part.functionCall ?? {};
  const streamed = call.pieces && argumentsOf(walk(call.pieces));
  return {
    ...part,
    functionCall: {
      ...functionCall,
      ...((args ?? streamed) && { args: { ...args, ...streamed } }),
      ...(call.isOpen && { willContinue: true }),
    },
  };
}

function argumentsOf(pieces: readonly PartialArg[]): { [name: string]: unknown } {
  const writer = argumentsWriter();
  const text = pieces.map((piece) => writer.add(piece)).join('');
  return JSON.parse(text + writer.end() || '{}') as { [name: string]: unknown };
}

/** Speech in pieces is one part when it does not stream: PCM is joined bytewise, for it has no header. */
function withJoinedPcm(parts: readonly Part[]): Part[] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (group && isPcm(part) && first?.inlineData?.mimeType === part.inlineData?.mimeType)
      group.push(part);
    else groups.push([part]);
  }
  return groups.flatMap((group) => (group.length > 1 ? joinedPcm(group) : group));
}

const isPcm = ({ inlineData, ...rest }: Part): boolean =>
  /^audio\/(l16|pcm)\b/i.test(inlineData?.mimeType ?? '') && Object.keys(rest).length === 0;

function joinedPcm(parts: readonly Part[]): Part {
  const pieces = parts.map(({ inlineData }) => fromBase64(inlineData?.data ?? ''));
  return { inlineData: { ...parts[0]?.inlineData, data: toBase64(joinBytes(pieces)) } };
}
