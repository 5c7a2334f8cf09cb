import { jsonReader, type JsonReader } from './json/json-reader.ts';
import type { OpenToolCalls } from './open-tool-calls.ts';
import { partialTool, type PartialTool } from './partial-tool.ts';
import type { ToolCall } from './tool-call.ts';
import type { ToolDefinition } from './tool.ts';

/** The arguments of a call none of which has arrived. */
const noArgs: object = Object.freeze({});

/**
 * Follows the calls of a turn piece by piece: gives the partial tool that a piece makes of its call,
 * `null` for a call of no declared tool. What came of a call before its name comes with the piece that has
 * the name. Keeps what it has read of each call that is open.
 *
 * A piece costs what it is long, not what came before it.
 */
export function partialTools(
  provider: string,
  definitions: readonly ToolDefinition[],
): (before: OpenToolCalls, after: OpenToolCalls, delta: string) => PartialTool | null {
  const declared = new Set(definitions.map(({ name }) => name));
  const readers = new WeakMap<ToolCall, JsonReader>();
  return (before, after, delta) => {
    const position = after.calls.findIndex((call, at) => call !== before.calls[at]);
    const call = after.calls[position];
    if (call === undefined || !declared.has(call.name)) return null;
    const known = before.calls[position];
    const begun = known && readers.get(known);
    const reader = begun ?? jsonReader();
    const unread = begun === undefined ? call.arguments : delta;
    readers.set(call, reader);
    reader.push(unread);
    return partialTool(provider, call, unread, reader.value ?? noArgs);
  };
}
