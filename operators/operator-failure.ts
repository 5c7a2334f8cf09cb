import type { Accumulation } from '../lib/accumulation.ts';
import { StreamError, type ToolDefinition, type Wire } from '../lib/index.ts';
import { interruptedSnapshotOf } from '../lib/snapshot.ts';
import { withPartial } from '../lib/stream-error.ts';

/**
 * The one error of whatever failed between a call and whoever reads it: that of an operator or a callback
 * becomes the cause. Errors of the call carry what had arrived already, or nothing had.
 *
 * @param arrived what had, `null` when it was nothing or nobody keeps it
 */
export function operatorFailure<W extends Wire, D extends ToolDefinition>(
  error: unknown,
  arrived: Accumulation<W, D> | null,
): StreamError {
  if (error instanceof StreamError) {
    return error.code === 'operator' ? withArrived(error, arrived) : error;
  }
  const partial = arrived && interruptedSnapshotOf(arrived);
  // By name, as RxJS itself tells its error classes: a second copy of RxJS has another class.
  const timedOut = (error as Error | null)?.name === 'TimeoutError';
  return new StreamError(
    partial?.provider ?? null,
    timedOut
      ? { code: 'timeout', message: 'A timeout in the pipe ended the stream' }
      : { code: 'operator', message: 'An operator in the pipe failed; see the cause' },
    { cause: error, partial },
  );
}

/** An error with what had arrived, unless it has that of its own call. */
export const withArrived = <W extends Wire, D extends ToolDefinition>(
  error: StreamError,
  arrived: Accumulation<W, D> | null,
): StreamError =>
  error.partial === null && arrived !== null
    ? withPartial(error, interruptedSnapshotOf(arrived))
    : error;
