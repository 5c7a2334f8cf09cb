import type { Issue, ResponseModel, Validation } from '../../lib/index.ts';

/** Holds a value against a model; any JSON fits where there is none. Never throws. */
export function validated(model: ResponseModel | null, value: unknown): Validation<unknown> {
  if (model === null) return { ok: true, value };
  try {
    return model.validate(value);
  } catch (error) {
    const message = `its schema threw: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, issues: [{ path: [], message } satisfies Issue] };
  }
}
