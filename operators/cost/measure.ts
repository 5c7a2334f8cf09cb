import { Observable, takeUntil } from 'rxjs';
import { accumulateTuple, type Accumulation } from '../../lib/accumulation.ts';
import {
  StreamError,
  type AnyStreamTuple,
  type CallContext,
  type CallResponse,
} from '../../lib/index.ts';
import { interruptedSnapshotOf } from '../../lib/snapshot.ts';
import { operatorFailure } from '../operator-failure.ts';
import { callPricer, type CallPricer, type CostOptions } from './call-cost.ts';
import type { CostLedger, Doubt } from './cost-ledger.ts';

/** How a stream is measured. */
export interface MeasureSettings extends CostOptions {
  readonly onUnknown: 'error' | 'ignore';
}

/**
 * A mirror of a stream that takes down what its calls cost: each tuple before it is emitted.
 *
 * @param onChange called when a tuple, or the end, has been emitted: who reacts by ending the stream does
 * not lose the tuple with which the sum changed
 */
export const measured = <Tuple extends AnyStreamTuple>(
  source: Observable<Tuple>,
  ledger: CostLedger,
  { onUnknown, ...options }: MeasureSettings,
  onChange: () => void,
): Observable<Tuple> =>
  new Observable((subscriber) => {
    const isStrict = onUnknown === 'error';
    if (isStrict && ledger.doubt) return subscriber.error(unknownCost(ledger.doubt, null));
    const calls = new WeakMap<CallContext, MeasuredCall>();
    let last: CallContext | null = null;
    let accumulation: Accumulation | null = null;

    const takeDown = ([chunk]: Tuple): void => {
      const { call } = chunk;
      if (last !== null && last !== call && isOver(last, call)) close(last);
      last = call;
      const measuring = calls.get(call) ?? { pricer: callPricer(call, options), chunks: 0 };
      measuring.chunks++;
      calls.set(call, measuring);
      ledger.enter(call, measuring.chunks, measuring.pricer.add(chunk));
    };

    /** Who counts estimates has something to count. */
    const close = (call: CallContext): void => {
      if (!options.estimate) ledger.close(call);
    };

    const receive = (tuple: Tuple): void => {
      try {
        if (isStrict) accumulation = accumulateTuple(accumulation, tuple);
        takeDown(tuple);
      } catch (error) {
        return subscriber.error(operatorFailure(error, accumulation));
      }
      subscriber.next(tuple);
      onChange();
      if (isStrict && ledger.doubt) {
        subscriber.error(
          unknownCost(ledger.doubt, accumulation && interruptedSnapshotOf(accumulation)),
        );
      }
    };

    const complete = (): void => {
      // Leaving looks like completing from here.
      if (subscriber.closed) return;
      if (last?.ended()) close(last);
      subscriber.complete();
      onChange();
    };

    // Who has left is told nothing more, by a synchronous source either.
    const left = new Observable<void>((leave) => subscriber.add(() => leave.next()));
    const error = (failure: unknown): void => subscriber.error(failure);
    subscriber.add(source.pipe(takeUntil(left)).subscribe({ next: receive, error, complete }));
  });

/** A call, as far as a stream has brought it. */
interface MeasuredCall {
  readonly pricer: CallPricer;
  chunks: number;
}

/** Whether a call is over when another's tuples come: it has ended, or the other goes on from its answer. */
const isOver = (call: CallContext, next: CallContext): boolean =>
  call.ended() || next.steps.at(-1)?.messages === call.messages;

const unknownCost = ({ provider, message }: Doubt, partial: CallResponse | null): StreamError =>
  new StreamError(
    provider,
    {
      code: 'unknown-cost',
      message: `${message}. onUnknown: 'ignore' goes on without`,
      ownWords: true,
    },
    { partial },
  );
