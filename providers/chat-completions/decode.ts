import {
  commonUsage,
  type CommonFinishReason,
  type CommonUsage,
  type Delta,
  type ToolCallDelta,
} from '../../lib/index.ts';
import { fromBase64 } from '../../lib/base64.ts';
import type { ChatCompletionChunk, ChatCompletionsWire } from './wire.ts';

/** A choice as servers of this wire send it, wider than OpenAI's own types: any part may be missing. */
interface WireChoice {
  readonly index?: number | null;
  readonly finish_reason?: ChatCompletionsWire['finishReason'] | null;
  readonly delta?: WireDelta | null;
  /** Moonshot reports usage inside a choice. */
  readonly usage?: ChatCompletionsWire['usage'] | null;
}

interface WireDelta {
  /** Text, or parts where a server passes on what Mistral sends. */
  readonly content?: string | readonly WirePart[] | null;
  readonly refusal?: string | null;
  /** Reasoning at DeepSeek, xAI, vLLM, Azure-hosted models. */
  readonly reasoning_content?: string | null;
  /** Reasoning at OpenRouter, Groq and newer vLLM; some send both names with the same text. */
  readonly reasoning?: string | null;
  readonly tool_calls?: readonly WireToolCall[] | null;
  /** Audio output; in OpenAI's documentation but not in its stream types. */
  readonly audio?: { readonly data?: string; readonly transcript?: string } | null;
}

interface WirePart {
  readonly text?: string;
  readonly thinking?: readonly WirePart[];
}

/** A piece of a tool call. */
export interface WireToolCall {
  readonly index?: number | null;
  readonly id?: string | null;
  readonly type?: string;
  readonly function?: { readonly name?: string | null; readonly arguments?: unknown } | null;
  /** A tool that takes a text instead of arguments. */
  readonly custom?: { readonly name?: string | null; readonly input?: string | null } | null;
  readonly [field: string]: unknown;
}

interface WireChunk {
  readonly id?: string | null;
  readonly model?: string | null;
  readonly choices?: readonly (WireChoice | null)[] | null;
  readonly usage?: ChatCompletionsWire['usage'] | null;
}

/**
 * What one event says. Content, tools and audio are those of choice 0; the other choices are in the
 * event itself and in the rebuilt response.
 */
export function decodeChunk(
  event: ChatCompletionChunk,
  { n }: Pick<ChatCompletionsWire['request'], 'n'>,
): Delta<ChatCompletionsWire> {
  const { id, model, ...chunk } = ((event as unknown) ?? {}) as WireChunk;
  const choices = listOf(chunk.choices);
  const choice = choices.find(({ index }) => (index ?? 0) === 0);
  const delta = choice?.delta ?? {};
  const usage = chunk.usage ?? choices.find((each) => each.usage)?.usage ?? null;
  const toolCalls = listOf(delta.tool_calls);
  const finished = Boolean(choice?.finish_reason);
  return {
    // Azure's first chunk has an empty id and model: unknown, not empty.
    id: id || null,
    model: model || null,
    content: textOf(delta.content),
    thinking: delta.reasoning_content || delta.reasoning || thinkingOf(delta.content),
    refusal: delta.refusal ?? null,
    audio: audioOf(delta.audio?.data),
    audioTranscript: delta.audio?.transcript ?? null,
    usage,
    commonUsage: usage && countTokens(usage),
    finishReasons: finishReasonsOf(choices),
    ...(delta.tool_calls && { toolCalls: toolCalls.map(decodeToolCall) }),
    // The wire marks no end of a single call and may interleave calls by index: all end together.
    ...(finished && { endedToolCalls: 'all' }),
    // With several choices only the terminator says that all of them have ended.
    ...(finished && (n ?? 1) <= 1 && { end: 'soon' }),
  };
}

/** The items of what should be a list and may be anything. */
export const listOf = <T>(list: readonly (T | null)[] | null | undefined): readonly T[] =>
  Array.isArray(list)
    ? list.filter((item): item is T => typeof item === 'object' && item !== null)
    : [];

const textOf = (content: WireDelta['content']): string =>
  typeof content === 'string'
    ? content
    : listOf(content)
        .map(({ text }) => text ?? '')
        .join('');

const thinkingOf = (content: WireDelta['content']): string =>
  typeof content === 'string'
    ? ''
    : listOf(content)
        .map(({ thinking }) => textOf(thinking))
        .join('');

/** The bytes of a piece of audio, each base64 of its own; `null` for what is not. */
export function audioOf(data: string | undefined): Uint8Array | null {
  try {
    return data ? fromBase64(data) : null;
  } catch {
    return null;
  }
}

/** A piece of a tool call in common terms. */
export function decodeToolCall(call: WireToolCall): ToolCallDelta {
  const { index, id, type, function: called, custom, ...others } = call;
  const { name = null, arguments: given = '' } = custom
    ? { name: custom.name, arguments: custom.input ?? '' }
    : (called ?? {});
  const extra = custom && type ? { ...others, type } : others;
  return {
    index: index ?? null,
    id: id ?? null,
    name,
    // Some servers send arguments parsed.
    arguments: typeof given === 'string' ? given : given === null ? '' : JSON.stringify(given),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

function finishReasonsOf(
  choices: readonly WireChoice[],
): readonly (ChatCompletionsWire['finishReason'] | null)[] | null {
  let reasons: (ChatCompletionsWire['finishReason'] | null)[] | null = null;
  for (const { index, finish_reason: reason } of choices) {
    if (!reason) continue;
    reasons ??= [];
    while (reasons.length < (index ?? 0)) reasons.push(null);
    reasons[index ?? 0] = reason;
  }
  return reasons;
}

/**
 * The wire counts cached tokens as part of the prompt and reasoning as part of the completion. xAI's
 * models, also on Azure, count reasoning apart: then only the total shows it.
 */
function countTokens(usage: ChatCompletionsWire['usage']): CommonUsage {
  const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = usage;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens;
  const apart = reasoning !== undefined && total === prompt + completion + reasoning;
  return commonUsage({
    inputTokens: prompt,
    outputTokens: apart ? completion + reasoning : completion,
    totalTokens: total,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens,
    reasoningTokens: reasoning,
  });
}

const finishReasons: ReadonlyMap<string, CommonFinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool_calls'],
  ['function_call', 'tool_calls'],
  ['content_filter', 'content_filter'],
  ['error', 'error'],
]);

/** The wire's word for why it stopped, in common terms. */
export const commonFinishReason = (reason: string): CommonFinishReason =>
  finishReasons.get(reason) ?? 'other';
