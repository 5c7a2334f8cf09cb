import {
  commonUsage,
  type CommonFinishReason,
  type CommonUsage,
  type Delta,
  type ToolCallDelta,
} from '../../lib/index.ts';
import { fromBase64 } from '../../lib/base64.ts';
import type { ChatCompletionChunk, ChatCompletionsWire } from './wire.ts';

/**
 * A choice as servers of this wire send it, wider than OpenAI's own types: any part may be missing.
 */
interface WireChoice {
  readonly index?: number;
  readonly finish_reason?: ChatCompletionsWire['finishReason'] | null;
  readonly delta?: WireDelta | null;
  /** Moonshot reports usage inside the last choice. */
  readonly usage?: ChatCompletionsWire['usage'] | null;
}

interface WireDelta {
  readonly content?: string | null;
  readonly refusal?: string | null;
  /** Reasoning at DeepSeek, xAI, vLLM, Azure-hosted models. */
  readonly reasoning_content?: string | null;
  /** Reasoning at OpenRouter, Groq and newer vLLM; some send both names with the same text. */
  readonly reasoning?: string | null;
  readonly tool_calls?: readonly WireToolCall[] | null;
  /** Audio output; in openai's documentation but not in its stream types. */
  readonly audio?: { readonly data?: string; readonly transcript?: string } | null;
}

/** A piece of a tool call. */
export interface WireToolCall {
  readonly index?: number | null;
  readonly id?: string | null;
  readonly type?: string;
  readonly function?: { readonly name?: string | null; readonly arguments?: string | null } | null;
  readonly [field: string]: unknown;
}

interface WireChunk {
  readonly id?: string | null;
  readonly model?: string | null;
  readonly choices?: readonly WireChoice[] | null;
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
  const { id, model, choices, usage: ownUsage } = (event ?? {}) as unknown as WireChunk;
  const choice = choices?.find(({ index = 0 }) => index === 0);
  const delta = choice?.delta ?? {};
  const usage = ownUsage ?? choice?.usage ?? null;
  const finished = Boolean(choice?.finish_reason);
  return {
    // Azure's first chunk has an empty id and model: unknown, not empty.
    id: id || null,
    model: model || null,
    content: delta.content ?? '',
    thinking: delta.reasoning_content ?? delta.reasoning ?? '',
    refusal: delta.refusal ?? null,
    audio: delta.audio?.data ? fromBase64(delta.audio.data) : null,
    audioTranscript: delta.audio?.transcript ?? null,
    usage,
    commonUsage: usage && countTokens(usage),
    finishReasons: choices ? finishReasonsOf(choices) : null,
    ...(delta.tool_calls && { toolCalls: delta.tool_calls.map(decodeToolCall) }),
    // The wire marks no end of a single call and may interleave calls by index: all end together.
    ...(finished && { endedToolCalls: 'all' }),
    // With several choices only the terminator says that all of them have ended.
    ...(finished && (n ?? 1) <= 1 && { end: 'soon' }),
  };
}

/** A piece of a tool call in common terms. */
export function decodeToolCall(call: WireToolCall): ToolCallDelta {
  const { index, id, type: _type, function: called, ...extra } = call;
  return {
    index: index ?? null,
    id: id ?? null,
    name: called?.name ?? null,
    arguments: called?.arguments ?? '',
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

function finishReasonsOf(
  choices: readonly WireChoice[],
): readonly (ChatCompletionsWire['finishReason'] | null)[] | null {
  let reasons: (ChatCompletionsWire['finishReason'] | null)[] | null = null;
  for (const { index = 0, finish_reason: reason } of choices) {
    if (!reason) continue;
    reasons ??= [];
    while (reasons.length < index) reasons.push(null);
    reasons[index] = reason;
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

const finishReasons: Readonly<Record<string, CommonFinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
  content_filter: 'content_filter',
  error: 'error',
};

/** The wire's word for why it stopped, in common terms. */
export const commonFinishReason = (reason: string): CommonFinishReason =>
  finishReasons[reason] ?? 'other';
