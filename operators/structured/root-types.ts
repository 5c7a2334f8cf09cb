import type { JsonSchema } from '../../lib/index.ts';
import type { JsonType } from '../../lib/json/json-type.ts';

/**
 * What a value that fits a schema can be, as far as the schema says so: by `type`, `const` and `enum`, by
 * itself or through `anyOf`, `oneOf`, `allOf` and references. Anything where it says nothing, and where
 * nothing could fit.
 */
export function rootTypes(schema: JsonSchema): readonly JsonType[] {
  const types = typesOf(schema, schema, []);
  return types.length === 0 ? anyType : types;
}

const anyType: readonly JsonType[] = ['object', 'array', 'string', 'number', 'boolean', 'null'];

/** @param above the schemas that led here: one that leads back to itself says no more by that */
function typesOf(
  schema: unknown,
  root: JsonSchema,
  above: readonly JsonSchema[],
): readonly JsonType[] {
  if (schema === false) return [];
  if (!isRecord(schema) || above.includes(schema)) return anyType;
  const { type, enum: values, anyOf, oneOf, allOf, $ref } = schema;
  const below = [...above, schema];
  const typesBelow = (inner: unknown): readonly JsonType[] => typesOf(inner, root, below);

  const said: (readonly JsonType[])[] = [];
  if (type !== undefined) said.push([type].flat().map(typeNamed));
  if ('const' in schema) said.push([typeOf(schema['const'])]);
  if (isList(values)) said.push(values.map(typeOf));
  if (isList(anyOf)) said.push(anyOf.flatMap(typesBelow));
  if (isList(oneOf)) said.push(oneOf.flatMap(typesBelow));
  if (isList(allOf)) said.push(...allOf.map(typesBelow));
  if (typeof $ref === 'string') said.push(typesBelow(referredTo($ref, root)));
  return anyType.filter((each) => said.every((types) => types.includes(each)));
}

const typeNamed = (name: unknown): JsonType => (name === 'integer' ? 'number' : (name as JsonType));

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  return isList(value) ? 'array' : (typeof value as JsonType);
}

/** What a JSON Pointer such as `#/$defs/Book` leads to; `undefined` for references of other kinds. */
function referredTo(reference: string, root: JsonSchema): unknown {
  const [start, ...keys] = reference.split('/').map(unescaped);
  if (start !== '#') return undefined;
  return keys.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), root);
}

/** `decodeURIComponent` throws for names that printers of schemas do not escape, such as `100%`. */
const unescaped = (key: string): string =>
  key
    .replace(/%([0-7][\da-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Lists are records as well: a pointer leads through both. */
const isRecord = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null;
