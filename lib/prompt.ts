import { defer, map, take, throwIfEmpty, type Observable } from 'rxjs';
import type { CommonParams } from './common-params.ts';
import type { Metadata } from './chunk.ts';
import type { Message, Part, UserPart } from './message.ts';
import { observableOf, type Eventual } from './observable-of.ts';
import { StreamError } from './stream-error.ts';
import type { ToolDefinition } from './tool.ts';
import type { Wire } from './wire.ts';

/**
 * What a prompt function may give: the text or the parts of one user message, a whole list of
 * messages, in common terms or in the provider's own shape, or either with settings for this call.
 */
export type PromptContent<W extends Wire> = PromptMessages<W> | PromptConfig<W>;

/** The text or the parts of one user message, or a whole list of messages. */
export type PromptMessages<W extends Wire> =
  string | readonly UserPart[] | readonly (Message | W['message'])[];

/**
 * Messages with settings that hold for this one call: what is given here goes before what the call was
 * made with; `callParams`, `commonParams` and `metadata` are merged field by field.
 */
export type PromptConfig<
  W extends Wire,
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
> = W['connection'] & {
  readonly messages: PromptMessages<W>;
  /** Model to call. */
  readonly model?: string;
  /** Tools the model may call, instead of the call's. */
  readonly tools?: Tools;
  /** The provider's own parameters. */
  readonly callParams?: W['params'];
  /** Parameters that mean the same for every provider. */
  readonly commonParams?: CommonParams;
  /** Whatever is to be found again on chunks and the response. */
  readonly metadata?: Metadata;
  /**
   * Properties of the response model that are known already: the model is not asked for them, and they
   * are part of the value that is validated.
   */
  readonly responseFields?: { readonly [name: string]: unknown };
};

/**
 * A prompt: arguments in, content out, now or later; of an Observable the first value counts. Runs
 * once per subscription.
 */
export type Prompt<
  Args extends readonly unknown[],
  W extends Wire,
  Content extends PromptContent<W> = PromptContent<W>,
> = (...args: Args) => Eventual<Content>;

/** The types of what no provider in particular understands: common terms, and nothing else. */
interface CommonWire extends Wire {
  message: never;
  params: never;
  connection: object;
}

/** The tools a prompt may bring along. */
export type PromptTools<Content> = Content extends {
  readonly messages: unknown;
  readonly tools: infer Tools extends readonly ToolDefinition[];
}
  ? Tools[number]
  : never;

/** Whether what a prompt gives is in common terms throughout: then any provider can be asked. */
export type IsCommon<Content> = [IsCommonContent<Content>] extends [true] ? true : false;

type IsCommonContent<Content> = Content extends string
  ? true
  : Content extends readonly unknown[]
    ? Content extends PromptMessages<CommonWire>
      ? true
      : false
    : Content extends Omit<PromptConfig<CommonWire>, 'callParams'>
      ? Exclude<keyof Content, Exclude<keyof PromptConfig<CommonWire>, 'callParams'>> extends never
        ? true
        : false
      : false;

/** The settings of a {@link PromptConfig}. */
export type PromptSettings<W extends Wire> = Partial<Omit<PromptConfig<W>, 'messages'>>;

/** What a prompt gave: messages, and the settings that came with them. */
export interface PromptResult<W extends Wire> {
  readonly messages: readonly (Message | W['message'])[];
  readonly settings: PromptSettings<W>;
}

/**
 * Runs a prompt: a cold Observable of what it gives.
 *
 * Emits once, then completes; errors with what the prompt throws or rejects with, and when it gives
 * nothing to send. Unsubscribing unsubscribes from the prompt's Observable.
 */
export function runPrompt<Args extends readonly unknown[], W extends Wire>(
  prompt: Prompt<Args, W>,
  args: Args,
): Observable<PromptResult<W>> {
  return defer(() => observableOf(prompt(...args))).pipe(
    take(1),
    map((content) => resultOf<W>(content)),
    throwIfEmpty(() => noContent('its Observable completed without a value')),
  );
}

function resultOf<W extends Wire>(content: PromptContent<W>): PromptResult<W> {
  if (!isConfig(content)) return { messages: messagesOf<W>(content), settings: {} };
  const { messages, ...settings } = content;
  return { messages: messagesOf<W>(messages), settings };
}

const isConfig = <W extends Wire>(content: PromptContent<W>): content is PromptConfig<W> =>
  isObject(content) && !Array.isArray(content) && 'messages' in content;

function messagesOf<W extends Wire>(
  content: PromptMessages<W>,
): readonly (Message | W['message'])[] {
  if (typeof content === 'string') return [{ role: 'user', content }];
  // Types promise a list; a prompt in plain JavaScript may have forgotten its `return`.
  const list: unknown = content;
  if (!Array.isArray(list)) throw noContent(`it gave ${list === null ? 'null' : typeof list}`);
  if (list.length === 0) throw noContent('it gave an empty list');
  if (!list.every(isObject))
    throw noContent('its list holds something else than parts or messages');
  // A list holds messages or parts, never both. A copy: the caller's may grow with the conversation.
  return isPart(list[0])
    ? [{ role: 'user', content: [...(content as readonly UserPart[])] }]
    : [...(content as readonly (Message | W['message'])[])];
}

const isObject = (item: unknown): item is object => typeof item === 'object' && item !== null;

const isPart = (item: unknown): item is Part =>
  isObject(item) && 'type' in item && !('role' in item);

const noContent = (reason: string): StreamError =>
  new StreamError(null, {
    code: 'prompt',
    message: `The prompt function gave nothing to send: ${reason}; return a string, parts or messages`,
  });
