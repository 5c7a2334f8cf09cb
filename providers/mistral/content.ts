import type { ContentChunk } from '@mistralai/mistralai/models/components';
import { leave, walk, type Trail } from '../../lib/trail.ts';

/** The content of a message as it grows: a text, or once any event had a list, a list of parts. */
export interface Content {
  /** Whether there was any content, empty texts included. */
  readonly begun: boolean;
  /** Whether any of it was a list. */
  readonly listed: boolean;
  readonly parts: Trail<Part> | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** A part of the content or of a reasoning part. Texts and reasoning grow, everything else came whole. */
type Part =
  | { readonly text: string }
  | { readonly thinking: Trail<Part> | null; readonly fields: Fields }
  | { readonly whole: unknown };

/** The content before any event. */
export const noContent: Content = { begun: false, listed: false, parts: null };

/** The content after one more event. Costs the same however much came before. */
export function addContent(content: Content, piece: unknown): Content {
  if (typeof piece === 'string') {
    return { ...content, begun: true, parts: addPart(content.parts, { text: piece }) };
  }
  if (!Array.isArray(piece)) return content;
  const parts = piece.map(partOf).reduce<Trail<Part> | null>(addPart, content.parts);
  return { begun: true, listed: true, parts };
}

/** The content as a message has it that did not stream; `null` when there was none. */
export function finishedContent({
  begun,
  listed,
  parts,
}: Content): string | readonly ContentChunk[] | null {
  if (!begun) return null;
  // Of what the server really sent, the SDK's type is a promise.
  if (listed) return walk(parts).map(finishedPart) as readonly ContentChunk[];
  return parts && 'text' in parts.last ? parts.last.text : '';
}

function partOf(part: unknown): Part {
  if (typeof part !== 'object' || part === null) return { whole: part };
  const { type, text, thinking, ...more } = part as Fields;
  if (type === 'text' && typeof text === 'string' && Object.keys(more).length === 0) {
    return { text };
  }
  if (type === 'thinking' && Array.isArray(thinking)) {
    const items = thinking.map(partOf).reduce<Trail<Part> | null>(addPart, null);
    return { thinking: items, fields: more };
  }
  return { whole: part };
}

function addPart(parts: Trail<Part> | null, part: Part): Trail<Part> | null {
  if ('text' in part && part.text === '') return parts;
  const grown = parts && join(parts.last, part);
  return grown ? leave(parts.before, grown) : leave(parts, part);
}

/**
 * The part that goes on in the next, `null` when the next is one of its own. `closed` says nothing about
 * that: Mistral's servers send it with every piece of one reasoning part. A signature ends one.
 */
function join(part: Part, next: Part): Part | null {
  if ('text' in part && 'text' in next) return { text: part.text + next.text };
  if ('thinking' in part && 'thinking' in next && !part.fields['signature']) {
    return {
      thinking: walk(next.thinking).reduce<Trail<Part> | null>(addPart, part.thinking),
      fields: { ...part.fields, ...next.fields },
    };
  }
  return null;
}

function finishedPart(part: Part): unknown {
  if ('text' in part) return { type: 'text', text: part.text };
  if ('whole' in part) return part.whole;
  return { type: 'thinking', thinking: walk(part.thinking).map(finishedPart), ...part.fields };
}
