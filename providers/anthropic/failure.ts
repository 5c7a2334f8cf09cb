import type { ErrorFacts } from '../../lib/index.ts';
import { describeSdkError } from '../../lib/sdk-error.ts';

/** What an error of Anthropic's SDK means. */
export const describeFailure = (error: unknown): ErrorFacts | null =>
  describeSdkError(error) ?? describeMissingKey(error);

/**
 * Since 1.0 the SDK looks for a key when it sends, not when the client is made, and throws a plain
 * `Error` when it finds none: only its words tell.
 */
function describeMissingKey(error: unknown): ErrorFacts | null {
  if (!(error instanceof Error) || !/authentication method|apiKey/.test(error.message)) return null;
  return { code: 'authentication', message: error.message };
}
