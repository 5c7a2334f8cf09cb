import type { ChatCompletionStreamRequestTool } from '@mistralai/mistralai/models/components';
import { closedSchema, type ToolDefinition } from '../../lib/index.ts';

/** A tool to offer. One that is to be followed to the letter takes closed objects. */
export const encodeTool = ({
  name,
  description,
  parameters,
  strict,
}: ToolDefinition): ChatCompletionStreamRequestTool => ({
  type: 'function',
  function: {
    name,
    parameters: { ...(strict ? closedSchema(parameters) : parameters) },
    ...(description !== null && { description }),
    ...(strict !== null && { strict }),
  },
});
