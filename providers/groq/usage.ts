import type { GroqWire } from './wire.ts';

/**
 * An event with its usage where the wire has it. Groq reports it in `x_groq.usage` of the last chunk, and
 * only sometimes in `usage` as well, which its SDK's types do not have.
 */
export function withUsage(event: GroqWire['event']): ReportingEvent {
  const reporting: ReportingEvent = event;
  const usage = reporting.usage ?? event.x_groq?.usage;
  return usage ? { ...event, usage } : event;
}

type ReportingEvent = GroqWire['event'] & { readonly usage?: GroqWire['usage'] | null };
