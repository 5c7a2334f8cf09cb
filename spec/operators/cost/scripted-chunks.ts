import { from } from 'rxjs';
import type { Chunk, Prices } from 'rx-llm';
import { scriptedProvider, type ScriptedEvent, type ScriptedWire } from 'rx-llm/testing';

/** The chunks of a call that answers with some events. */
export function chunksOf(
  events: readonly (string | ScriptedEvent)[],
  { prices, prompt = 'Hello' }: { readonly prices?: Prices; readonly prompt?: string } = {},
): readonly Chunk<ScriptedWire>[] {
  const chunks: Chunk<ScriptedWire>[] = [];
  const llm = scriptedProvider(from(events));
  const call = llm.call({ model: 'asked-for', ...(prices && { prices }) }, () => prompt);
  call().subscribe(([chunk]) => chunks.push(chunk));
  return chunks;
}
