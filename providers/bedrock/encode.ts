import type { ContentBlock, Message as ConverseMessage } from '@aws-sdk/client-bedrock-runtime';
import type {
  CallInput,
  EncodedCall,
  Message,
  Part,
  SystemMessage,
  ToolMessage,
} from '../../lib/index.ts';
import { encodeFormat } from './encode-format.ts';
import { encodeParams } from './encode-params.ts';
import { encodePart, isPart } from './encode-part.ts';
import { encodeTools } from './encode-tools.ts';
import { splitSystem } from './system.ts';
import type { BedrockWire } from './wire.ts';

/**
 * A call as a ConverseStream request.
 *
 * The messages given back include the instructions, which the request has in `system`, so that the next
 * turn has them too. Messages without content are left out of the request: they are refused.
 *
 * @throws {StreamError} `unsupported` for a part or a common parameter Converse does not take
 */
export function encodeCall(
  provider: string,
  input: CallInput<BedrockWire>,
): EncodedCall<BedrockWire> {
  const { model, messages, params, commonParams, format } = input;
  const encoded = [
    ...messages.filter(isInstruction).map((message) => encodeInstruction(provider, message)),
    ...withToolMessagesJoined(messages.filter((message) => !isInstruction(message))).map(
      (message) => encodeMessage(provider, message),
    ),
  ];
  const { system, conversation } = splitSystem(params.system ?? [], encoded);
  return {
    messages: encoded,
    request: {
      ...params,
      ...encodeParams(provider, params, commonParams),
      ...encodeTools(provider, input, conversation),
      ...encodeFormat(params, format),
      modelId: model,
      messages: conversation.filter(({ content }) => content?.length !== 0),
      ...(system.length > 0 && { system }),
    },
  };
}

type AnyMessage = Message | ConverseMessage;

/** The provider's own blocks, which are no parts, make a message of its own. */
const isInstruction = (message: AnyMessage): message is SystemMessage =>
  message.role === 'system' &&
  (typeof message.content === 'string' ||
    ((message.content ?? []) as readonly (Part | ContentBlock)[]).every(isPart));

const encodeInstruction = (provider: string, { content }: SystemMessage): ConverseMessage => ({
  role: 'system',
  content:
    typeof content === 'string'
      ? [{ text: content }]
      : content.flatMap((part) => encodePart(provider, part)),
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
    return {
      role: 'user',
      content: message.content.flatMap((part) => encodePart(provider, part)),
    };
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
