import {
  StreamError,
  type AssistantPart,
  type CallInput,
  type EncodedCall,
  type Message,
  type Part,
  type ToolDefinition,
  type ToolOutput,
  type ToolResultPart,
} from '../../lib/index.ts';
import { toBase64 } from '../../lib/base64.ts';
import { outputText } from '../../lib/output-text.ts';
import type { ChatCompletionsWire } from './wire.ts';

type WireMessage = ChatCompletionsWire['message'];
type WireTools = NonNullable<ChatCompletionsWire['params']['tools']>;

/** A call as a Chat Completions request. Usage is asked for unless the caller says otherwise. */
export function encodeCall(
  provider: string,
  { model, messages, tools, params }: CallInput<ChatCompletionsWire>,
): EncodedCall<ChatCompletionsWire> {
  const encoded = messages.flatMap((message) => encodeMessage(provider, message));
  const offered = [...(params.tools ?? []), ...tools.map(encodeTool)];
  return {
    messages: encoded,
    request: {
      ...params,
      model,
      messages: encoded,
      stream: true,
      stream_options: { include_usage: true, ...params.stream_options },
      ...(offered.length > 0 && { tools: offered }),
    },
  };
}

function encodeTool({ name, description, parameters, strict }: ToolDefinition): WireTools[number] {
  return {
    type: 'function',
    function: {
      name,
      parameters: { ...parameters },
      ...(description !== null && { description }),
      ...(strict !== null && { strict }),
    },
  };
}

/** Messages in common terms are translated, the wire's own go through untouched, part by part. */
function encodeMessage(provider: string, message: Message | WireMessage): readonly WireMessage[] {
  if (!('content' in message) || !Array.isArray(message.content)) return [message as WireMessage];
  const parts = message.content as readonly (Part | object)[];
  if (message.role === 'tool' && parts.length > 0 && parts.every(isToolResult))
    return parts.map(encodeToolResult);
  if (message.role === 'assistant') return [encodeAssistant(message, parts)];
  const content = parts.map((part) => encodePart(provider, part));
  return [{ ...message, content } as WireMessage];
}

const isToolResult = (part: Part | object): part is ToolResultPart =>
  'type' in part && part.type === 'tool_result';

const encodeToolResult = ({ id, output }: ToolResultPart): WireMessage => ({
  role: 'tool',
  tool_call_id: id,
  content: outputText(output),
});

/** Results of tools as messages of the next turn. */
export const encodeToolOutputs = (
  outputs: readonly ToolOutput<ChatCompletionsWire>[],
): readonly WireMessage[] =>
  outputs.map(([{ id, name }, output]) =>
    encodeToolResult({ type: 'tool_result', id, name, output }),
  );

/** Thinking is left out: this wire has no field to send it back in. */
function encodeAssistant(
  message: Message | WireMessage,
  parts: readonly (Part | object)[],
): WireMessage {
  const calls = parts.filter(isPart('tool_call'));
  const content = parts.filter((part) => !isPart('tool_call')(part) && !isPart('thinking')(part));
  return {
    ...message,
    content: content.length > 0 ? content : calls.length > 0 ? null : '',
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, args }) => ({
        id,
        type: 'function',
        function: { name, arguments: outputText(args) || '{}' },
      })),
    }),
  } as WireMessage;
}

const isPart =
  <Type extends AssistantPart['type']>(type: Type) =>
  (part: Part | object): part is Extract<AssistantPart, { type: Type }> =>
    'type' in part && part.type === type;

function encodePart(provider: string, part: Part | object): object {
  if (!('type' in part)) return part;
  switch (part.type) {
    case 'image': {
      const { detail } = part;
      const url = urlOf(part, 'image/png');
      return { type: 'image_url', image_url: { url, ...(detail && { detail }) } };
    }
    case 'audio':
      return { type: 'input_audio', input_audio: inputAudio(provider, part) };
    case 'document':
      return { type: 'file', file: file(provider, part) };
    default:
      return part;
  }
}

type MediaPart = Extract<Part, { type: 'image' | 'audio' | 'document' }>;

const base64Of = (data: Uint8Array | string): string =>
  typeof data === 'string' ? data : toBase64(data);

const urlOf = ({ url, data, mediaType }: MediaPart, defaultType: string): string =>
  data === undefined ? (url ?? '') : `data:${mediaType ?? defaultType};base64,${base64Of(data)}`;

/** How the wire names the formats of sound it takes. */
const audioFormats: ReadonlyMap<string, 'wav' | 'mp3'> = new Map([
  ['audio/wav', 'wav'],
  ['audio/wave', 'wav'],
  ['audio/x-wav', 'wav'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp3', 'mp3'],
]);

/** The wire takes sound as data only. */
function inputAudio(provider: string, { data, mediaType = 'audio/wav' }: MediaPart): object {
  if (data === undefined) throw unsupported(provider, 'audio by URL', 'give its data');
  const [essence = ''] = mediaType.toLowerCase().split(';');
  const format = audioFormats.get(essence.trim());
  if (format === undefined)
    throw unsupported(provider, `audio of type ${mediaType}`, 'use WAV or MP3');
  return { data: base64Of(data), format };
}

function file(provider: string, part: Extract<Part, { type: 'document' }>): object {
  if (part.data === undefined) throw unsupported(provider, 'documents by URL', 'give their data');
  return { filename: part.name ?? 'document.pdf', file_data: urlOf(part, 'application/pdf') };
}

const unsupported = (provider: string, what: string, instead: string): StreamError =>
  new StreamError(provider, {
    code: 'unsupported',
    message: `Chat Completions does not take ${what}; ${instead}`,
  });
