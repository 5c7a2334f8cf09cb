import type { CommonFinishReason, KnownUsage } from '../lib/index.ts';
import type { ScriptedEvent, ScriptedToolCall } from './wire.ts';

/**
 * An event that adds text. A string in a script is short for it.
 *
 * @example
 * ```ts
 * scriptedProvider([text('Hello'), text(' world')]);
 * ```
 */
export const text = (content: string): ScriptedEvent => ({ content });

/**
 * An event that adds reasoning.
 *
 * @example
 * ```ts
 * scriptedProvider([thinking('They greeted me.'), text('Hello')]);
 * ```
 */
export const thinking = (thinking: string): ScriptedEvent => ({ thinking });

/** A tool call the model is to make: with `args`, or with any text where their JSON should be. */
export type ToolCallOptions = {
  /** Name of the tool. */
  readonly name: string;
  /** Id of the call. Default: one that no other call of the provider has. */
  readonly id?: string;
} & (
  | {
      /** The arguments, sent as JSON. Default: none, which means `{}`. */
      readonly args?: unknown;
      readonly argumentsText?: never;
    }
  | {
      readonly args?: never;
      /** The arguments' text as it is to be sent, such as broken JSON. */
      readonly argumentsText: string;
    }
);

/**
 * An event with a whole tool call: it comes as the tool of its tuple.
 *
 * @example
 * ```ts
 * scriptedProvider([toolCall({ name: 'get_weather', args: { city: 'Oslo' } })]);
 * ```
 */
export const toolCall = (options: ToolCallOptions): ScriptedEvent => ({
  toolCalls: [wholeCall(options)],
});

/**
 * The events of a tool call that arrives in pieces: it comes as the tool of the last one's tuple. Leave
 * the last one out for a call that is cut off.
 *
 * @example
 * ```ts
 * const pieces = toolCallPieces({ name: 'get_weather', args: { city: 'Oslo' } });
 * scriptedProvider([...pieces]);
 * scriptedProvider([...pieces.slice(0, -1), cut()]);
 * ```
 * @param count how many events, at least 1. Default 3
 * @throws {RangeError} when `count` is not a whole number from 1
 */
export function toolCallPieces(options: ToolCallOptions, count = 3): readonly ScriptedEvent[] {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `A tool call needs 1 piece or more, not ${count}: toolCallPieces(call, 3).`,
    );
  }
  const { arguments: json, complete, ...opening } = wholeCall(options);
  const border = (position: number): number => Math.round((position * json.length) / count);
  return Array.from({ length: count }, (_, position) => ({
    toolCalls: [
      {
        ...(position === 0 && opening),
        arguments: json.slice(border(position), border(position + 1)),
        ...(position === count - 1 && { complete }),
      },
    ],
  }));
}

/**
 * An event with token counts. Counts of a stream are cumulative: the last known value of each wins.
 *
 * @example
 * ```ts
 * scriptedProvider([text('Hello'), finish(), usage({ inputTokens: 9, outputTokens: 1 })]);
 * ```
 */
export const usage = (usage: KnownUsage): ScriptedEvent => ({ usage });

/**
 * An event that says why the model stops: the evidence that a stream has ended truthfully. Usage may
 * follow it.
 *
 * @example
 * ```ts
 * scriptedProvider([text('Once upon a'), finish('length')]);
 * ```
 * @param finishReason default `stop`
 */
export const finish = (finishReason: CommonFinishReason = 'stop'): ScriptedEvent => ({
  finishReason,
});

function wholeCall({ name, id, args, argumentsText }: ToolCallOptions): ScriptedToolCall {
  return {
    name,
    ...(id !== undefined && { id }),
    arguments: argumentsText ?? (args === undefined ? '' : JSON.stringify(args)),
    complete: true,
  };
}
