import { valuesError } from './template-error.ts';
import type { Variable } from './tokens.ts';

/** Values of a template by their names. */
export interface TemplateValues {
  readonly [name: string]: unknown;
}

/**
 * Values that a template of these names can be filled in with.
 *
 * @throws {StreamError} `prompt`, when some are missing or are not asked for
 */
export function checkedValues(names: ReadonlySet<string>, values: unknown = {}): TemplateValues {
  if (!isObject(values) || Array.isArray(values)) {
    throw valuesError(
      `its values must be an object with ${[...names].join(', ') || 'nothing in it'}`,
    );
  }
  const missing = [...names].filter((name) => !has(values, name));
  const unknown = Object.keys(values).filter((name) => !names.has(name));
  if (missing.length === 0 && unknown.length === 0) return values;
  const problems = [
    missing.length > 0 && `no value for ${missing.join(', ')}`,
    unknown.length > 0 && `no variable named ${unknown.join(', ')}`,
  ];
  throw valuesError(problems.filter(Boolean).join('; '));
}

/**
 * The value of a variable, reached into objects where its name has dots.
 *
 * @throws {StreamError} `prompt`, when the way ends before
 */
export function valueOf({ name, path }: Variable, values: TemplateValues): unknown {
  return path.reduce<unknown>((value, step) => {
    if (isObject(value) && has(value, step)) return value[step];
    throw valuesError(`no value for ${name}`);
  }, values);
}

const isObject = (value: unknown): value is TemplateValues =>
  typeof value === 'object' && value !== null;

/** Own and inherited values, getters of a class too, but not what every object has. */
const has = (values: TemplateValues, name: string): boolean =>
  Object.hasOwn(values, name) || (name in values && !(name in Object.prototype));
