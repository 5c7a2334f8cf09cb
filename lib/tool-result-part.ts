import type { ToolResultPart } from './message.ts';
import type { ToolOutput } from './provider.ts';
import type { Wire } from './wire.ts';

/** What a tool gave, as a part of a message in common terms. An `Error` is a failure. */
export const toolResultPart = <W extends Wire>([
  { id, name },
  output,
]: ToolOutput<W>): ToolResultPart => ({
  type: 'tool_result',
  id,
  name,
  output,
  ...(output instanceof Error && { isError: true }),
});
