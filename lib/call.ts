import {
  asyncScheduler,
  catchError,
  defer,
  identity,
  switchMap,
  takeUntil,
  throwError,
  type Observable,
} from 'rxjs';
import { abortion } from './abortion.ts';
import {
  checkOptions,
  commonOptions,
  mergedOptions,
  responseModelIn,
  type AnyCallOptions,
  type CallOptions,
  type WithOptions,
} from './call-options.ts';
import type { StreamTuple } from './chunk.ts';
import { defined } from './defined.ts';
import {
  runPrompt,
  type IsCommon,
  type Prompt,
  type PromptContent,
  type PromptTools,
} from './prompt.ts';
import type { Provider } from './provider.ts';
import type { ResponseModel, ResponseModelOf, ResponseSchema } from './response-model.ts';
import { send } from './send.ts';
import { StreamError } from './stream-error.ts';
import type { ToolDefinition } from './tool.ts';
import type { Wire } from './wire.ts';

/**
 * A call, ready for its arguments. Each subscription is a request of its own.
 *
 * @typeParam D the tools the model may call
 * @typeParam Model what the answer must look like
 * @typeParam Partials whether tool calls also come piece by piece
 * @typeParam Common whether the prompt is in common terms, so that any provider can be asked
 */
export interface Call<
  Args extends readonly unknown[],
  W extends Wire,
  D extends ToolDefinition = ToolDefinition,
  Model extends ResponseModel = ResponseModel,
  Partials extends boolean = false,
  Common extends boolean = true,
> {
  (...args: Args): Observable<StreamTuple<W, D, Model, Partials>>;

  /**
   * The same call to another provider: prompt, tools, the shape of the answer and all common options go
   * with it. What belongs to the provider it was made for (connection, `callParams`) stays behind; to the
   * same provider everything goes.
   *
   * @example
   * ```ts
   * const recommendBook = openai.call('gpt-4o-mini', (genre: string) => `Recommend a ${genre} book`);
   * const asClaude = recommendBook.with(anthropic, 'claude-sonnet-4-5');
   * ```
   * @param caller whom to ask instead
   * @param options a model name, or the model with the new provider's own parameters, a client, …
   * @throws {TypeError} when the model is missing; and when the call has `callParams`, the provider is
   * another, and nothing is said of what takes their place: give `callParams`, `{}` for nothing
   */
  readonly with: Common extends true
    ? <V extends Wire>(
        caller: { readonly provider: Provider<V> },
        options: string | WithOptions<V>,
      ) => Call<Args, V, D, Model, Partials>
    : 'The prompt gives messages or settings that only its own provider understands';
}

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
 * @throws {TypeError} when the model is missing, two tools share a name, or the response model cannot be
 * printed as JSON Schema
 */
export function call<
  W extends Wire,
  Args extends readonly unknown[],
  Content extends PromptContent<W>,
  const Tools extends readonly ToolDefinition[] = readonly [],
  Schema extends ResponseSchema = never,
  Partials extends boolean = false,
>(
  provider: Provider<W>,
  options: string | CallOptions<W, Tools, Schema, Partials>,
  prompt: Prompt<Args, W, Content>,
): Call<
  Args,
  W,
  Tools[number] | PromptTools<Content>,
  ResponseModelOf<Schema>,
  Partials,
  IsCommon<Content>
> {
  const settings = typeof options === 'string' ? { model: options } : options;
  // What the types promise of tools and answers is kept by `receiveTool` and by the operators that
  // validate, which find them at run time: the types cannot follow.
  return callOf(provider, settings as AnyCallOptions<W>, prompt) as unknown as Call<
    Args,
    W,
    Tools[number] | PromptTools<Content>,
    ResponseModelOf<Schema>,
    Partials,
    IsCommon<Content>
  >;
}

/** A call, whatever its types say. */
function callOf<W extends Wire, Args extends readonly unknown[]>(
  provider: Provider<W>,
  settings: AnyCallOptions<W>,
  prompt: Prompt<Args, W>,
): Call<Args, W> {
  checkOptions(provider.name, settings);
  checkPrompt(provider.name, prompt);
  const responseModel = responseModelIn(settings);
  const promptTemplate = templateOf(prompt);
  const ask = (...args: Args): Observable<StreamTuple<W>> =>
    defer(() => {
      const { signal, scheduler = asyncScheduler } = settings;
      const startTime = scheduler.now();
      return runPrompt(prompt, args).pipe(
        signal ? takeUntil(abortion(provider.name, signal)) : identity,
        catchError((error: unknown) => throwError(() => promptFailure(provider.name, error))),
        switchMap(({ messages, settings: further }) => {
          const options = mergedOptions<W>(settings, further);
          const { tools = [] } = options;
          const { responseFields = {} } = further;
          return send(
            provider,
            { ...options, tools, args, promptTemplate, responseModel, responseFields },
            { messages, steps: [], startTime },
          );
        }),
      );
    });
  return Object.assign(ask, {
    with: <V extends Wire>(
      caller: { readonly provider: Provider<V> },
      given: string | WithOptions<V>,
    ): Call<Args, V> => {
      const further = typeof given === 'string' ? { model: given } : given;
      // A prompt in common terms, which the types have made sure of, is one for any provider.
      const samePrompt = prompt as unknown as Prompt<Args, V>;
      return callOf(caller.provider, movedOptions(provider, settings, caller, further), samePrompt);
    },
  });
}

/** The options of a call that goes to another provider. */
function movedOptions<W extends Wire, V extends Wire>(
  from: Provider<W>,
  options: AnyCallOptions<W>,
  { provider: to }: { readonly provider: Provider<V> },
  further: { readonly model: string } | WithOptions<V>,
): AnyCallOptions<V> {
  const isSame = (from as unknown) === to;
  const isReplaced = 'callParams' in defined(further);
  if (!isSame && options.callParams !== undefined && !isReplaced) {
    throw new TypeError(
      `[${to.name}] The call has callParams of ${from.name}, which stay behind; say what takes their place: ` +
        `with(${to.name}, { model: 'model-name', callParams: {} })`,
    );
  }
  // To the same provider W is V, which only the comparison knows.
  const kept = isSame ? options : commonOptions(options);
  return mergedOptions<V>(kept, further);
}

function checkPrompt(provider: string, prompt: unknown): void {
  if (typeof prompt === 'function') return;
  const example = `${provider}.call('model-name', (city: string) => \`Weather in \${city}?\`)`;
  throw new TypeError(`[${provider}] A call needs a prompt function: ${example}`);
}

/** Prompts made of a template show it. */
function templateOf(prompt: object): string | null {
  const { template } = prompt as { readonly template?: unknown };
  return typeof template === 'string' ? template : null;
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
