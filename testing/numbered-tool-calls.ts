import { defer, map, type Observable } from 'rxjs';
import type { ScriptedEvent, ScriptedToolCall } from './wire.ts';

/**
 * The same events, their tool calls numbered and named as a provider would: per request from 0, under
 * ids that no other call of the provider has.
 *
 * @param position of the request
 */
export function numberedToolCalls(
  events: Observable<ScriptedEvent>,
  position: number,
): Observable<ScriptedEvent> {
  return defer(() => {
    let opened = 0;
    const numbered = (call: ScriptedToolCall): ScriptedToolCall => {
      const opens = call.name !== undefined;
      if (opens) opened++;
      const index = call.index ?? Math.max(0, opened - 1);
      return { index, ...(opens && { id: `call_${position}_${index}` }), ...call };
    };
    return events.pipe(
      map((event) =>
        event.toolCalls ? { ...event, toolCalls: event.toolCalls.map(numbered) } : event,
      ),
    );
  });
}
