import { Observable, Subject, takeUntil, type OperatorFunction } from 'rxjs';
import {
  StreamError,
  type ResponseModel,
  type StreamTuple,
  type ToolDefinition,
  type Wire,
} from '../../lib/index.ts';
import { partAssembly } from './part-assembly.ts';
import { readers } from './readers.ts';
import type { StreamedPart } from './streamed-part.ts';

/**
 * Takes an answer apart: emits each part of it when it begins, as Observables of what it is made of.
 *
 * ```
 * source        --"Hm"--"He"--"llo"--[add {"a]--[":1}]--"So"--|
 * parts()
 * result        --a-----b------------c------------------d-----|
 * a.deltas        "Hm"--|                                           thinking
 * b.deltas              "He"--"llo"--|                              text
 * c.deltas                           {"a--------(":1}|)             tool
 * c.tool                             -----------(tool|)
 * d.deltas                                              "So"--|     text
 * ```
 *
 * A new part of text or thinking begins where the other kind or a tool call has begun since. Each tool call
 * is a part of its own, however many arrive at once, with `partialTools` and without. Refusals and audio
 * are no parts. A tuple of another call (after `retry`, in `runTools`) begins new parts, unless the call
 * goes on with the text of the one before.
 *
 * Parts are for any number of readers at any time: who subscribes to one gets all of it from the beginning,
 * also after its end. Reading them one after the other (`concatMap`) is as good as all at once (`mergeMap`).
 *
 * Subscribes when subscribed to; completes with the source and errors with it, as do the parts that are
 * open then. A tool call that is open when the source completes, because something left it early, gives a
 * tool that must not run, as does `toCallResponse`. The source is read for as long as the result or any
 * part is: with `take(1)` the first part goes on. When the last reader unsubscribes so does `parts`, and
 * whoever comes later to a part that had not ended gets what had arrived and the error `aborted`.
 *
 * Lossless. Keeps the parts that have not ended; each keeps its pieces for as long as somebody has it. A
 * piece costs the same however much came before.
 *
 * Invariants: joined, the `deltas` of the text parts are the text, those of the thinking parts the
 * thinking, and those of a tool the `argumentsText` of its tool; every complete tool call of the stream is
 * the tool of one part.
 *
 * @example
 * ```ts
 * const print = (part: StreamedPart) => concat(of(`\n[${part.type}] `), part.deltas);
 * ask('Oslo')
 *   .pipe(parts(), concatMap(print))
 *   .subscribe((text) => process.stdout.write(text));
 * ```
 * @see {@link textDeltas}, {@link thinkingDeltas} and {@link tools} for all of one kind
 */
export function parts<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(): OperatorFunction<StreamTuple<W, D, Model, Partials>, StreamedPart<W, D>> {
  return (source) =>
    new Observable((subscriber) => {
      // Whoever has left on the way here would never be counted as leaving.
      if (subscriber.closed) return;
      const leave = new Subject<void>();
      let left = false;
      const reading = readers(() => {
        left = true;
        leave.next();
      });
      const assembly = partAssembly<W, D>((part) => subscriber.next(part), reading.counted);
      subscriber.add(reading.join());
      source.pipe(takeUntil(leave)).subscribe({
        next: (tuple) => assembly.take(tuple),
        error: (error: unknown) => {
          assembly.fail(error);
          subscriber.error(error);
        },
        complete: () => {
          if (left) return assembly.fail(abandoned());
          assembly.end();
          subscriber.complete();
        },
      });
    });
}

const abandoned = (): StreamError =>
  new StreamError(null, {
    code: 'aborted',
    message:
      'The stream was left before this part had ended; subscribe to a part before the last reader leaves',
  });
