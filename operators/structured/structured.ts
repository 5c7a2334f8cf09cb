import { concatWith, defer, filter, map, of, type OperatorFunction } from 'rxjs';
import { accumulateTuple, type Accumulation } from '../../lib/accumulation.ts';
import type {
  CallResponse,
  ResponseModel,
  ResponseModelOf,
  ResponseSchema,
  StreamTuple,
  ToolDefinition,
  Wire,
} from '../../lib/index.ts';
import type { JsonReader } from '../../lib/json/json-reader.ts';
import { responseModelOf } from '../../lib/response-model.ts';
import { nothingArrived, responseAtEnd } from '../response-at-end.ts';
import { misfit, noValue } from './answer-failure.ts';
import { answerReader, readingOf, unwrapped, type Reading } from './answer-reader.ts';
import { validated } from './validated.ts';

/** What {@link structured} emits: the value as far as it has come, and at the end the value. */
export type Structured<
  Model extends ResponseModel,
  W extends Wire = Wire,
  D extends ToolDefinition = ToolDefinition,
> = StructuredPartial<Model> | StructuredValue<Model, W, D>;

/** A value that is still arriving, not validated yet. */
export interface StructuredPartial<Model extends ResponseModel> {
  readonly done: false;
  /** Immutable; shares with the one before whatever did not change. */
  readonly partial: Model extends ResponseModel<unknown, infer Partial> ? Partial : never;
}

/** The whole value, which has passed the schema. */
export interface StructuredValue<
  Model extends ResponseModel,
  W extends Wire = Wire,
  D extends ToolDefinition = ToolDefinition,
> {
  readonly done: true;
  readonly value: Model extends ResponseModel<infer Value> ? Value : never;
  /** The response it is from. */
  readonly response: CallResponse<W, D>;
}

/**
 * Reads the answer as the value its call asked for with `responseModel`: emits it partially as it grows,
 * and at the end the value that has passed the schema.
 *
 * ```
 * source        --'{"title":"Du'--'ne"'--'}'--|
 * structured()
 * result        --{title:'Du'}--{title:'Dune'}----(value|)
 * ```
 *
 * Subscribes when subscribed to. Emits a partial value after each tuple that changed it, then, when the source
 * completes, the whole value, and completes. A partial value is a sound part of the whole: texts may be cut,
 * objects and lists may be shorter, nothing else is in part. Two of a call in a row are never equal, unless
 * the first was prose that looked like JSON, not empty, and the JSON behind it has begun alike. Errors
 * with the source; with `invalid-output` when the answer is no JSON, is cut off or fails the schema
 * (`error.output` has the text, what could be read, and the issues with their paths); with `refusal` when
 * the model refused. Unsubscribing unsubscribes from the source. A tuple of another call (after `retry`,
 * in a tool loop) starts anew, so the last call's answer counts.
 *
 * The cost of a tuple does not grow with the answer; of a long list the width shows, see
 * {@link elements}. Keeps the value and the text.
 *
 * Reads whatever way the answer came: held to the schema by the provider, as a tool's arguments, as JSON,
 * as text with prose or a Markdown fence around it. What is neither an object nor a list must be the whole
 * text. Without `responseModel` any JSON is taken, and the value is of unknown type.
 *
 * @example
 * ```ts
 * const Book = z.object({ title: z.string(), year: z.number() });
 * const extract = openai.call({ model: 'gpt-4o-mini', responseModel: Book }, (text: string) => text);
 *
 * extract('Dune, 1965').pipe(structured()).subscribe((book) => {
 *   if (book.done) save(book.value);
 *   else render(book.partial.title ?? '…');
 * });
 * ```
 */
export function structured<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(): OperatorFunction<StreamTuple<W, D, Model, Partials>, Structured<Model, W, D>>;
/**
 * Reads the answer as a value of a schema, whatever its call asked for.
 *
 * @param schema a schema of Zod, Valibot or ArkType, or a `responseModel()`, also of JSON Schema
 * @throws {TypeError} when the schema cannot be printed as JSON Schema
 */
export function structured<
  Schema extends ResponseSchema,
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(
  schema: Schema,
): OperatorFunction<StreamTuple<W, D, Model, Partials>, Structured<ResponseModelOf<Schema>, W, D>>;
export function structured<W extends Wire, D extends ToolDefinition>(
  schema?: ResponseSchema,
): OperatorFunction<StreamTuple<W, D, ResponseModel, boolean>, Structured<ResponseModel, W, D>> {
  const model = schema === undefined ? null : responseModelOf(schema);
  return (source) =>
    defer(() => {
      let read = null as Read<W, D> | null;
      return source.pipe(
        map((tuple) => {
          read = readTuple(read, tuple, model);
          return read.partial;
        }),
        filter((partial) => partial !== null),
        concatWith(
          defer(() => {
            if (read === null) throw nothingArrived();
            return of(valueOf(read));
          }),
        ),
      );
    });
}

/** An answer that is being read. */
interface Read<W extends Wire, D extends ToolDefinition> {
  readonly accumulation: Accumulation<W, D>;
  readonly reading: Reading;
  readonly reader: JsonReader;
  /** The value of the partial that was emitted last, `undefined` before the first. */
  readonly emitted: unknown;
  /** What the last tuple made of it, `null` when it changed nothing. */
  readonly partial: StructuredPartial<ResponseModel> | null;
}

function readTuple<W extends Wire, D extends ToolDefinition>(
  before: Read<W, D> | null,
  tuple: StreamTuple<W, D, ResponseModel, boolean>,
  model: ResponseModel | null,
): Read<W, D> {
  const { call, content } = tuple[0];
  const accumulation = accumulateTuple(before?.accumulation ?? null, tuple);
  const goesOn = before !== null && (before.accumulation.call === call || call.continues);
  const reading = goesOn ? before.reading : readingOf(call, model);
  const reader = goesOn ? before.reader : answerReader(reading);
  reader.push(content);
  const value = unwrapped(reading, reader.value);
  const emitted = goesOn ? before.emitted : undefined;
  if (value === undefined || isSame(value, emitted))
    return { accumulation, reading, reader, emitted, partial: null };
  const partial = { done: false, partial: withFields(reading, value) } as const;
  return { accumulation, reading, reader, emitted: value, partial };
}

/**
 * Whether a value is the one that was emitted last. One that grows is another object wherever it is another
 * value; one that comes instead of prose that looked like JSON may begin as that did, empty.
 */
const isSame = (value: unknown, emitted: unknown): boolean =>
  value === emitted ||
  (isEmpty(emitted) && isEmpty(value) && Array.isArray(value) === Array.isArray(emitted));

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

/** The value with the properties that were known before, where it is an object. */
const withFields = ({ fields }: Reading, value: unknown): unknown =>
  Object.keys(fields).length > 0 &&
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value)
    ? { ...value, ...fields }
    : value;

function valueOf<W extends Wire, D extends ToolDefinition>({
  accumulation,
  reading,
  reader,
}: Read<W, D>): StructuredValue<ResponseModel, W, D> {
  const response = responseAtEnd(accumulation);
  reader.end();
  if (reader.state !== 'complete') throw noValue(response, reader);
  const whole = withFields(reading, unwrapped(reading, reader.value));
  const outcome = validated(reading.model, whole);
  if (!outcome.ok) throw misfit(response, whole, outcome.issues);
  return { done: true, value: outcome.value, response };
}
