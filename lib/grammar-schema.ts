import { closedSchema } from './closed-schema.ts';
import { mapSchema } from './map-schema.ts';
import type { JsonSchema } from './schema.ts';
import { tellWords } from './tell-words.ts';

/** Words of JSON Schema that are taken: always, or by their value and what stands beside them. */
export interface KnownWords {
  readonly [keyword: string]: true | ((value: unknown, schema: JsonSchema) => boolean);
}

/**
 * A schema for a service that makes a grammar of it, which the model then cannot leave. Such a service refuses a
 * request for a single word that no grammar is made of. Validation libraries write such words everywhere: Zod
 * puts limits on every whole number.
 *
 * - Objects are closed, alternatives (`oneOf`) stand as `anyOf`, and a `$ref` stands alone.
 * - Other words are told in the description, for the model to keep to. Whoever validates the answer finds
 *   out whether it did.
 * - Objects that are open and schemas that hold themselves have no grammar. They stay what they are, for the
 *   service to refuse in its own words.
 *
 * @param schema any schema
 * @param more words this service knows besides
 */
export function grammarSchema(schema: JsonSchema, more: KnownWords = {}): JsonSchema {
  const known = { ...words, ...more };
  const isTold = (keyword: string, inner: JsonSchema): boolean => !isKnown(known, keyword, inner);
  return closedSchema(
    mapSchema(
      schema,
      (inner) => {
        const shaped = withLoneReference(withoutOneOf(withoutBounds(withoutNames(inner))));
        return tellWords(
          shaped,
          Object.keys(shaped).filter((keyword) => isTold(keyword, shaped)),
        );
      },
      // What is told is told as it was.
      (keyword, inner) => (keyword === 'oneOf' ? 'anyOf' in inner : isTold(keyword, inner)),
    ),
  );
}

function isKnown(known: KnownWords, keyword: string, schema: JsonSchema): boolean {
  const takes = Object.hasOwn(known, keyword) ? known[keyword] : undefined;
  return typeof takes === 'function' ? takes(schema[keyword], schema) : takes === true;
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

const arePlain = (values: unknown): boolean => Array.isArray(values) && values.every(isPlain);

const listsValues = (schema: JsonSchema): boolean =>
  arePlain(schema['enum']) || ('const' in schema && isPlain(schema['const']));

const formats: ReadonlySet<unknown> = new Set([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'uri',
  'ipv4',
  'ipv6',
  'uuid',
]);

/**
 * The words that services with grammars have in common.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
const words: KnownWords = {
  title: true,
  description: true,
  default: true,
  $defs: true,
  definitions: true,
  $ref: true,
  anyOf: true,
  allOf: true,
  // Of several types a listed value fits one only, which is refused: "does not match declared type".
  type: (type, schema) => !Array.isArray(type) || !listsValues(schema),
  enum: arePlain,
  const: isPlain,
  properties: true,
  required: true,
  additionalProperties: true,
  patternProperties: true,
  // A list of schemas is how tuples were written before draft 2020-12, and `false` how they are closed now.
  items: (items) => !isPlain(items) && !Array.isArray(items),
  minItems: (count) => count === 0 || count === 1,
  format: (format) => formats.has(format),
};

/** What names a schema, or is a note to its readers, says nothing about values. */
const withoutNames = ({
  $schema: _dialect,
  $id: _id,
  $anchor: _anchor,
  $comment: _comment,
  ...schema
}: JsonSchema): JsonSchema => schema;

/** The limits of what a number can hold, which Zod writes beside every whole one, go without saying. */
const withoutBounds = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(
    Object.entries(schema).filter(
      ([keyword, value]) =>
        !(keyword === 'minimum' && value === Number.MIN_SAFE_INTEGER) &&
        !(keyword === 'maximum' && value === Number.MAX_SAFE_INTEGER),
    ),
  );

const withoutOneOf = ({ oneOf, ...schema }: JsonSchema): JsonSchema => {
  if (oneOf === undefined) return schema;
  return 'anyOf' in schema ? { ...schema, oneOf } : { ...schema, anyOf: oneOf };
};

/**
 * What is said beside a `$ref`, such as a description, is said around it: Anthropic's SDK sends nothing beside it but
 * definitions, and OpenAI refuses the rest ("$ref cannot have keywords").
 */
function withLoneReference(schema: JsonSchema): JsonSchema {
  const { $ref, $defs: _defs, definitions: _definitions, ...beside } = schema;
  if ($ref === undefined || 'anyOf' in beside || Object.keys(beside).length === 0) return schema;
  const { $ref: _reference, ...around } = schema;
  return { ...around, anyOf: [{ $ref }] };
}
