import type { ContentBlock, Message as ConverseMessage } from '@aws-sdk/client-bedrock-runtime';
import type {
  CallInput,
  EncodedCall,
  Message,
  Part,
  SystemMessage,
  TextPart,
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
 * turn has them too, each message by itself. In the request those without content are left out and
 * neighbours of one role are one: the service refuses both.
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
    ...messages
      .filter((message) => !isInstruction(message))
      .map((message) => encodeMessage(provider, message)),
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
      messages: joined(conversation.filter(({ content }) => content?.length !== 0)),
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
  content: partsOf(content).flatMap((part) => encodePart(provider, part)),
});

const partsOf = <P>(content: string | readonly P[]): readonly (P | TextPart)[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;

/** Turns of the two roles must alternate. Results of tools are the user's, and so is what is said after them. */
function joined(messages: readonly ConverseMessage[]): ConverseMessage[] {
  const turns: ConverseMessage[] = [];
  for (const message of messages) {
    const before = turns.at(-1);
    if (before !== undefined && before.role === message.role) {
      const content = [...(before.content ?? []), ...(message.content ?? [])];
      turns[turns.length - 1] = { role: message.role, content };
    } else {
      turns.push(message);
    }
  }
  return turns;
}

/** Messages in common terms are translated, the provider's own go through untouched, part by part. */
function encodeMessage(provider: string, message: AnyMessage): ConverseMessage {
  const parts = partsOf<Part | ContentBlock>(message.content ?? []);
  const { role } = message;
  if (role !== 'tool' && !parts.some(isPart)) return message as ConverseMessage;
  return {
    role: role === 'tool' ? 'user' : role,
    content: parts.flatMap((part) => (isPart(part) ? encodePart(provider, part) : [part])),
  };
}
