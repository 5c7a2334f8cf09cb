import type { ToolCall } from '../../lib/index.ts';
import { parseArguments } from '../../lib/tool.ts';
import type { GoogleWire } from './wire.ts';

/** A tool call as it stands in a part of the content. Arguments that are no object are left out. */
export function functionCallOf({ id, name, arguments: text }: ToolCall): GoogleWire['toolCall'] {
  const args = objectOf(text);
  return { ...(id !== null && { id }), name, ...(args && { args }) };
}

function objectOf(text: string): { [name: string]: unknown } | null {
  try {
    const value = parseArguments(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as { [name: string]: unknown })
      : null;
  } catch {
    return null;
  }
}
