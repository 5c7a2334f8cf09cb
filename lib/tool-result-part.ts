import type { ToolResultPart } from './message.ts';
import type { ToolOutput } from './provider.ts';
import type { Wire } from './wire.ts';

/** What a tool gave, as a part of a message in common terms. An `Error` is a failure, and so is what
 * is said of a call that could not run. */
export const toolResultPart = <W extends Wire>([
  { id, name, error },
  output,
]: ToolOutput<W>): ToolResultPart => ({
  type: 'tool_result',
  id,
  name,
  output,
  ...((error !== null || output instanceof Error) && { isError: true }),
});
