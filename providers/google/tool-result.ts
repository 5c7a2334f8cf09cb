import type { Content, Part } from '@google/genai';
import type { ToolOutput } from '../../lib/index.ts';
import { outputJson } from '../../lib/output-text.ts';
import type { GoogleWire } from './wire.ts';

/**
 * Results of tools as a message of the next turn: one, for the API wants the results of all calls of a
 * turn together. A result goes under the id of its call where the model gave one.
 *
 * @see https://ai.google.dev/gemini-api/docs/function-calling
 */
export function toolMessageParams(outputs: readonly ToolOutput<GoogleWire>[]): readonly Content[] {
  if (outputs.length === 0) return [];
  const parts = outputs.map(([{ name, toolCall, error }, output]) =>
    encodeToolResult({
      id: toolCall.id,
      name,
      output,
      // A call that could not run is answered by what was wrong with it.
      isError: error !== null || output instanceof Error,
    }),
  );
  return [{ role: 'user', parts }];
}

/** What a tool gave, in no one's terms. */
export interface ToolResult {
  readonly id: string | undefined;
  readonly name: string;
  readonly output: unknown;
  readonly isError: boolean;
}

/** A result as a part. `output` and `error` are the keys the API knows; nothing at all is an empty text. */
export function encodeToolResult({ id, name, output, isError }: ToolResult): Part {
  const told = outputJson(output) ?? (output === null ? null : '');
  const response = isError ? { error: told } : { output: told };
  // The SDK declares a class of which it reads the fields only, hence the wide type.
  const functionResponse: object = { ...(id && { id }), name, response };
  return { functionResponse };
}
