import type { CallContext } from './chunk.ts';
import { StreamError } from './stream-error.ts';
import { refusedTool, type InvalidTool, type ToolDefinition } from './tool.ts';
import type { ToolCall } from './tool-call.ts';
import type { Wire } from './wire.ts';

/** A call whose arguments did not all arrive: visible, and not to be run. */
export function cutOffTool<W extends Wire, D extends ToolDefinition = ToolDefinition>(
  { provider }: CallContext<W>,
  call: ToolCall,
): InvalidTool<W, D> {
  const error = new StreamError(provider.name, {
    code: 'invalid-tool-arguments',
    message: `Tool "${call.name}" was cut off while its arguments arrived; do not run it`,
  });
  return refusedTool(call, provider.toolCall(call), error);
}
