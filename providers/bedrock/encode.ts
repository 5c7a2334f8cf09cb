import type {
  ContentBlock,
  Message as ConverseMessage,
  Tool,
} from '@aws-sdk/client-bedrock-runtime';
import type {
  AssistantPart,
  CallInput,
  EncodedCall,
  Message,
  Part,
  SystemMessage,
  ToolDefinition,
  ToolMessage,
} from '../../lib/index.ts';
import { encodeMedia } from './media.ts';
import { splitSystem } from './system.ts';
import { sendableInput } from './tool-input.ts';
import { encodeToolResult } from './tool-result.ts';
import type { BedrockWire } from './wire.ts';

/**
 * A call as a ConverseStream request. Tools go into `toolConfig`, behind the caller's own.
 *
 * The messages given back include the instructions, which the request has in `system`, so that the next
 * turn has them too. Messages without content are left out of the request: they are refused.
 */
export function encodeCall(
  provider: string,
  { model, messages, tools, params }: CallInput<BedrockWire>,
): EncodedCall<BedrockWire> {
  const encoded = [
    ...messages.filter(isInstruction).map(encodeInstruction),
    ...withToolMessagesJoined(messages.filter((message) => !isInstruction(message))).map(
      (message) => encodeMessage(provider, message),
    ),
  ];
  const { system, conversation } = splitSystem(params.system ?? [], encoded);
  const offered = [...(params.toolConfig?.tools ?? []), ...tools.map(encodeTool)];
  return {
    messages: encoded,
    request: {
      ...params,
      modelId: model,
      messages: conversation.filter(({ content }) => content?.length !== 0),
      ...(system.length > 0 && { system }),
      ...(offered.length > 0 && { toolConfig: { ...params.toolConfig, tools: offered } }),
    },
  };
}

type AnyMessage = Message | ConverseMessage;

const isInstruction = (message: AnyMessage): message is SystemMessage =>
  message.role === 'system' && typeof message.content === 'string';

const encodeInstruction = ({ content }: SystemMessage): ConverseMessage => ({
  role: 'system',
  content: [{ text: content }],
});

/** Results of one turn must stand in one message; conversations in common terms may have one for each. */
function withToolMessagesJoined(messages: readonly AnyMessage[]): readonly AnyMessage[] {
  const joined: AnyMessage[] = [];
  for (const message of messages) {
    const before = joined.at(-1);
    if (isToolMessage(message) && before !== undefined && isToolMessage(before)) {
      joined[joined.length - 1] = {
        role: 'tool',
        content: [...before.content, ...message.content],
      };
    } else {
      joined.push(message);
    }
  }
  return joined;
}

const isToolMessage = (message: AnyMessage): message is ToolMessage => message.role === 'tool';

/** Messages in common terms are translated, the provider's own go through untouched, part by part. */
function encodeMessage(provider: string, message: AnyMessage): ConverseMessage {
  if (isToolMessage(message)) {
    return { role: 'user', content: message.content.map(encodeToolResult) };
  }
  const { role, content } = message;
  if (typeof content === 'string') return { role, content: [{ text: content }] };
  const parts = (content ?? []) as readonly (Part | ContentBlock)[];
  if (!parts.some(isPart)) return message as ConverseMessage;
  return {
    role,
    content: parts.flatMap((part) => (isPart(part) ? encodePart(provider, part) : [part])),
  };
}

/** The provider's own blocks have no `type`: their one field says what they are. */
const isPart = (part: Part | ContentBlock): part is Part => 'type' in part;

function encodePart(provider: string, part: Part): readonly ContentBlock[] {
  switch (part.type) {
    case 'text':
      // An empty text block is refused.
      return part.text === '' ? [] : [{ text: part.text }];
    case 'thinking':
      // Left out: without the signature of the model, which common terms do not have, it is refused.
      return [];
    case 'tool_call':
      return [encodeToolCall(part)];
    case 'tool_result':
      return [encodeToolResult(part)];
    case 'image':
    case 'audio':
    case 'document':
      return [encodeMedia(provider, part)];
  }
}

const encodeToolCall = ({
  id,
  name,
  args,
}: Extract<AssistantPart, { type: 'tool_call' }>): ContentBlock => ({
  toolUse: { toolUseId: id, name, input: sendableInput(args) },
});

function encodeTool({ name, description, parameters, strict }: ToolDefinition): Tool {
  return {
    toolSpec: {
      name,
      // An empty description is refused.
      ...(description?.trim() && { description }),
      inputSchema: { json: { ...parameters } as JsonObject },
      ...(strict !== null && { strict }),
    },
  };
}

type JsonObject = NonNullable<
  Exclude<NonNullable<NonNullable<Tool['toolSpec']>['inputSchema']>['json'], undefined>
>;
