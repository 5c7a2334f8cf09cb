import type { Accumulation } from '../lib/accumulation.ts';
import { StreamError, type CallResponse, type ToolDefinition, type Wire } from '../lib/index.ts';
import { interruptedSnapshotOf, snapshotOf } from '../lib/snapshot.ts';

/**
 * The response of a source that has completed: `interrupted` when its call had not ended, or something of the
 * answer that came has not arrived here. Operators that take their time are left by those after them when the
 * call itself has long ended.
 */
export const responseAtEnd = <W extends Wire, D extends ToolDefinition>(
  accumulation: Accumulation<W, D>,
): CallResponse<W, D> =>
  accumulation.call.ended(accumulation.position)
    ? snapshotOf(accumulation)
    : interruptedSnapshotOf(accumulation);

/** The error of a source that has completed, and there is nothing to make a response of. */
export const nothingArrived = (): StreamError =>
  new StreamError(null, {
    code: 'empty',
    message: 'The stream completed without a single chunk; there is no response to give',
  });
