import { StreamError, type ResponseFormat, type SchemaFormat } from '../../lib/index.ts';
import { cohereSchema } from './cohere-schema.ts';
import type { ChatParams, CohereWire } from './wire.ts';

/** How a request asks for an answer of a format. */
export interface EncodedFormat {
  readonly params: ChatParams;
  /** What the model is told. */
  readonly instructions: readonly CohereWire['message'][];
}

/**
 * What the answer is held to, and what the model is told of it: without a word about JSON it "may end up
 * getting stuck generating an infinite stream of characters". In mode `json` the prompt says it already.
 *
 * @param params the caller's own; a `responseFormat` among them goes first
 * @see https://docs.cohere.com/v2/docs/structured-outputs
 * @throws {StreamError} `unsupported` together with documents or tools
 */
export function encodeFormat(
  format: ResponseFormat | null,
  { responseFormat, documents = [], tools = [] }: ChatParams,
): EncodedFormat {
  if (format === null || responseFormat !== undefined) return { params: {}, instructions: [] };
  if (documents.length > 0 || tools.length > 0) throw notTogether();
  if (format.mode === 'json') {
    return { params: { responseFormat: { type: 'json_object' } }, instructions: [] };
  }
  const jsonSchema = { ...cohereSchema(format.schema) };
  return {
    params: { responseFormat: { type: 'json_object', jsonSchema } },
    instructions: [{ role: 'system', content: instruction(format) }],
  };
}

const instruction = ({ schema, description }: SchemaFormat): string =>
  [
    'Generate a JSON object.',
    ...(description === null ? [] : [description]),
    `It must fit this JSON Schema:\n${JSON.stringify(schema)}`,
  ].join(' ');

const notTogether = (): StreamError =>
  new StreamError('cohere', {
    code: 'unsupported',
    message:
      "Cohere's JSON modes do not go together with callParams.documents or callParams.tools; leave these out, or ask for the answer with mode 'text'",
  });
