import type { Content, Part } from '@google/genai';
import type { KeptAnswer } from '../../lib/index.ts';
import { signedLike } from './thought-signature.ts';
import type { GoogleWire } from './wire.ts';

/**
 * The answer as a message of the next request: its parts in order, with their thought signatures, for
 * Gemini 3 refuses calls that come back without. Left out are calls that did not arrive whole or stand
 * for the answer, and the text that was cut off; text that came in another way or before is put in.
 *
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export function messageParam(
  { candidates = [] }: GoogleWire['response'],
  { content, openCalls }: KeptAnswer,
): Content {
  const answer = candidates.find(({ index = 0 }) => index === 0);
  const received = answer?.content?.parts ?? [];
  const open = new Set(openCalls.map(({ index }) => index));
  let position = 0;
  const whole = received
    .filter(({ functionCall }) => !functionCall || !open.has(position++))
    .map(sendable);
  const parts = withText(signedLike(received, whole), content);
  // A message needs a part.
  return { role: 'model', parts: parts.length > 0 ? parts : [{ text: content }] };
}

/** `willContinue` of a call that the output limit cut off is for answers only. */
function sendable(part: Part): Part {
  if (!part.functionCall?.willContinue) return part;
  const { willContinue: _open, ...functionCall } = part.functionCall;
  return { ...part, functionCall };
}

const isText = ({ text, thought }: Part): boolean => typeof text === 'string' && !thought;

/** The parts with the text as it was kept. A changed text loses its signature. */
function withText(parts: readonly Part[], content: string): Part[] {
  const whole = parts
    .filter(isText)
    .map(({ text }) => text ?? '')
    .join('');
  if (whole === content) return [...parts];
  if (whole.startsWith(content)) return cutText(parts, content.length);
  if (content.startsWith(whole)) return [...parts, { text: content.slice(whole.length) }];
  if (content.endsWith(whole)) return withTextBefore(parts, content.slice(0, -whole.length));
  const place = parts.findIndex(isText);
  return parts.filter((part) => !isText(part)).toSpliced(place, 0, { text: content });
}

/** A text that stands alone takes in what came before it; one with a signature goes back as it came. */
function withTextBefore(parts: readonly Part[], before: string): Part[] {
  const place = parts.findIndex(isText);
  const { text = '', ...more } = parts[place] ?? {};
  return Object.keys(more).length === 0
    ? parts.with(place, { text: before + text })
    : parts.toSpliced(place, 0, { text: before });
}

/** The first `length` characters, each in the part it came in. */
function cutText(parts: readonly Part[], length: number): Part[] {
  let left = length;
  return parts.flatMap((part) => {
    if (!isText(part)) return [part];
    const text = (part.text ?? '').slice(0, left);
    left -= text.length;
    if (text === part.text) return [part];
    return text === '' ? [] : [{ text }];
  });
}
