import type { Message, Tool, ToolChoice } from '@aws-sdk/client-bedrock-runtime';
import type { CallInput, CommonParams, ToolDefinition } from '../../lib/index.ts';
import { grammarSchema } from '../../lib/grammar-schema.ts';
import { unsupported } from '../../lib/unsupported.ts';
import { encodeCachePoint } from './cache-point.ts';
import type { BedrockWire } from './wire.ts';

/**
 * The tools of a call behind the caller's own, and the choice among them.
 *
 * Converse has no choice `none`: no tools are offered then. That cannot be done in a conversation that holds
 * calls or results, which the service refuses without tools.
 *
 * @throws {StreamError} `unsupported` for the choice `none` in such a conversation
 */
export function encodeTools(
  provider: string,
  {
    tools,
    params,
    commonParams,
  }: Pick<CallInput<BedrockWire>, 'tools' | 'params' | 'commonParams'>,
  conversation: readonly Message[],
): Pick<BedrockWire['request'], 'toolConfig'> {
  const own = params.toolConfig;
  const offered = [...(own?.tools ?? []), ...tools.flatMap(encodeTool)];
  const choice = own?.toolChoice === undefined ? commonParams.toolChoice : undefined;
  if (choice === 'none') {
    if (offered.length === 0 || !conversation.some(holdsTools)) {
      return own === undefined ? {} : { toolConfig: undefined };
    }
    const instead = "say 'auto', or leave the tool calls and their results out";
    throw unsupported(provider, "toolChoice 'none' after tool calls", instead);
  }
  const toolChoice = encodeToolChoice(choice, offered);
  if (offered.length === 0 && toolChoice === null) return {};
  return { toolConfig: { ...own, tools: offered, ...(toolChoice && { toolChoice }) } };
}

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/tool-use-inference-call.html */
const holdsTools = ({ content = [] }: Message): boolean =>
  content.some(({ toolUse, toolResult }) => (toolUse ?? toolResult) !== undefined);

function encodeToolChoice(
  choice: Exclude<CommonParams['toolChoice'], 'none'>,
  offered: readonly Tool[],
): ToolChoice | null {
  switch (choice) {
    case undefined:
    case 'auto':
      // The service's own default, which models that know no choice of tools have too.
      return null;
    case 'required':
      return { any: {} };
    default:
      // Fewer models know `tool` than `any`, which comes to the same where there is but one.
      return isOnly(choice.name, offered) ? { any: {} } : { tool: { name: choice.name } };
  }
}

function isOnly(name: string, offered: readonly Tool[]): boolean {
  const [first, ...more] = offered.filter(({ cachePoint }) => cachePoint === undefined);
  return more.length === 0 && first?.toolSpec?.name === name;
}

function encodeTool({
  name,
  description,
  parameters,
  strict,
  cacheControl,
}: ToolDefinition): readonly Tool[] {
  const schema = strict === true ? grammarSchema(parameters) : parameters;
  const toolSpec = {
    name,
    // An empty description is refused.
    ...(description?.trim() && { description }),
    inputSchema: { json: { ...schema } as JsonObject },
    ...(strict !== null && { strict }),
  };
  return [{ toolSpec }, ...encodeCachePoint(cacheControl)];
}

type JsonObject = NonNullable<
  Exclude<NonNullable<NonNullable<Tool['toolSpec']>['inputSchema']>['json'], undefined>
>;
