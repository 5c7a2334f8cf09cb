import { asyncScheduler, defer, of, type Observable, type SchedulerLike } from 'rxjs';
import {
  call,
  StreamError,
  type Caller,
  type CallOptions,
  type Provider,
  type ToolDefinition,
} from '../lib/index.ts';
import { toolResultPart } from '../lib/tool-result-part.ts';
import { decodeEvent } from './decode.ts';
import { numberedToolCalls } from './numbered-tool-calls.ts';
import { recordingOf, type ScriptedRequest } from './recorded-request.ts';
import { messageParam, scriptedResponse, toolCallPart } from './response.ts';
import { eventsOf, type Script } from './script.ts';
import type { ScriptedCallRequest, ScriptedEvent, ScriptedWire } from './wire.ts';

/** Options of a call of a scripted provider. */
export type ScriptedCallOptions<
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
> = CallOptions<ScriptedWire, Tools>;

/** Options of {@link scriptedProvider}. */
export interface ScriptedProviderOptions {
  /** Name in errors and on responses. Default `scripted`. */
  readonly name?: string;
  /** How long each event of a string or a list takes to come, in ms, on top of its waits. Default 0. */
  readonly interval?: number;
  /**
   * Clock and timer of scripts and of the calls made here; a call's own `scheduler` goes before it.
   * Default `asyncScheduler`, which is virtual inside `testScheduler.run()`.
   */
  readonly scheduler?: SchedulerLike;
}

/** What {@link scriptedProvider} gives. */
export interface ScriptedProvider {
  /** The provider itself, for code that works with any. */
  readonly provider: Provider<ScriptedWire>;

  /** Every request received, one per subscription, in order. */
  readonly requests: readonly ScriptedRequest[];

  /**
   * Makes a call of a prompt, like every provider's `call`.
   *
   * ```
   * ask('Oslo')  --[chunk, null]--[chunk, null]--([chunk, null]|)
   * ```
   *
   * Cold: subscribing runs the prompt, records a request and plays its script from the start. Emits one
   * tuple per event, nothing while it is being subscribed to (but for an Observable as script). Completes
   * when the script has finished; errors where it fails. Unsubscribing stops it and is recorded.
   *
   * @param options a model name, or the model with tools, parameters, a scheduler, …
   * @param prompt what to ask. One that gives a Promise leaves virtual time: give an Observable there
   * @throws {TypeError} when the model is missing or two tools share a name
   */
  readonly call: Caller<ScriptedWire>['call'];
}

/**
 * A provider without a network: it answers what a script says, in real or in virtual time, and keeps
 * the requests. Everything else is what every provider has: operators, tools, errors, a truthful end.
 *
 * ```
 * [text('He'), wait(2), text('llo'), finish()]    "He" 1ms ("llo" "" |)
 * [text('He'), wait(2), cut()]                    "He" 1ms #    truncated
 * [text('He'), stall()]                           "He"
 * ```
 *
 * @example
 * ```ts
 * const llm = scriptedProvider((_, position) =>
 *   position === 0 ? [fail({ code: 'rate-limit', retryAfter: 2000 })] : 'Try The Name of the Wind.',
 * );
 * const recommendBook = llm.call('any-model', (genre: string) => `Recommend a ${genre} book`);
 *
 * testScheduler.run(({ expectObservable }) => {
 *   const answer = recommendBook('fantasy').pipe(
 *     retry({ delay: ({ retryAfter }: StreamError) => timer(retryAfter ?? 0) }),
 *     toCallResponse(),
 *     map(({ content }) => content),
 *   );
 *   expectObservable(answer).toBe('2s (a|)', { a: 'Try The Name of the Wind.' });
 * });
 * ```
 * @param script what to answer, or a function from the request and its position (from 0) to that; what
 * the function throws arrives as `error.cause`
 * @throws {RangeError} when `interval` is not a number of ms
 */
export function scriptedProvider(
  script: Script | ((request: ScriptedRequest, position: number) => Script),
  options: ScriptedProviderOptions = {},
): ScriptedProvider {
  const { name = 'scripted', interval = 0, scheduler } = options;
  if (!(interval >= 0 && interval < Infinity)) {
    throw new RangeError(`[${name}] interval must be 0 or more ms, not ${interval}.`);
  }
  const requests: ScriptedRequest[] = [];

  const answer = (sent: ScriptedCallRequest, clock: SchedulerLike): Observable<ScriptedEvent> => {
    const position = requests.length;
    const { request, record } = recordingOf(sent, clock);
    requests.push(request);
    const events = defer(() => {
      try {
        const said = typeof script === 'function' ? script(request, position) : script;
        return eventsOf(said, { provider: name, interval, scheduler: clock });
      } catch (error) {
        throw scriptFailure(name, position, error);
      }
    });
    return numberedToolCalls(events, position).pipe(record);
  };

  const provider: Provider<ScriptedWire> = {
    name,
    encode: ({ tools, ...input }) => ({
      request: { ...input, tools: tools.map((tool) => tool.name) },
      messages: input.messages,
    }),
    responseModes: () => ['native', 'tool', 'json'],
    // A promise would leave virtual time; `call` takes whatever `from` takes.
    connect: () => of(null),
    secrets: () => [],
    open: (_client, sent, connection) =>
      defer(() => answer(sent, connection.scheduler ?? scheduler ?? asyncScheduler)),
    decode: decodeEvent,
    commonFinishReason: (reason) => reason,
    response: scriptedResponse,
    messageParam,
    toolCall: toolCallPart,
    toolMessageParams: (outputs) => [{ role: 'tool', content: outputs.map(toolResultPart) }],
    describe: () => null,
  };

  return {
    provider,
    requests,
    call: (callOptions, prompt) => {
      const settings = typeof callOptions === 'string' ? { model: callOptions } : callOptions;
      return call(provider, { ...(scheduler && { scheduler }), ...settings }, prompt);
    },
  };
}

const scriptFailure = (provider: string, position: number, cause: unknown): StreamError =>
  new StreamError(
    provider,
    { code: 'provider', message: `The script of request ${position} threw; see the cause` },
    { cause },
  );
