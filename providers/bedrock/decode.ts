import type {
  ContentBlockDelta,
  ContentBlockStart,
  ConverseStreamOutput,
  TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import {
  commonUsage,
  type CommonFinishReason,
  type CommonUsage,
  type Delta,
  type ToolCallDelta,
} from '../../lib/index.ts';
import type { BedrockWire } from './wire.ts';

/**
 * What one event says. The wire has no id and no model. Signatures, encrypted reasoning, citations,
 * images and results of tools the service ran itself are in the event and in the rebuilt response.
 */
export function decodeEvent(event: ConverseStreamOutput): Delta<BedrockWire> {
  const { contentBlockStart, contentBlockDelta, contentBlockStop, messageStop, metadata } =
    event ?? {};
  if (contentBlockDelta !== undefined) {
    return decodeDelta(contentBlockDelta.contentBlockIndex ?? 0, contentBlockDelta.delta);
  }
  if (contentBlockStart !== undefined) {
    return decodeStart(contentBlockStart.contentBlockIndex ?? 0, contentBlockStart.start);
  }
  if (contentBlockStop !== undefined) {
    return { endedToolCalls: [contentBlockStop.contentBlockIndex ?? 0] };
  }
  if (messageStop !== undefined) {
    const { stopReason } = messageStop;
    return { end: 'soon', ...(stopReason !== undefined && { finishReasons: [stopReason] }) };
  }
  const usage = metadata?.usage;
  return usage === undefined ? {} : { usage, commonUsage: countTokens(usage) };
}

/** Only blocks of tools and images are opened; texts and reasoning begin with their first piece. */
function decodeStart(index: number, start: ContentBlockStart | undefined): Delta<BedrockWire> {
  const call = start?.toolUse;
  // The service runs these itself and puts their results into the same message.
  if (call === undefined || call.type === 'server_tool_use') return {};
  const { toolUseId, name, ...extra } = call;
  const delta: ToolCallDelta = {
    index,
    id: toolUseId ?? null,
    name: name ?? null,
    arguments: '',
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  return { toolCalls: [delta] };
}

function decodeDelta(index: number, delta: ContentBlockDelta | undefined): Delta<BedrockWire> {
  if (delta?.text !== undefined) return { content: delta.text };
  if (delta?.toolUse !== undefined) {
    // Only `contentBlockStart` tells whose input this is: a tool's here, or one of the service's.
    const input = delta.toolUse.input ?? '';
    return { toolCalls: [{ index, id: null, name: null, arguments: input, continues: true }] };
  }
  const thinking = delta?.reasoningContent?.text;
  return thinking === undefined ? {} : { thinking };
}

/**
 * `inputTokens` leaves out what was read from and written to the cache, which `totalTokens` includes:
 * recorded with Claude are input 11, cache write 1028, output 236, total 1275. Where the total is that of
 * input and output alone, the input is taken to include them.
 */
function countTokens(usage: TokenUsage): CommonUsage {
  const { inputTokens, outputTokens, totalTokens } = usage;
  const { cacheReadInputTokens, cacheWriteInputTokens } = usage;
  const cached = (cacheReadInputTokens ?? 0) + (cacheWriteInputTokens ?? 0);
  const included =
    inputTokens === undefined || totalTokens === inputTokens + (outputTokens ?? Number.NaN);
  return commonUsage({
    inputTokens: included ? inputTokens : inputTokens + cached,
    outputTokens,
    totalTokens,
    cachedTokens: cacheReadInputTokens,
    cacheWriteTokens: cacheWriteInputTokens,
  });
}

const finishReasons: Readonly<Record<string, CommonFinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  guardrail_intervened: 'content_filter',
  content_filtered: 'content_filter',
  malformed_model_output: 'error',
  malformed_tool_use: 'error',
};

/** The wire's word for why it stopped, in common terms. */
export const commonFinishReason = (reason: string): CommonFinishReason =>
  finishReasons[reason] ?? 'other';
