import {
  asyncScheduler,
  defer,
  identity,
  switchMap,
  takeUntil,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { abortion } from './abortion.ts';
import { checkOptions, type AnyCallOptions } from './call-options.ts';
import type { CallContext, NextStep, StreamTuple } from './chunk.ts';
import type { CommonParams } from './common-params.ts';
import { failureOf, textsIn } from './failure.ts';
import type { SystemMessage } from './message.ts';
import { observableOf } from './observable-of.ts';
import type { CallInput, EncodedCall, Provider } from './provider.ts';
import type { ResponseModel } from './response-model.ts';
import { planResponse } from './response-plan.ts';
import { StreamError } from './stream-error.ts';
import { streamTuples } from './stream-tuples.ts';
import type { ToolDefinition } from './tool.ts';
import type { Wire } from './wire.ts';

/** What a request is made of, besides its messages: the call's options after the prompt has had its say. */
export type SendOptions<W extends Wire> = Omit<AnyCallOptions<W>, 'tools' | 'responseModel'> & {
  readonly model: string;
  readonly tools: readonly ToolDefinition[];
  readonly responseModel: ResponseModel | null;
  readonly responseFields: { readonly [name: string]: unknown };
  readonly args: readonly unknown[];
  readonly promptTemplate: string | null;
};

/** A request among those that belong together. */
export interface Turn<W extends Wire> extends NextStep<W> {
  /** When the call was subscribed to, in ms since the epoch. */
  readonly startTime: number;
}

/**
 * Sends one request: the stream of its answer. Cold; errors, also those of encoding, arrive by `error`.
 */
export function send<W extends Wire>(
  provider: Provider<W>,
  options: SendOptions<W>,
  turn: Turn<W>,
): Observable<StreamTuple<W>> {
  return defer(() => {
    const { signal, invalidTools = 'deliver', usageWait = 1000 } = options;
    const { scheduler = asyncScheduler } = options;
    const untilAborted: MonoTypeOperatorFunction<W['event']> = signal
      ? takeUntil(abortion(provider.name, signal))
      : identity;
    /** Where the answer ended, once the stream has. */
    let end: number | null = null;
    const ended = (position = Infinity): boolean => end !== null && position >= end;
    const context = contextOf(provider, options, turn, ended);
    // What providers read of their connection stands among the options.
    const connection: W['connection'] = options;
    let secrets = (): readonly string[] => [];
    const events = defer(() => observableOf(provider.connect(connection))).pipe(
      switchMap((client) => {
        secrets = () => provider.secrets(client, connection);
        return provider.open(client, context.request, connection);
      }),
      untilAborted,
    );
    return streamTuples(
      context,
      events,
      { invalidTools, usageWait, scheduler },
      (error) => failureOf(provider, error, () => [...secrets(), ...textsIn(context.request)]),
      (position) => (end = position),
    );
  });
}

function contextOf<W extends Wire>(
  provider: Provider<W>,
  options: SendOptions<W>,
  turn: Turn<W>,
  ended: CallContext<W>['ended'],
): CallContext<W> {
  const { model, tools, callParams = {}, commonParams = {}, metadata = {} } = options;
  const { responseModel, jsonMode = false, responseFields: fields, prices = null } = options;
  const { messages: commonMessages, steps, continues = false, toolOutputs = [], startTime } = turn;
  checkTools(provider.name, options);
  const wish = { model, tools, responseModel, jsonMode, fields };
  const plan = planResponse(provider, { ...wish, toolChoice: choiceOf(commonParams, turn) });
  const { toolChoice: _asked, ...params } = commonParams;
  const { toolChoice } = plan;
  const input = {
    model,
    tools: plan.tools,
    params: callParams,
    commonParams: { ...params, ...(toolChoice && { toolChoice }) },
    // An answer that goes on is a piece of JSON, which no provider would hold to be JSON.
    format: continues ? null : plan.format,
  };
  const inTheirTerms = (given: CallInput<W>['messages']): EncodedCall<W> =>
    encoded(provider, { ...input, messages: given });
  const instructions =
    steps.length === 0 ? untold(plan.instructions, commonMessages, inTheirTerms) : [];
  const { request, messages } = inTheirTerms([...instructions, ...commonMessages]);
  const answered = continues ? steps.at(-1) : undefined;
  return {
    provider,
    model,
    // An answer that goes on is an answer to what was asked first.
    commonMessages: answered?.commonMessages ?? commonMessages,
    messages: answered?.messages ?? messages,
    tools,
    params: callParams,
    commonParams,
    shape: plan.shape,
    partialTools: options.partialTools ?? false,
    args: options.args,
    promptTemplate: options.promptTemplate,
    prices,
    steps,
    continues,
    toolOutputs,
    request,
    metadata,
    startTime: answered?.startTime ?? startTime,
    signal: options.signal ?? null,
    ended,
    proceed: (next) =>
      defer(() => {
        const { scheduler = asyncScheduler } = options;
        return send(provider, options, { ...next, startTime: scheduler.now() });
      }),
  };
}

/**
 * The instructions a conversation does not hold yet: one that goes on with the messages of a response has
 * them, in the provider's terms.
 */
function untold<W extends Wire>(
  instructions: readonly SystemMessage[],
  messages: CallInput<W>['messages'],
  inTheirTerms: (given: CallInput<W>['messages']) => EncodedCall<W>,
): readonly SystemMessage[] {
  const told = new Set(messages.filter(isSystem).map((message) => JSON.stringify(message)));
  if (told.size === 0) return instructions;
  return instructions.filter((instruction) =>
    [instruction, ...inTheirTerms([instruction]).messages].every(
      (message) => !told.has(JSON.stringify(message)),
    ),
  );
}

const isSystem = (message: object): boolean => 'role' in message && message.role === 'system';

/** A choice that forces a call is for the first step: later ones would never get to an answer. */
function choiceOf<W extends Wire>(
  { toolChoice }: CommonParams,
  { steps }: Turn<W>,
): CommonParams['toolChoice'] {
  const forces = toolChoice !== 'none' && toolChoice !== 'auto';
  return steps.length > 0 && forces ? undefined : toolChoice;
}

/** Tools that a prompt brings along are held against the same rules as the call's own. */
function checkTools<W extends Wire>(provider: string, options: SendOptions<W>): void {
  try {
    checkOptions(provider, { model: options.model, tools: options.tools });
  } catch (error) {
    const message = (error as TypeError).message.replace(/^\[.*?\] /, '');
    throw new StreamError(provider, { code: 'prompt', message }, { cause: error });
  }
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
