import type Anthropic from '@anthropic-ai/sdk';
import type { CallInput, ToolChoice, ToolDefinition } from '../../lib/index.ts';
import { encodeCacheControl } from './cache-control.ts';
import { claudeSchema } from './claude-schema.ts';
import type { AnthropicWire } from './wire.ts';

/** The tools of a call behind the caller's own, and the choice among them. */
export function encodeTools({
  tools,
  params,
  commonParams,
}: Pick<CallInput<AnthropicWire>, 'tools' | 'params' | 'commonParams'>): Pick<
  AnthropicWire['request'],
  'tools' | 'tool_choice'
> {
  const offered = [...(params.tools ?? []), ...tools.map(encodeTool)];
  const choice =
    params.tool_choice ?? encodeToolChoice(commonParams.toolChoice, offered.length > 0);
  return {
    ...(offered.length > 0 && { tools: offered }),
    ...(choice && { tool_choice: choice }),
  };
}

function encodeTool({
  name,
  description,
  parameters,
  strict,
  cacheControl,
}: ToolDefinition): Anthropic.Tool {
  return {
    name,
    ...(description !== null && { description }),
    // A tool's schema is one of an object, or the API refuses it with its own words.
    input_schema: {
      ...(strict === true ? claudeSchema(parameters) : parameters),
    } as Anthropic.Tool.InputSchema,
    ...(strict !== null && { strict }),
    ...encodeCacheControl(cacheControl),
  };
}

/** Without tools the API refuses a choice, also one that comes to the same: `auto` and `none`. */
function encodeToolChoice(
  choice: ToolChoice | undefined,
  hasTools: boolean,
): Anthropic.ToolChoice | null {
  switch (choice) {
    case undefined:
      return null;
    case 'auto':
    case 'none':
      return hasTools ? { type: choice } : null;
    case 'required':
      return { type: 'any' };
    default:
      return { type: 'tool', name: choice.name };
  }
}
