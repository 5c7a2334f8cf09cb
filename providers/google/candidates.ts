import type { Candidate, GenerateContentResponse, Part } from '@google/genai';

/** The candidates of an event that can be read, each with its index. Vertex AI numbers a single one not. */
export function candidatesOf(
  event: GenerateContentResponse | null | undefined,
): readonly (readonly [index: number, candidate: Candidate])[] {
  return objectsIn(event?.candidates).map((candidate, position) => [
    candidate.index ?? position,
    candidate,
  ]);
}

/** The parts of the first candidate; none where it has none. */
export function partsOf(event: GenerateContentResponse | null | undefined): readonly Part[] {
  const [, first] = candidatesOf(event).find(([index]) => index === 0) ?? [];
  return objectsIn(first?.content?.parts);
}

/** The objects of a list; none where a server sends something else. */
export const objectsIn = <T extends object>(list: readonly T[] | null | undefined): readonly T[] =>
  Array.isArray(list)
    ? (list as readonly T[]).filter((item) => typeof item === 'object' && item !== null)
    : [];
