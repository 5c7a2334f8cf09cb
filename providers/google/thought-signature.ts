import type { Part } from '@google/genai';

/** What stands for the signature of a call that Gemini has not signed. */
const noSignature = 'skip_thought_signature_validator';

/**
 * Gemini 3 refuses a turn whose first call has no thought signature. Common terms have none, for the
 * call may be another provider's: there this takes its place.
 *
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export const signed = (model: string, parts: readonly Part[]): Part[] =>
  wantsSignatures.test(model) ? withSignature(parts) : [...parts];

/** The same for a turn whose first call is left out: of parallel calls the first alone is signed. */
export function signedLike(before: readonly Part[], parts: readonly Part[]): Part[] {
  return before.find(isCall)?.thoughtSignature ? withSignature(parts) : [...parts];
}

function withSignature(parts: readonly Part[]): Part[] {
  const first = parts.findIndex(isCall);
  const call = parts[first];
  if (call === undefined || call.thoughtSignature) return [...parts];
  return parts.with(first, { ...call, thoughtSignature: noSignature });
}

const isCall = ({ functionCall }: Part): boolean => functionCall !== undefined;

/** `gemini-3-pro`, `gemini-3.1-…`, and the aliases of whatever is newest. */
const wantsSignatures = /gemini-(?:[3-9]|\d\d|(?:pro|flash|flash-lite)-latest)/;
