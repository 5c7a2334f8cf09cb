import type { ChatEvent } from './wire.ts';

/** What an event says of a failure. */
export interface ReportedFailure {
  readonly message: string;
  /** The part of the event that reports it. */
  readonly body: unknown;
}

/** The parts of an event that may report a failure; the SDK's types leave most of them out. */
interface ReportingEvent {
  readonly type?: string;
  readonly message?: unknown;
  readonly delta?: {
    readonly finishReason?: string | null;
    /** What went wrong, in words. */
    readonly error?: unknown;
    /** What went wrong, as a literal: `INVALID_TOOL_GENERATION`, … */
    readonly errorType?: unknown;
  } | null;
}

/** Finish reasons of an answer that failed. The SDK passes them on like any other. */
const failed: ReadonlySet<unknown> = new Set(['ERROR', 'TIMEOUT']);

/**
 * The failure an event reports, `null` when it reports none: a `message-end` for an answer that failed,
 * or an error in the form of Cohere's HTTP errors, which has a `message` and no `type`.
 */
export function failureOf(event: ChatEvent): ReportedFailure | null {
  const { type, message, delta } = (event ?? {}) as ReportingEvent;
  if (type === undefined) {
    return typeof message === 'string' ? { message, body: event } : null;
  }
  if (type !== 'message-end' || !delta) return null;
  const { finishReason, error } = delta;
  if (!error && !failed.has(finishReason)) return null;
  const words = typeof error === 'string' && error !== '' ? error : null;
  return { message: words ?? `The answer ended with ${String(finishReason)}`, body: delta };
}
