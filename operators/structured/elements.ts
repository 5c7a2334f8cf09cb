import {
  concatMap,
  concatWith,
  defer,
  EMPTY,
  from,
  of,
  throwError,
  type Observable,
  type OperatorFunction,
} from 'rxjs';
import { accumulateTuple, type Accumulation } from '../../lib/accumulation.ts';
import type {
  CallResponse,
  Issue,
  ResponseModel,
  ResponseModelOf,
  ResponseSchema,
  StreamTuple,
  ToolDefinition,
  Wire,
} from '../../lib/index.ts';
import type { JsonReader } from '../../lib/json/json-reader.ts';
import { responseModelOf } from '../../lib/response-model.ts';
import { interruptedSnapshotOf } from '../../lib/snapshot.ts';
import { nothingArrived, responseAtEnd } from '../response-at-end.ts';
import { misfit, noValue } from './answer-failure.ts';
import { elementReader, readingOf, type Reading } from './answer-reader.ts';
import { validated } from './validated.ts';

/** The value type of a schema. */
type ValueOf<Schema> = ResponseModelOf<Schema> extends ResponseModel<infer Value> ? Value : never;

/** An element of a list, with `onInvalid: 'report'`. */
export type Element<Value> =
  | { readonly valid: true; readonly index: number; readonly value: Value }
  | {
      readonly valid: false;
      readonly index: number;
      /** The element as it came. */
      readonly value: unknown;
      /** What is wrong with it. */
      readonly issues: readonly Issue[];
    };

/** Options of {@link elements}. */
export interface ElementsOptions {
  /** The keys that lead to the list, where the answer is an object: `['books']`. Default: the answer is the list. */
  readonly at?: readonly string[];
  /**
   * What becomes of an element that fails its schema: `error` the stream (default), `skip` it, or `report` it
   * in its place; with `report` every element is an {@link Element}.
   */
  readonly onInvalid?: 'error' | 'skip' | 'report';
}

/**
 * Reads the elements of a list in the answer: emits each, validated, as it closes.
 *
 * ```
 * source                --'[{"title":"Du'--'ne"},{"title":"So'--'laris"}]'--|
 * elements(Book)
 * result                -------------------Dune----------------Solaris------|
 * ```
 *
 * Subscribes when subscribed to; emits an element when its last character has come; completes when the
 * source does and the list is whole. Errors with the source; with `invalid-output` when an element fails
 * the schema (unless `onInvalid` says otherwise), and at the end when there is no list or it is cut off:
 * what was emitted before stands. Unsubscribing unsubscribes from the source. A tuple of another call
 * (after `retry`, in a tool loop) starts anew.
 *
 * Neither the cost of an element nor what is kept of the list grows with its length; the text is kept for
 * the error.
 *
 * @example
 * ```ts
 * const Book = z.object({ title: z.string() });
 * const list = openai.call({ model: 'gpt-4o-mini', responseModel: z.array(Book) }, () => 'Ten good books');
 * list().pipe(elements(Book)).subscribe(({ title }) => console.log(title));
 * ```
 * @param schema what an element must look like: a schema of Zod, Valibot or ArkType, or a `responseModel()`,
 * also of JSON Schema
 * @throws {TypeError} when the schema cannot be printed as JSON Schema
 */
export function elements<
  Schema extends ResponseSchema,
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(
  schema: Schema,
  options: ElementsOptions & { readonly onInvalid: 'report' },
): OperatorFunction<StreamTuple<W, D, Model, Partials>, Element<ValueOf<Schema>>>;
export function elements<
  Schema extends ResponseSchema,
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(
  schema: Schema,
  options?: ElementsOptions & { readonly onInvalid?: 'error' | 'skip' },
): OperatorFunction<StreamTuple<W, D, Model, Partials>, ValueOf<Schema>>;
export function elements<W extends Wire, D extends ToolDefinition>(
  schema: ResponseSchema,
  { at = [], onInvalid = 'error' }: ElementsOptions = {},
): OperatorFunction<StreamTuple<W, D, ResponseModel, boolean>, unknown> {
  const model = responseModelOf(schema);

  const judge = (
    { index, value }: Closed,
    accumulation: Accumulation<W, D>,
  ): Observable<unknown> => {
    const outcome = validated(model, value);
    if (outcome.ok) {
      const valid = { valid: true, index, value: outcome.value };
      return of(onInvalid === 'report' ? valid : outcome.value);
    }
    const { issues } = outcome;
    if (onInvalid === 'skip') return EMPTY;
    if (onInvalid === 'report') return of({ valid: false, index, value, issues });
    const places = issues.map((issue) => ({ ...issue, path: [...at, index, ...issue.path] }));
    return throwError(() => misfit(interruptedSnapshotOf(accumulation), value, places));
  };

  return (source) =>
    defer(() => {
      let read = null as Read<W, D> | null;
      return source.pipe(
        concatMap((tuple) => {
          const { list, accumulation } = (read = readTuple(read, tuple, at));
          const closed = list.take();
          return from(closed).pipe(concatMap((element) => judge(element, accumulation)));
        }),
        concatWith(
          defer(() => {
            if (read === null) throw nothingArrived();
            return endOf(responseAtEnd(read.accumulation), read.list.reader, at);
          }),
        ),
      );
    });
}

/** An element that has come whole. */
interface Closed {
  readonly index: number;
  readonly value: unknown;
}

/** A list that is being read. */
interface List {
  readonly reader: JsonReader;
  /** The elements that have closed since the last time. */
  take(): readonly Closed[];
}

function listOf(reading: Reading, path: readonly string[]): List {
  let closed: Closed[] = [];
  const next = (value: unknown, index: number): void => void closed.push({ index, value });
  return {
    reader: elementReader(reading, { path, next }),
    take: () => {
      const taken = closed;
      closed = [];
      return taken;
    },
  };
}

/** An answer that is being read. */
interface Read<W extends Wire, D extends ToolDefinition> {
  readonly accumulation: Accumulation<W, D>;
  readonly list: List;
}

function readTuple<W extends Wire, D extends ToolDefinition>(
  before: Read<W, D> | null,
  tuple: StreamTuple<W, D, ResponseModel, boolean>,
  at: readonly string[],
): Read<W, D> {
  const { call, content } = tuple[0];
  const accumulation = accumulateTuple(before?.accumulation ?? null, tuple);
  const goesOn = before !== null && (before.accumulation.call === call || call.continues);
  const list = goesOn ? before.list : listOf(readingOf(call, null), at);
  list.reader.push(content);
  return { accumulation, list };
}

/** Nothing, when the list came to its end. */
function endOf<W extends Wire, D extends ToolDefinition>(
  response: CallResponse<W, D>,
  reader: JsonReader,
  at: readonly string[],
): Observable<never> {
  reader.end();
  if (reader.state !== 'complete') throw noValue(response, reader);
  if (reader.found) return EMPTY;
  throw misfit(response, reader.value, [{ path: at, message: 'there is no list' }]);
}
