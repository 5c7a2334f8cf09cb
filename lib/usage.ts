/**
 * Token counts that mean the same for every provider: input includes cached tokens, output includes
 * reasoning. What the provider did not say is `null`, never 0.
 */
export interface CommonUsage {
  /** Tokens of the prompt, cached ones included. */
  readonly inputTokens: number | null;
  /** Tokens the model wrote, reasoning included. */
  readonly outputTokens: number | null;
  /** As the provider counts it; input plus output where it does not. */
  readonly totalTokens: number | null;
  /** The part of the input that was read from the provider's cache. */
  readonly cachedTokens: number | null;
  /** The part of the input that was written to the provider's cache. */
  readonly cacheWriteTokens: number | null;
  /** The part of the output that was reasoning. */
  readonly reasoningTokens: number | null;
}

const fields = [
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'cachedTokens',
  'cacheWriteTokens',
  'reasoningTokens',
] as const satisfies readonly (keyof CommonUsage)[];

/** What a provider told of its counts; a missing field is unknown. */
export type KnownUsage = { readonly [Field in keyof CommonUsage]?: number | null | undefined };

/** Counts from what is known of them: the rest is `null`, and a total is added up where both parts are known. */
export function commonUsage(known: KnownUsage): CommonUsage {
  const inputTokens = known.inputTokens ?? null;
  const outputTokens = known.outputTokens ?? null;
  const sum = inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens;
  return {
    inputTokens,
    outputTokens,
    totalTokens: known.totalTokens ?? sum,
    cachedTokens: known.cachedTokens ?? null,
    cacheWriteTokens: known.cacheWriteTokens ?? null,
    reasoningTokens: known.reasoningTokens ?? null,
  };
}

/**
 * Two reports of one call, merged: per field the last known value wins. Counts of successive events
 * are cumulative at every provider, so they are never added up over events.
 *
 * Returns `before` itself when nothing changed.
 */
export function mergeUsage(
  before: CommonUsage | null,
  after: CommonUsage | null,
): CommonUsage | null {
  if (before === null || after === null) return after ?? before;
  const merged = commonUsage({
    inputTokens: after.inputTokens ?? before.inputTokens,
    outputTokens: after.outputTokens ?? before.outputTokens,
    // A total from an earlier event does not fit newer counts: it is added up anew.
    totalTokens: after.totalTokens,
    cachedTokens: after.cachedTokens ?? before.cachedTokens,
    cacheWriteTokens: after.cacheWriteTokens ?? before.cacheWriteTokens,
    reasoningTokens: after.reasoningTokens ?? before.reasoningTokens,
  });
  const result = { ...merged, totalTokens: merged.totalTokens ?? before.totalTokens };
  return fields.every((field) => result[field] === before[field]) ? before : result;
}

/** Counts of two calls, added up: what one of them does not know is unknown of both. */
export function sumUsage(one: CommonUsage | null, other: CommonUsage | null): CommonUsage | null {
  if (one === null || other === null) return null;
  const sum = (field: keyof CommonUsage): number | null => {
    const [a, b] = [one[field], other[field]];
    return a === null || b === null ? null : a + b;
  };
  return commonUsage(Object.fromEntries(fields.map((field) => [field, sum(field)])));
}

/**
 * Two reports of one call in the provider's own terms, merged the same way: providers that report
 * their counts in parts repeat only some of them. `before` itself when it is the only one.
 */
export function mergeOwnUsage<Usage>(before: Usage | null, after: Usage | null): Usage | null {
  if (before === null || after === null) return after ?? before;
  const known = Object.entries(after as object).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const merged = { ...before, ...(Object.fromEntries(known) as Partial<Usage>) };
  return JSON.stringify(merged) === JSON.stringify(before) ? before : merged;
}
