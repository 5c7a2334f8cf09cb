import type { Content, Part } from '@google/genai';
import type { KeptAnswer } from '../../lib/index.ts';
import type { GoogleWire } from './wire.ts';

/**
 * The answer as a message of the next request: its parts in order, with their thought signatures, for
 * Gemini 3 refuses calls that come back without. Left out are calls that did not arrive whole, and the
 * text that was cut off.
 *
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export function messageParam(
  { candidates = [] }: GoogleWire['response'],
  { content, openCalls }: KeptAnswer,
): Content {
  const answer = candidates.find(({ index = 0 }) => index === 0);
  const open = new Set(openCalls.map(({ index }) => index));
  let position = 0;
  const whole = (answer?.content?.parts ?? [])
    .filter(({ functionCall }) => !functionCall || !open.has(position++))
    .map(sendable);
  const parts = withText(whole, content);
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

/** The parts with their text replaced by what operators left of it. A changed text loses its signature. */
function withText(parts: readonly Part[], content: string): Part[] {
  const before = parts.filter(isText).map(({ text }) => text ?? '');
  const whole = before.join('');
  if (whole === content) return [...parts];
  if (!whole.startsWith(content)) {
    const rest = parts.filter((part) => !isText(part));
    const place = parts.findIndex(isText);
    return rest.toSpliced(place < 0 ? rest.length : parts.slice(0, place).length, 0, {
      text: content,
    });
  }
  let left = content.length;
  return parts.flatMap((part) => {
    if (!isText(part)) return [part];
    const text = (part.text ?? '').slice(0, left);
    left -= text.length;
    if (text === part.text) return [part];
    return text === '' ? [] : [{ text }];
  });
}
