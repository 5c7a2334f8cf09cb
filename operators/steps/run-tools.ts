import {
  concat,
  concatMap,
  concatWith,
  defer,
  EMPTY,
  identity,
  map,
  merge,
  mergeMap,
  of,
  startWith,
  Subject,
  switchMap,
  take,
  takeUntil,
  toArray,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import type { Accumulation } from '../../lib/accumulation.ts';
import {
  StreamError,
  type CallContext,
  type CallResponse,
  type ResponseModel,
  type StreamTuple,
  type Tool,
  type ToolDefinition,
  type ToolOutput,
  type Wire,
} from '../../lib/index.ts';
import { responseAtEnd } from '../response-at-end.ts';
import { asPartOfRun, asRun, failingWith, type Run } from './run.ts';
import { toolOutput, type ToolPolicy } from './tool-output.ts';

/** Options of {@link runTools}. */
export interface RunToolsOptions<
  W extends Wire = Wire,
  D extends ToolDefinition = ToolDefinition,
> extends ToolPolicy<W> {
  /** The most requests that are made, the first included. Default 10. */
  readonly maxSteps?: number;
  /** How many calls of a turn run at once. Default: all. */
  readonly concurrency?: number;
  /** Ends the loop after a turn, before its calls run: `true` completes the stream. */
  stopWhen?(response: CallResponse<W, D>): boolean;
  /**
   * When calls start: when their `turn` has finished for a reason that allows it (default), or each `call`
   * as soon as it is whole and its tuple is out. A turn that then fails or ends otherwise aborts what it has
   * started; so does the first tuple of a further attempt at it (`retry`). Calls of the last turn of `maxSteps`
   * do not start.
   */
  readonly start?: 'turn' | 'call';
}

const defaultMaxSteps = 10;

/**
 * Runs the tools the model calls, tells it the results, and streams what it says next, until it calls no
 * more: every step as tuples of one stream.
 *
 * ```
 * source        --[chunk, tool]--|
 * tool                           ----result|
 * next call                                --[chunk, null]--|
 * runTools()    --[chunk, tool]------------[chunk, null]----|
 * ```
 *
 * Subscribes when subscribed to; emits the tuples of the source, then those of each further request, whose
 * chunks carry a `call` of their own, so `accumulate` and `toCallResponse` give the last step, with the
 * earlier ones in `steps`, and `totalUsage` and `totalCost` over all. Completes when a turn calls no
 * tools, ends for another reason than its calls (`length`, `content_filter`, …), calls a tool without
 * `execute` (it is answered elsewhere), or `stopWhen` says so. Errors with what a step errors with, and with
 * `step-limit` when the model still calls tools after `maxSteps` requests; `partial` is the last step of which
 * anything had arrived. Unsubscribing closes the connection, or aborts the tools that run, or leaves the approval
 * that is waited for; the call's `signal` does the same, and the stream errors with `aborted`.
 *
 * Calls run when they are whole and valid, side by side; results go back in the order of the calls. What
 * must not run (unknown, invalid, not approved) and what fails is reported to the model, unless the options
 * say otherwise. `commonParams.toolChoice` that forces a call holds for the first request only: it would
 * never let the model answer.
 *
 * @example
 * ```ts
 * const ask = openai.call({ model: 'gpt-4o-mini', tools: [weather] }, (question: string) => question);
 * ask('Is it warmer in Oslo or in Lima?')
 *   .pipe(runTools({ maxSteps: 5 }), accumulate())
 *   .subscribe(({ content }) => render(content));
 * ```
 * @throws {RangeError} when `maxSteps` or `concurrency` is not a whole number from 1
 */
export function runTools<
  W extends Wire,
  D extends ToolDefinition,
  Model extends ResponseModel,
  Partials extends boolean,
>(
  options: RunToolsOptions<W, D> = {},
): MonoTypeOperatorFunction<StreamTuple<W, D, Model, Partials>> {
  const { maxSteps = defaultMaxSteps, concurrency = Infinity } = options;
  checkCount('maxSteps', maxSteps);
  if (concurrency !== Infinity) checkCount('concurrency', concurrency);
  type Tuple = StreamTuple<W, D, Model, Partials>;

  const step = (source: Observable<Tuple>, run: Run<W, D>, count: number): Observable<Tuple> =>
    defer(() => {
      const called = new Subject<Tool<D, W>>();
      const restart = new Subject<void>();
      const leave = new Subject<void>();
      const mayRun = count < maxSteps;
      let call: CallContext<W> | null = null;

      /** Lets a call run once its tuple is out. Those of a call that another has taken the place of are left. */
      const startEarly = (tuple: Tuple): Observable<Tuple> => {
        const [chunk, tool] = tuple;
        if (call !== null && call !== chunk.call) restart.next();
        call = chunk.call;
        if (tool?.delta !== null) return of(tuple);
        const start = defer(() => {
          called.next(tool);
          return EMPTY;
        });
        return concat(of(tuple), start);
      };

      const turn = source.pipe(
        asPartOfRun(run),
        options.start === 'call' && mayRun ? concatMap(startEarly) : identity,
        concatWith(defer(() => endTurn(run)).pipe(failingWith(run))),
      );

      /** Lets the calls of the turn run, or leaves them. */
      const endTurn = ({ arrived }: Run<W, D>): Observable<never> => {
        const response = arrived && responseAtEnd(arrived);
        if (!response || !callsTools(arrived, response) || options.stopWhen?.(response)) {
          leave.next();
        } else if (!mayRun) {
          throw stepLimit(response, maxSteps);
        } else {
          if (options.start !== 'call') response.tools.forEach((tool) => called.next(tool));
          called.complete();
        }
        return EMPTY;
      };

      const outputAt = (position: number, tool: Tool<D, W>) => {
        // Of which tool it is does not matter here.
        const any = tool as Tool<ToolDefinition, W>;
        const provider = run.arrived?.call.provider.name ?? '';
        return toolOutput(provider, any, options).pipe(
          map((value) => ({ position, output: [any, value] as const })),
        );
      };

      const outputs = restart.pipe(
        startWith(undefined),
        switchMap(() =>
          called.pipe(
            mergeMap((tool, position) => outputAt(position, tool), concurrency),
            toArray(),
          ),
        ),
        take(1),
        map((all) => all.sort((a, b) => a.position - b.position).map(({ output }) => output)),
        takeUntil(leave),
      );

      const next = (given: readonly ToolOutput<W>[]): Observable<Tuple> =>
        run.arrived === null
          ? EMPTY
          : step(nextStep<Tuple, W, D>(run.arrived, given), run, count + 1);

      return merge(outputs.pipe(mergeMap(next), failingWith(run)), turn);
    });

  return (source) => asRun((run: Run<W, D>) => step(source, run, 1));
}

/** The request that tells the model what its calls gave. */
function nextStep<Tuple, W extends Wire, D extends ToolDefinition>(
  accumulation: Accumulation<W, D>,
  toolOutputs: readonly ToolOutput<W>[],
): Observable<Tuple> {
  const response = responseAtEnd(accumulation);
  const messages = [
    ...response.messages,
    response.messageParam,
    ...response.toolMessageParams(toolOutputs),
  ];
  const steps = [...response.steps, response];
  // The same call has the same tools and asks for the same answer.
  return accumulation.call.proceed({
    messages,
    steps,
    toolOutputs,
  }) as unknown as Observable<Tuple>;
}

/** Whether a turn has ended so that its calls are to be run here. */
function callsTools<W extends Wire, D extends ToolDefinition>(
  { call }: Accumulation<W, D>,
  { interrupted, tools, commonFinishReasons }: CallResponse<W, D>,
): boolean {
  // No reason at all is that of servers which say `[DONE]` and nothing else.
  const reason = commonFinishReasons?.[0] ?? 'tool_calls';
  if (interrupted || tools.length === 0 || reason !== 'tool_calls') return false;
  const elsewhere = call.tools.filter(({ execute }) => execute === undefined);
  return !tools.some((tool) => elsewhere.some(({ name }) => name === tool.name));
}

const stepLimit = <W extends Wire, D extends ToolDefinition>(
  response: CallResponse<W, D>,
  maxSteps: number,
): StreamError =>
  new StreamError(
    response.provider,
    {
      code: 'step-limit',
      message: `The model still calls tools after ${maxSteps} requests; raise maxSteps, or end with stopWhen`,
    },
    { partial: response },
  );

function checkCount(name: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new RangeError(
    `${name} must be a whole number from 1, not ${count}: runTools({ ${name}: 5 })`,
  );
}
