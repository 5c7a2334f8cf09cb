import type Anthropic from '@anthropic-ai/sdk';
import type { CallInput, EncodedCall, Message, Part } from '../../lib/index.ts';
import { joinedToolMessages } from '../../lib/joined-tool-messages.ts';
import { encodeFormat } from './encode-format.ts';
import { encodeParams } from './encode-params.ts';
import { encodePart } from './encode-part.ts';
import { encodeTools } from './encode-tools.ts';
import { splitSystem } from './system.ts';
import type { AnthropicWire } from './wire.ts';

/**
 * A call as a Messages request. The messages given back include the system messages, which the request
 * has in `system`, so that the next turn has them too.
 *
 * @throws {StreamError} `unsupported` for a part or a common parameter the API does not take
 */
export function encodeCall(input: CallInput<AnthropicWire>): EncodedCall<AnthropicWire> {
  const { model, messages, params, commonParams, format } = input;
  // What else a user says in a row, the API joins by itself:
  // https://platform.claude.com/docs/en/agents-and-tools/tool-use/parallel-tool-use
  const encoded = joinedToolMessages(messages).map(encodeMessage).filter(saysSomething);
  const { system, conversation } = splitSystem(params.system, encoded);
  return {
    messages: encoded,
    request: {
      ...params,
      ...encodeParams(params, commonParams),
      ...encodeTools(input),
      ...encodeFormat(params, format),
      model,
      messages: [...conversation],
      stream: true,
      ...(system !== undefined && { system }),
    },
  };
}

type AnyMessage = Message | Anthropic.MessageParam;

/** Messages in common terms are translated, Anthropic's own go through untouched, part by part. */
function encodeMessage(message: AnyMessage): Anthropic.MessageParam {
  if (typeof message.content === 'string') return message as Anthropic.MessageParam;
  const parts = message.content as readonly (Part | Anthropic.ContentBlockParam)[];
  const content = parts.flatMap(encodePart);
  return {
    ...message,
    role: message.role === 'tool' ? 'user' : message.role,
    content,
  } as Anthropic.MessageParam;
}

/** The API refuses an assistant's turn without content, such as one that was refused or left at once. */
const saysSomething = ({ role, content }: Anthropic.MessageParam): boolean =>
  role !== 'assistant' || (typeof content === 'string' ? content.trim() : content).length > 0;
