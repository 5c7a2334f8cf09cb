import type { ToolCallDelta } from './tool-call.ts';
import type { CommonUsage } from './usage.ts';
import type { Wire } from './wire.ts';

/**
 * What one event says, in common terms. A missing field means the event says nothing about it; an
 * unknown event is an empty delta.
 */
export interface Delta<W extends Wire> {
  readonly content?: string;
  readonly thinking?: string;
  readonly refusal?: string | null;
  readonly audio?: Uint8Array | null;
  readonly audioTranscript?: string | null;
  readonly toolCalls?: readonly ToolCallDelta[];
  /** The calls whose provider says that they are whole now: all that are open, or by index. */
  readonly endedToolCalls?: 'all' | readonly number[];
  /** By position of the choice; `null` for a choice that goes on. */
  readonly finishReasons?: readonly (W['finishReason'] | null)[] | null;
  readonly usage?: W['usage'] | null;
  readonly commonUsage?: CommonUsage | null;
  readonly id?: string | null;
  readonly model?: string | null;
  /**
   * Evidence that the provider has finished: `soon` when usage or a terminator may still follow,
   * `now` when nothing does.
   */
  readonly end?: 'soon' | 'now';
}
