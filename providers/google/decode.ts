import type { GenerateContentResponse, Part } from '@google/genai';
import {
  commonUsage,
  type CommonFinishReason,
  type CommonUsage,
  type Delta,
} from '../../lib/index.ts';
import { fromBase64 } from '../../lib/base64.ts';
import { joinBytes } from '../../lib/join-bytes.ts';
import { candidatesOf, partsOf } from './candidates.ts';
import { turnOf } from './turn.ts';
import type { GoogleRequest, GoogleWire } from './wire.ts';

/**
 * What one event says. Text, thoughts, audio and calls are those of the first candidate; the others,
 * images, citations and everything else are in the event itself and in the rebuilt response.
 */
export function decodeEvent(
  event: GenerateContentResponse | null | undefined,
  { config }: Pick<GoogleRequest, 'config'>,
): Delta<GoogleWire> {
  const { responseId, modelVersion, usageMetadata } = event ?? {};
  const parts = partsOf(event);
  const turn = turnOf(event, config.candidateCount ?? 1);
  return {
    id: responseId || null,
    model: modelVersion || null,
    content: textOf(parts.filter(({ thought }) => !thought)),
    thinking: textOf(parts.filter(({ thought }) => thought)),
    audio: audioOf(parts),
    usage: usageMetadata ?? null,
    commonUsage: usageMetadata ? countTokens(usageMetadata) : null,
    finishReasons: finishReasonsOf(event),
    ...(turn.toolCalls.length > 0 && { toolCalls: turn.toolCalls }),
    ...(turn.endedToolCalls.length > 0 && { endedToolCalls: turn.endedToolCalls }),
    // Nothing marks the end but the end of the connection.
    ...(turn.finished && { end: 'soon' }),
  };
}

const textOf = (parts: readonly Part[]): string => parts.map(({ text }) => text ?? '').join('');

/** Speech comes as PCM, whose rate is in the MIME type: `audio/L16;codec=pcm;rate=24000`. */
function audioOf(parts: readonly Part[]): Uint8Array | null {
  const pieces = parts
    .filter(({ inlineData, thought }) => !thought && inlineData?.mimeType?.startsWith('audio/'))
    .map(({ inlineData }) => fromBase64(inlineData?.data ?? ''));
  return pieces.length > 0 ? joinBytes(pieces) : null;
}

/**
 * The total is "the sum of `prompt_token_count`, `candidates_token_count`, `tool_use_prompt_token_count`,
 * and `thoughts_token_count`" (the SDK's own words): what tools of the server gave back to the model is
 * input, and thoughts are output. Cached tokens are part of the prompt.
 */
function countTokens(usage: GoogleWire['usage']): CommonUsage {
  return commonUsage({
    inputTokens: sum(usage.promptTokenCount, usage.toolUsePromptTokenCount),
    outputTokens: sum(usage.candidatesTokenCount, usage.thoughtsTokenCount),
    totalTokens: usage.totalTokenCount,
    cachedTokens: usage.cachedContentTokenCount,
    reasoningTokens: usage.thoughtsTokenCount,
  });
}

/** A count that is left out is none as long as the other is there. */
const sum = (a: number | null | undefined, b: number | null | undefined): number | null =>
  (a ?? null) === null && (b ?? null) === null ? null : (a ?? 0) + (b ?? 0);

function finishReasonsOf(
  event: GenerateContentResponse | null | undefined,
): readonly (GoogleWire['finishReason'] | null)[] | null {
  let reasons: (GoogleWire['finishReason'] | null)[] | null = null;
  for (const [index, { finishReason }] of candidatesOf(event)) {
    if (!finishReason) continue;
    reasons ??= [];
    while (reasons.length < index) reasons.push(null);
    reasons[index] = finishReason;
  }
  // A blocked prompt has no candidate that could say why.
  const blockReason = event?.promptFeedback?.blockReason;
  return reasons ?? (blockReason ? [blockReason] : null);
}

/** Strings rather than the SDK's constants: those are values, and newer than some versions of it. */
const finishReasons: ReadonlyMap<string, CommonFinishReason> = new Map([
  ['STOP', 'stop'],
  // Gemini says `STOP` for calls; servers that imitate it say this.
  ['FUNCTION_CALL', 'tool_calls'],
  ['MAX_TOKENS', 'length'],
  // The limit of one request; the answer goes on in a further one, by the SDK itself unless told not to.
  ['CONTINUATION', 'length'],
  ['SAFETY', 'content_filter'],
  ['RECITATION', 'content_filter'],
  ['BLOCKLIST', 'content_filter'],
  ['PROHIBITED_CONTENT', 'content_filter'],
  ['SPII', 'content_filter'],
  ['IMAGE_SAFETY', 'content_filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'content_filter'],
  ['IMAGE_RECITATION', 'content_filter'],
  ['MODEL_ARMOR', 'content_filter'],
  ['JAILBREAK', 'content_filter'],
  ['BLOCKED_REASON_UNSPECIFIED', 'content_filter'],
  ['MALFORMED_FUNCTION_CALL', 'error'],
  ['MALFORMED_RESPONSE', 'error'],
  ['UNEXPECTED_TOOL_CALL', 'error'],
  ['TOO_MANY_TOOL_CALLS', 'error'],
  ['MISSING_THOUGHT_SIGNATURE', 'error'],
]);

/** Gemini's word for why it stopped, or for why it blocked the prompt, in common terms. */
export const commonFinishReason = (reason: string): CommonFinishReason =>
  finishReasons.get(reason) ?? 'other';
