import { idOf, type ToolCall, type ToolCallDelta } from '../../lib/index.ts';
import { toolCallId } from './tool-call-id.ts';
import type { MistralWire } from './wire.ts';

/** A tool call as servers of this wire send it, wider than the SDK's type: any part may be missing. */
export interface WireToolCall {
  readonly id?: string | null;
  readonly index?: number | null;
  readonly type?: string;
  readonly function?: {
    readonly name?: string | null;
    /** JSON text, or the arguments themselves. */
    readonly arguments?: object | string | null;
  } | null;
  readonly [field: string]: unknown;
}

/** A tool call, or a piece of one, in common terms. */
export function decodeToolCall(call: WireToolCall): ToolCallDelta {
  const { index, id, type: _type, function: called, ...extra } = call;
  return {
    index: index ?? null,
    // The server's and the SDK's word for a piece that has no id: it continues the call before it.
    id: id === 'null' ? null : (id ?? null),
    name: called?.name ?? null,
    arguments: textOf(called?.arguments ?? ''),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

const textOf = (args: object | string): string =>
  typeof args === 'string' ? args : JSON.stringify(args);

/** A complete call as it stands in the assistant's message. */
export const toolCallOf = (call: ToolCall): MistralWire['toolCall'] => ({
  ...call.extra,
  // The server takes back the ids it gave.
  id: call.id ?? toolCallId(idOf(call)),
  type: 'function',
  function: { name: call.name, arguments: call.arguments },
  index: call.index,
});
