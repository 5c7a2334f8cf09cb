import type { CallContext, ResponseModel, ResponseShape, Wire } from '../../lib/index.ts';
import { jsonInText } from '../../lib/json/json-in-text.ts';
import type { JsonElements } from '../../lib/json/json-elements.ts';
import { jsonOrScalar } from '../../lib/json/json-or-scalar.ts';
import { jsonReader, type JsonReader } from '../../lib/json/json-reader.ts';
import { wrapper } from '../../lib/response-schema.ts';
import { rootTypes } from './root-types.ts';

/** How an answer is to be read. */
export interface Reading {
  /** What it must look like, `null` where any JSON does. */
  readonly model: ResponseModel | null;
  /** Whether the value stands in an object, under `value`. */
  readonly wrapped: boolean;
  /** Properties of the value that were known before. */
  readonly fields: ResponseShape['fields'];
}

/**
 * How the answer of a call is to be read: as the call asked for it.
 *
 * @param model what it must look like, instead of what the call says
 */
export function readingOf<W extends Wire>(
  { shape }: CallContext<W>,
  model: ResponseModel | null,
): Reading {
  if (shape === null) return { model, wrapped: false, fields: {} };
  return { model: model ?? shape.model, wrapped: shape.wrapped, fields: shape.fields };
}

/**
 * A reader of the answer's JSON: of what the model's schema leaves possible. Prose and Markdown fences
 * around an object or an array are tolerated in every mode: models add them where they were told not to.
 * Any other value is the whole text.
 */
export function answerReader({ model, wrapped }: Reading): JsonReader {
  if (wrapped) return jsonInText('object');
  const types = rootTypes(model?.schema ?? {});
  const [type, other] = types.filter((each) => each === 'object' || each === 'array');
  if (type === undefined) return jsonReader();
  return jsonOrScalar(other === undefined ? type : 'either', types);
}

/**
 * A reader of an answer's JSON that hands on the elements of an array.
 *
 * @param each its path leads from the value, not from what the value is wrapped in
 */
export function elementReader({ wrapped }: Reading, { path, next }: JsonElements): JsonReader {
  const whole = wrapped ? [wrapper, ...path] : path;
  return jsonInText(whole.length === 0 ? 'array' : 'object', { each: { path: whole, next } });
}

/** The value an answer stands for, without what it is wrapped in; `undefined` until it has begun. */
export const unwrapped = ({ wrapped }: Reading, value: unknown): unknown =>
  wrapped ? (value as { readonly [wrapper]?: unknown } | undefined)?.[wrapper] : value;
