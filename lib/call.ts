import {
  asyncScheduler,
  catchError,
  defer,
  identity,
  switchMap,
  takeUntil,
  throwError,
  type MonoTypeOperatorFunction,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { abortion } from './abortion.ts';
import type { CallContext, Metadata, StreamTuple } from './chunk.ts';
import { failureOf, textsIn } from './failure.ts';
import type { Message } from './message.ts';
import { observableOf } from './observable-of.ts';
import { promptMessages, type Prompt } from './prompt.ts';
import type { CallInput, EncodedCall, Provider } from './provider.ts';
import { StreamError } from './stream-error.ts';
import { streamTuples } from './stream-tuples.ts';
import type { ToolDefinition } from './tool.ts';
import type { Wire } from './wire.ts';

/** What a call is made with, besides its prompt. */
export type CallOptions<
  W extends Wire,
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
> = W['connection'] & {
  /** Model to call. */
  readonly model: string;
  /** Tools the model may call. */
  readonly tools?: Tools;
  /** Any further parameter of the provider's request, in the SDK's own terms. */
  readonly callParams?: W['params'];
  /** Whatever is to be found again on chunks and the response. */
  readonly metadata?: Metadata;
  /** Ends the call with an `aborted` error when it aborts. Unsubscribing needs no signal. */
  readonly signal?: AbortSignal;
  /**
   * What becomes of a tool call that must not run (unknown, cut off, invalid): `deliver` it with its
   * `error` set, or `error` the stream. Default `deliver`.
   */
  readonly invalidTools?: 'deliver' | 'error';
  /**
   * How long to wait, in ms, for usage and the terminator once the provider has finished. Default 1000.
   */
  readonly usageWait?: number;
  /** Clock and timer of the stream. Default `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
};

/** A call, ready for its arguments. Each subscription is a request of its own. */
export type Call<
  Args extends readonly unknown[],
  W extends Wire,
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
> = (...args: Args) => Observable<StreamTuple<W, Tools[number]>>;

/**
 * Makes a call of a prompt: a function from the prompt's arguments to the stream of the answer.
 *
 * ```
 * ask('Oslo')  --[chunk, null]--[chunk, null]--[chunk, tool]--|
 * ```
 *
 * Cold: subscribing runs the prompt, connects and sends; every subscription is one request with its own
 * state. Emits one tuple per event of the provider, in order. Completes when the provider has finished
 * and said so. Errors with a {@link StreamError} that carries what had arrived. Unsubscribing closes the
 * connection, in every phase.
 *
 * @param provider whom to call
 * @param options a model name, or the model with everything else
 * @param prompt what to ask; see {@link Prompt}
 * @throws {TypeError} when the model is missing or two tools share a name
 */
export function call<
  W extends Wire,
  Args extends readonly unknown[],
  const Tools extends readonly ToolDefinition[] = readonly [],
>(
  provider: Provider<W>,
  options: string | CallOptions<W, Tools>,
  prompt: Prompt<Args, W>,
): Call<Args, W, Tools> {
  const settings =
    typeof options === 'string' ? ({ model: options } as CallOptions<W, Tools>) : options;
  checkSettings(provider.name, settings, prompt);
  const { signal, scheduler = asyncScheduler } = settings;
  const untilAborted = <T>(): MonoTypeOperatorFunction<T> =>
    signal ? takeUntil(abortion(provider.name, signal)) : identity;

  // The tools that arrive are those declared: `receiveTool` finds them by name, which types cannot follow.
  return (...args) =>
    defer(() => {
      const startTime = scheduler.now();
      return promptMessages(prompt, args).pipe(
        untilAborted(),
        catchError((error: unknown) => throwError(() => promptFailure(provider.name, error))),
        switchMap((messages) => send(provider, settings, messages, startTime, untilAborted())),
      );
    }) as Observable<StreamTuple<W, Tools[number]>>;
}

function send<W extends Wire>(
  provider: Provider<W>,
  settings: CallOptions<W>,
  commonMessages: readonly (Message | W['message'])[],
  startTime: number,
  untilAborted: MonoTypeOperatorFunction<W['event']>,
): Observable<StreamTuple<W>> {
  const { model, tools = [], callParams = {}, metadata = {} } = settings;
  const { invalidTools = 'deliver', usageWait = 1000, scheduler = asyncScheduler } = settings;
  const input = { model, messages: commonMessages, tools, params: callParams };
  const { request, messages } = encoded(provider, input);
  let ended = false;
  const context: CallContext<W> = {
    provider,
    model,
    commonMessages,
    messages,
    tools,
    params: callParams,
    request,
    metadata,
    startTime,
    ended: () => ended,
  };
  let secrets = (): readonly string[] => [];
  const events = defer(() => observableOf(provider.connect(settings))).pipe(
    switchMap((client) => {
      secrets = () => provider.secrets(client, settings);
      return provider.open(client, request, settings);
    }),
    untilAborted,
  );
  return streamTuples(
    context,
    events,
    { invalidTools, usageWait, scheduler },
    (error) => failureOf(provider, error, () => [...secrets(), ...textsIn(request)]),
    () => (ended = true),
  );
}

/** A prompt may hold what no provider takes, whatever the types say. */
function encoded<W extends Wire>(provider: Provider<W>, input: CallInput<W>): EncodedCall<W> {
  try {
    return provider.encode(input);
  } catch (error) {
    if (error instanceof StreamError) throw error;
    const message = 'The messages cannot be sent to this provider; see the cause';
    throw new StreamError(provider.name, { code: 'prompt', message }, { cause: error });
  }
}

/** A chain's own failure keeps its own facts. */
const promptFailure = (provider: string, error: unknown): StreamError =>
  error instanceof StreamError
    ? error
    : new StreamError(
        provider,
        { code: 'prompt', message: 'The prompt function failed; see the cause' },
        { cause: error },
      );

function checkSettings(
  provider: string,
  { model, tools = [], usageWait }: CallOptions<Wire>,
  prompt: unknown,
): void {
  const example = `${provider}.call('model-name', (city: string) => \`Weather in \${city}?\`)`;
  if (typeof model !== 'string' || model === '') {
    throw new TypeError(`[${provider}] A call needs a model: ${example}`);
  }
  if (typeof prompt !== 'function') {
    throw new TypeError(`[${provider}] A call needs a prompt function: ${example}`);
  }
  const names = tools.map(({ name }) => name);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) {
    throw new TypeError(`[${provider}] Two tools are named "${twice}"; give each its own name`);
  }
  if (usageWait !== undefined && !(usageWait >= 0 && usageWait < 2 ** 31)) {
    throw new TypeError(
      `[${provider}] usageWait must be from 0 to ${2 ** 31 - 1} ms, the longest a timer can wait, not ${usageWait}`,
    );
  }
}
