/**
 * What a tool gave, as the text that is told to a model: a text as it is, an `Error` by its message,
 * everything else as JSON, and nothing at all as an empty text.
 *
 * @throws {TypeError} for what JSON cannot hold: a BigInt, or a value that holds itself
 */
export function outputText(output: unknown): string {
  if (typeof output === 'string') return output;
  if (output instanceof Error) return output.message;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- of `undefined` JSON makes nothing, which its type does not say
  return JSON.stringify(output) ?? '';
}
