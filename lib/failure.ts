import { describeNetworkError } from './network-error.ts';
import type { Provider } from './provider.ts';
import { redact } from './redact.ts';
import { StreamError, type ErrorFacts } from './stream-error.ts';
import type { Wire } from './wire.ts';

/**
 * The one error of whatever failed on the way of a stream, its message without the secrets it may quote.
 * Never throws, whatever the failure is made of.
 *
 * @param secretsOf what must not show; asked for only now
 */
export function failureOf<W extends Wire>(
  provider: Provider<W>,
  error: unknown,
  secretsOf: () => readonly string[],
): StreamError {
  const clean = (message: string): string => {
    try {
      return redact(message, secretsOf());
    } catch {
      // Without knowing what is secret, nothing is shown.
      return 'Something failed; see the cause';
    }
  };
  if (error instanceof StreamError) {
    const { cause, detail } = error;
    const message = clean(detail);
    return message === detail
      ? error
      : new StreamError(error.provider, { ...error, message }, { cause });
  }
  const facts = factsOf(provider, error);
  const message = facts.ownWords ? facts.message : clean(facts.message);
  return new StreamError(provider.name, { ...facts, message }, { cause: error });
}

function factsOf<W extends Wire>(provider: Provider<W>, error: unknown): ErrorFacts {
  try {
    return (
      provider.describe(error) ??
      describeNetworkError(error) ?? { code: 'provider', message: wordsOf(error) }
    );
  } catch {
    return { code: 'provider', message: 'Something failed; see the cause', ownWords: true };
  }
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Every text a request sends for the model to read, wherever its provider puts it. */
export const textsIn = (request: unknown): readonly string[] => collectTexts(request, new Set());

function collectTexts(value: unknown, seen: Set<unknown>): readonly string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  // Media are no texts, and every byte of theirs would be a field.
  if (value instanceof Uint8Array) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([name, field]) => {
    if (typeof field !== 'string') return collectTexts(field, seen);
    return textFields.has(name) ? [field] : [];
  });
}

/** What the providers call a text for the model. */
const textFields: ReadonlySet<string> = new Set([
  'content',
  'text',
  'system',
  'systemInstruction',
  'instructions',
]);
