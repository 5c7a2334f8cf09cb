import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { DeepPartial } from './deep-partial.ts';
import type { ResponseMode } from './response-format.ts';
import { compileSchema } from './compile-schema.ts';
import type {
  CompiledSchema,
  JsonSchema,
  JsonSchemaValidator,
  StandardSchema,
  Validation,
} from './schema.ts';
import { compileStandardSchema, isStandardSchema } from './standard-schema.ts';

/** What an answer must look like, as made by {@link responseModel}. */
export interface ResponseModel<Value = unknown, Partial = unknown> {
  /** Name of the schema, for the provider and the model. */
  readonly name: string;
  readonly description: string | null;
  /** JSON Schema of the value. */
  readonly schema: JsonSchema;
  /** How the model is brought to answer so; `null` leaves it to what the provider can do. */
  readonly mode: ResponseMode | null;
  /** Whether the provider is asked to follow the schema to the letter; `null`: where the schema allows it. */
  readonly strict: boolean | null;
  /** Holds a value against the schema. */
  validate(value: unknown): Validation<Value>;
  /** In the type system only: the value while it arrives. */
  readonly types?: { readonly partial: Partial };
}

/**
 * What says what an answer must look like: a schema of a validation library, or a {@link responseModel},
 * of such a schema or of JSON Schema.
 */
export type ResponseSchema = StandardSchema | ResponseModel;

/** The response model of whatever says what an answer must look like; of nothing, one of any value. */
export type ResponseModelOf<Schema> = [Schema] extends [never]
  ? ResponseModel
  : Schema extends StandardSchemaV1<infer Input, infer Output>
    ? ResponseModel<Output, DeepPartial<Input>>
    : Schema extends ResponseModel<infer Value, infer Partial>
      ? ResponseModel<Value, Partial>
      : ResponseModel;

/** Options of {@link responseModel}. */
export interface ResponseModelOptions {
  /** Name of the schema: 1 to 64 letters, digits, `_` and `-`. Default: its `title` where that is one, else `response`. */
  readonly name?: string;
  /** What the answer is, for the model to read. Default: the schema's `description`. */
  readonly description?: string;
  /**
   * How the model is brought to answer so: `native`, `tool`, `json` or `text`. Default: the first of them
   * that the provider and the model can do.
   */
  readonly mode?: ResponseMode;
  /**
   * Ask the provider to follow the schema to the letter. Default: where the schema allows it, that is
   * where all properties of its objects are required. With `true` the modes are `native` and `tool`, and a
   * call that can do neither errors with `unsupported`.
   */
  readonly strict?: boolean;
  /** Validates, for a JSON Schema. Default: `@cfworker/json-schema`, draft 2020-12. */
  readonly validator?: JsonSchemaValidator;
}

/**
 * Says what an answer must look like, from a schema of Zod, ArkType, Valibot or any library that speaks
 * Standard Schema. A schema alone does where no option is wanted.
 *
 * @example
 * ```ts
 * const book = responseModel(z.object({ title: z.string(), year: z.number() }), { mode: 'tool' });
 * const extract = openai.call({ model: 'gpt-4o-mini', responseModel: book }, (text: string) => text);
 * ```
 * @throws {TypeError} when the name is none, or the schema cannot be printed as JSON Schema
 */
export function responseModel<Schema extends StandardSchema>(
  schema: Schema,
  options?: ResponseModelOptions,
): ResponseModel<
  StandardSchemaV1.InferOutput<Schema>,
  DeepPartial<StandardSchemaV1.InferInput<Schema>>
>;
/**
 * Says what an answer must look like, from a JSON Schema. The type of the value is what the caller says
 * it is: `responseModel<Book>({ type: 'object', … })`.
 */
export function responseModel<Value = unknown>(
  schema: JsonSchema,
  options?: ResponseModelOptions,
): ResponseModel<Value, DeepPartial<Value>>;
export function responseModel(
  schema: StandardSchema | JsonSchema,
  options: ResponseModelOptions = {},
): ResponseModel {
  return modelOf(() => compileSchema(schema, options.validator), options);
}

/**
 * The response model of what says what an answer must look like.
 *
 * @throws {TypeError} for anything else, such as a JSON Schema by itself: its validator is not to be part
 * of programs that have none
 */
export function responseModelOf(schema: ResponseSchema): ResponseModel {
  if (isStandardSchema(schema)) return modelOf(() => compileStandardSchema(schema), {});
  if (typeof (schema as Partial<ResponseModel>).validate === 'function') return schema;
  throw new TypeError(
    "A JSON Schema says what an answer must look like through responseModel(): responseModel({ type: 'object', … }).",
  );
}

function modelOf(
  compile: () => CompiledSchema<unknown>,
  options: ResponseModelOptions,
): ResponseModel {
  const { jsonSchema, validate } = compiled(compile);
  const { title, description } = jsonSchema;
  const name: unknown = options.name ?? (isName(title) ? title : 'response');
  if (!isName(name)) {
    throw new TypeError(
      `A response model is named with 1 to 64 letters, digits, "_" and "-", not "${String(name)}".`,
    );
  }
  return {
    name,
    description: options.description ?? (typeof description === 'string' ? description : null),
    schema: jsonSchema,
    mode: options.mode ?? null,
    strict: options.strict ?? null,
    validate,
  };
}

/** The names that OpenAI takes; the other providers are no stricter. */
const isName = (name: unknown): name is string =>
  typeof name === 'string' && /^[\w-]{1,64}$/.test(name);

function compiled(compile: () => CompiledSchema<unknown>): CompiledSchema<unknown> {
  try {
    return compile();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(`Response model: ${reason}.`, { cause: error });
  }
}
