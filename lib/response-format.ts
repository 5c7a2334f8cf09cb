import type { JsonSchema } from './schema.ts';

/**
 * How a model is brought to answer in the shape of a schema:
 *
 * - `native`: the provider holds the answer to the schema
 * - `tool`: the answer comes as the arguments of a tool that has the schema
 * - `json`: the provider sees to it that the answer is JSON, the schema stands in the instructions
 * - `text`: the schema stands in the instructions
 */
export type ResponseMode = 'native' | 'tool' | 'json' | 'text';

/** What a provider is asked to hold an answer to: a schema, or just JSON. */
export type ResponseFormat = SchemaFormat | JsonFormat;

/** An answer that fits a schema. */
export interface SchemaFormat {
  readonly mode: 'native';
  /** Name of the schema, of letters, digits, `_` and `-`. */
  readonly name: string;
  readonly description: string | null;
  /** The schema, always one of an object. */
  readonly schema: JsonSchema;
  /** Whether to follow the schema to the letter; `null` leaves it to the provider. */
  readonly strict: boolean | null;
}

/** An answer that is JSON. */
export interface JsonFormat {
  readonly mode: 'json';
}
