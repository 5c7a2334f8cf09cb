/** A piece of a tool call, as one event carries it. */
export interface ToolCallDelta {
  /** Position of the call in the turn, `null` where the provider does not number its calls. */
  readonly index: number | null;
  readonly id: string | null;
  readonly name: string | null;
  /** The next piece of the arguments' JSON text; `''` when there is none. */
  readonly arguments: string;
  /** Fields of the provider's own that belong to the call and must go back with it. */
  readonly extra?: ProviderFields;
  /**
   * True for a piece that cannot open a call. Where none is open it says nothing: on some wires the
   * pieces of a tool that the server runs itself look like those of a call.
   */
  readonly continues?: boolean;
}

/** A tool call as far as it has arrived. */
export interface ToolCall {
  /** Position of the call in the turn, as the provider numbers it. */
  readonly index: number;
  readonly id: string | null;
  readonly name: string;
  /** The arguments' JSON text. */
  readonly arguments: string;
  /** Fields of the provider's own. */
  readonly extra?: ProviderFields;
}

/** Fields this library does not know and carries along. */
export interface ProviderFields {
  readonly [name: string]: unknown;
}

/** The id a call is answered under: the provider's, or one made from its position where it gave none. */
export const idOf = (call: ToolCall): string => call.id ?? `call_${call.index}`;

/** Whether a tool is the one a call has become. */
export const isCallOf = (
  tool: { readonly id: string; readonly index: number },
  call: ToolCall,
): boolean => tool.index === call.index && tool.id === idOf(call);

/**
 * The calls after one more piece: it continues the call it belongs to, or opens a new one.
 *
 * A piece belongs to the call of its index, else of its id, else to the latest. A different id under
 * a known index is a new call: some servers number every call 0.
 *
 * Costs one short array per piece: as long as there are calls, whatever the length of their arguments.
 */
export function addToolCallDelta(
  calls: readonly ToolCall[],
  delta: ToolCallDelta,
): readonly ToolCall[] {
  const position = calls.findLastIndex((call) => belongs(call, delta));
  const call = calls[position];
  if (call === undefined) return delta.continues ? calls : [...calls, opened(calls, delta)];
  return calls.with(position, {
    ...call,
    id: call.id ?? (delta.id || null),
    name: call.name || (delta.name ?? ''),
    arguments: call.arguments + delta.arguments,
    ...(delta.extra && { extra: { ...call.extra, ...delta.extra } }),
  });
}

function belongs(call: ToolCall, { index, id, name }: ToolCallDelta): boolean {
  if (index !== null) return index === call.index && (!id || call.id === null || call.id === id);
  // Without an index a name begins a call, unless the piece repeats the call's id.
  return id ? call.id === id || (call.id === null && !name) : !name;
}

function opened(calls: readonly ToolCall[], delta: ToolCallDelta): ToolCall {
  return {
    index: delta.index ?? calls.length,
    id: delta.id || null,
    name: delta.name ?? '',
    arguments: delta.arguments,
    ...(delta.extra && { extra: delta.extra }),
  };
}
