import type { CommonFinishReason, Delta } from '../../lib/index.ts';
import { objectsIn } from './objects-in.ts';
import { decodeToolCall, type WireToolCall } from './tool-call.ts';
import { countTokens } from './usage.ts';
import type { MistralWire } from './wire.ts';

/** A choice as servers of this wire send it, wider than the SDK's type: any part may be missing. */
interface WireChoice {
  readonly index?: number;
  readonly finishReason?: MistralWire['finishReason'] | null;
  readonly delta?: {
    readonly content?: string | readonly WirePart[] | null;
    readonly toolCalls?: readonly WireToolCall[] | null;
  } | null;
}

interface WirePart {
  readonly type?: string;
  readonly text?: string;
  readonly thinking?: readonly { readonly type?: string; readonly text?: string }[];
}

interface WireChunk {
  readonly id?: string | null;
  readonly model?: string | null;
  readonly choices?: readonly WireChoice[] | null;
  readonly usage?: MistralWire['usage'] | null;
}

/**
 * What one event says. Content and tools are those of choice 0; the other choices are in the event
 * itself and in the rebuilt response.
 */
export function decodeChunk(
  event: MistralWire['event'],
  { n }: Pick<MistralWire['request'], 'n'>,
): Delta<MistralWire> {
  const { id, model, usage, choices: pieces } = (event ?? {}) as unknown as WireChunk;
  const choices = objectsIn(pieces);
  const choice = choices.find(({ index = 0 }) => index === 0);
  const { content, toolCalls } = choice?.delta ?? {};
  const finished = Boolean(choice?.finishReason);
  return {
    id: id || null,
    model: model || null,
    content: textIn(content),
    thinking: thinkingIn(content),
    usage: usage ?? null,
    commonUsage: usage ? countTokens(usage) : null,
    finishReasons: finishReasonsOf(choices),
    ...(toolCalls && { toolCalls: objectsIn(toolCalls).map(decodeToolCall) }),
    // The wire marks no end of a single call: all end together, often in the event that brings them.
    ...(finished && { endedToolCalls: 'all' }),
    // With several choices only the terminator says that all of them have ended.
    ...(finished && (n ?? 1) <= 1 && { end: 'soon' }),
  };
}

type WireContent = NonNullable<WireChoice['delta']>['content'];

/** `content` is a text, then a list while the model reasons, then a text again, all in one stream. */
const textIn = (content: WireContent): string =>
  typeof content === 'string' ? content : textOf(content);

const thinkingIn = (content: WireContent): string =>
  objectsIn(content)
    .map(({ type, thinking }) => (type === 'thinking' ? textOf(thinking) : ''))
    .join('');

const textOf = (parts: readonly WirePart[] | null | undefined): string =>
  objectsIn(parts)
    .map(({ type, text }) => (type === 'text' ? (text ?? '') : ''))
    .join('');

function finishReasonsOf(
  choices: readonly WireChoice[],
): readonly (MistralWire['finishReason'] | null)[] | null {
  let reasons: (MistralWire['finishReason'] | null)[] | null = null;
  for (const { index = 0, finishReason } of choices) {
    if (!finishReason) continue;
    reasons ??= [];
    while (reasons.length < index) reasons.push(null);
    reasons[index] = finishReason;
  }
  return reasons;
}

const finishReasons: Readonly<Record<string, CommonFinishReason>> = {
  stop: 'stop',
  length: 'length',
  model_length: 'length',
  tool_calls: 'tool_calls',
  error: 'error',
};

/** Mistral's word for why it stopped, in common terms. */
export const commonFinishReason = (reason: string): CommonFinishReason =>
  finishReasons[reason] ?? 'other';
