import type { CommonFinishReason, Delta, ToolCallDelta } from '../../lib/index.ts';
import { failureOf } from './failed-end.ts';
import { countTokens } from './usage.ts';
import type { ChatEvent, ChatUsage, CohereWire } from './wire.ts';

/** An event as it may be: any part may be missing, and there are types this library does not know. */
interface LooseEvent {
  readonly type?: string;
  readonly id?: string | null;
  readonly index?: number | null;
  readonly delta?: {
    readonly message?: LooseMessage | null;
    readonly finishReason?: CohereWire['finishReason'] | null;
    readonly usage?: ChatUsage | null;
  } | null;
}

interface LooseMessage {
  readonly content?: { readonly text?: string | null; readonly thinking?: string | null } | null;
  readonly toolCalls?: LooseToolCall | null;
}

/** A piece of a tool call: one per event, though its field is named in the plural. */
export interface LooseToolCall {
  readonly id?: string | null;
  readonly type?: string;
  readonly function?: { readonly name?: string | null; readonly arguments?: string | null } | null;
  readonly [field: string]: unknown;
}

/**
 * What one event says. The tool plan is neither text nor reasoning in common terms; it is in the event
 * itself and in the rebuilt response, and so are citations.
 */
export function decodeEvent(event: ChatEvent): Delta<CohereWire> {
  const { type, id, index, delta } = (event ?? {}) as LooseEvent;
  switch (type) {
    case 'message-start':
      return { id: id || null };
    case 'content-start':
    case 'content-delta': {
      const { text, thinking } = delta?.message?.content ?? {};
      return { content: text ?? '', thinking: thinking ?? '' };
    }
    case 'tool-call-start':
      return { toolCalls: [openedCall(index, delta?.message?.toolCalls)] };
    case 'tool-call-delta':
      return { toolCalls: [continuedCall(index, delta?.message?.toolCalls)] };
    case 'tool-call-end':
      return { endedToolCalls: typeof index === 'number' ? [index] : 'all' };
    case 'message-end': {
      const usage = known(delta?.usage);
      return {
        finishReasons: delta?.finishReason ? [delta.finishReason] : null,
        usage,
        commonUsage: usage && countTokens(usage),
        // Only `[DONE]` follows. An answer that failed has not finished.
        ...(failureOf(event) === null && { end: 'now' }),
      };
    }
    default:
      return {};
  }
}

/** The beginning of a tool call. What else is in it belongs to the call and goes back with it. */
export function openedCall(
  index: number | null | undefined,
  call: LooseToolCall | null | undefined,
): ToolCallDelta {
  const { id, type: _type, function: called, ...extra } = call ?? {};
  return {
    index: index ?? null,
    id: id ?? null,
    name: called?.name ?? null,
    arguments: called?.arguments ?? '',
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

/** The next piece of a call's arguments. A call without arguments may have none. */
export const continuedCall = (
  index: number | null | undefined,
  call: LooseToolCall | null | undefined,
): ToolCallDelta => ({
  index: index ?? null,
  id: null,
  name: null,
  arguments: call?.function?.arguments ?? '',
  continues: true,
});

/** `usage` is `{}` where an answer failed: unknown, not empty. */
const known = (usage: ChatUsage | null | undefined): ChatUsage | null =>
  usage && Object.keys(usage).length > 0 ? usage : null;

const finishReasons: ReadonlyMap<string, CommonFinishReason> = new Map([
  ['COMPLETE', 'stop'],
  ['STOP_SEQUENCE', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['TOOL_CALL', 'tool_calls'],
  ['ERROR', 'error'],
  ['TIMEOUT', 'error'],
]);

/** Cohere's word for why it stopped, in common terms. */
export const commonFinishReason = (reason: string): CommonFinishReason =>
  finishReasons.get(reason) ?? 'other';
