import type { GenerateContentConfig } from '@google/genai';
import type { ResponseFormat } from '../../lib/index.ts';
import { geminiSchema } from './gemini-schema.ts';
import type { GoogleParams } from './wire.ts';

/**
 * What the answer is held to. A caller's own `responseSchema` excludes another one beside it.
 *
 * @see https://ai.google.dev/gemini-api/docs/structured-output
 */
export function encodeFormat(
  format: ResponseFormat | null,
  { responseSchema }: GoogleParams,
): GenerateContentConfig {
  if (format === null) return {};
  const json = { responseMimeType: 'application/json' };
  if (format.mode === 'json' || responseSchema !== undefined) return json;
  const { schema, description } = format;
  const described = { ...schema, ...(description !== null && { description }) };
  return { ...json, responseJsonSchema: geminiSchema(described) };
}
