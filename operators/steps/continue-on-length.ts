import { concatWith, defer, EMPTY, type MonoTypeOperatorFunction, type Observable } from 'rxjs';
import type { Accumulation } from '../../lib/accumulation.ts';
import type {
  CallResponse,
  ResponseModel,
  StreamTuple,
  ToolDefinition,
  Wire,
} from '../../lib/index.ts';
import { responseAtEnd } from '../response-at-end.ts';
import { asPartOfRun, asRun, failingWith, type Run } from './run.ts';

/** Options of {@link continueOnLength}. */
export interface ContinueOnLengthOptions {
  /** The most requests that are made, the first included. Default 5. */
  readonly maxSteps?: number;
  /** What the model is told to go on with. */
  readonly prompt?: string;
}

const defaultPrompt =
  'Go on exactly where you stopped, in the middle of a word if need be. Repeat nothing and add no remark.';

/**
 * Goes on with an answer that the output limit cut off: asks again, with the answer so far, and streams
 * the rest as part of the same answer.
 *
 * ```
 * source              --"Once upon a "--(length|)
 * further call                            --"time."--|
 * continueOnLength()  --"Once upon a "------"time."--|
 * ```
 *
 * Subscribes when subscribed to; emits the tuples of the source, then those of each further request.
 * `accumulate` and `toCallResponse` give one answer: the joint text, the messages of the first request, the
 * finish reason and usage of the last; the pieces are in `steps`, and `totalUsage` and `totalCost` count
 * all. Completes when an answer ends for another reason, when a piece brings no text, and after `maxSteps`
 * requests: then the finish reason is still `length`. Errors with what a request errors with; `partial` is the
 * answer as far as it came, also when a further request fails before its first chunk. Unsubscribing unsubscribes
 * from whichever request is under way, and the call's `signal` ends all of them.
 *
 * An answer that was cut off in a tool call, or that comes as the arguments of one, is not gone on with.
 * Whether the model takes up the thread without a seam is up to the model.
 *
 * @example
 * ```ts
 * tellStory('dragons').pipe(continueOnLength(), toCallResponse()).subscribe(({ content }) => save(content));
 * ```
 * @throws {RangeError} when `maxSteps` is not a whole number from 1
 */
export function continueOnLength<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>({ maxSteps = 5, prompt = defaultPrompt }: ContinueOnLengthOptions = {}): MonoTypeOperatorFunction<
  StreamTuple<W, D, Model, Partials>
> {
  if (!Number.isInteger(maxSteps) || maxSteps < 1) {
    throw new RangeError(
      `maxSteps must be a whole number from 1, not ${maxSteps}: continueOnLength({ maxSteps: 5 })`,
    );
  }
  type Tuple = StreamTuple<W, D, Model, Partials>;

  const step = (
    source: Observable<Tuple>,
    run: Run<W, D>,
    count: number,
    before: CallResponse<W, D> | null,
  ): Observable<Tuple> => {
    const goOn = ({ arrived }: Run<W, D>): Observable<Tuple> => {
      const response = arrived && responseAtEnd(arrived);
      if (!response || count >= maxSteps || !isCutShort(arrived, response, before)) return EMPTY;
      const goAhead = { role: 'user', content: prompt } as const;
      const stream = arrived.call.proceed({
        messages: [...response.messages, response.messageParam, goAhead],
        steps: [...response.steps, response],
        continues: true,
      });
      // The same call has the same tools and asks for the same answer.
      return step(stream as unknown as Observable<Tuple>, run, count + 1, response);
    };

    return source.pipe(asPartOfRun(run), concatWith(defer(() => goOn(run)).pipe(failingWith(run))));
  };

  return (source) => asRun((run: Run<W, D>) => step(source, run, 1, null));
}

/** Whether an answer is text that the output limit cut off, and has grown since the last time. */
const isCutShort = <W extends Wire, D extends ToolDefinition>(
  { call }: Accumulation<W, D>,
  { interrupted, commonFinishReasons, tools, content }: CallResponse<W, D>,
  before: CallResponse<W, D> | null,
): boolean =>
  !interrupted &&
  commonFinishReasons?.[0] === 'length' &&
  tools.length === 0 &&
  (call.shape?.tool ?? null) === null &&
  content.length > (before?.content.length ?? 0);
