import type {
  Content,
  ContentUnion,
  FunctionDeclaration,
  GenerateContentConfig,
  Part,
  PartUnion,
} from '@google/genai';
import type {
  CallInput,
  EncodedCall,
  Message,
  Part as CommonPart,
  ToolDefinition,
} from '../../lib/index.ts';
import { encodeMedia } from './media.ts';
import { encodeToolResult } from './tool-result.ts';
import type { GoogleWire } from './wire.ts';

/**
 * A call as a request. System messages are messages of role `system` in the list for the next turn, and
 * the request's `systemInstruction`, after what the caller has put there.
 */
export function encodeCall({
  model,
  messages,
  tools,
  params,
}: CallInput<GoogleWire>): EncodedCall<GoogleWire> {
  const encoded = together(messages).map((message) => encodeMessage(model, message));
  const isSystem = ({ role }: Content): boolean => role === 'system';
  const instructions = encoded.filter(isSystem).flatMap(({ parts }) => parts ?? []);
  const config: GenerateContentConfig = {
    ...params,
    // Tools run here, or nowhere: the SDK would run `CallableTool`s out of sight.
    automaticFunctionCalling: { disable: true },
    ...(instructions.length > 0 && {
      systemInstruction: { parts: [...partsOf(params.systemInstruction), ...instructions] },
    }),
    ...(tools.length > 0 && {
      tools: [...(params.tools ?? []), { functionDeclarations: tools.map(encodeTool) }],
    }),
    ...(tools.some(({ strict }) => strict) && { toolConfig: validated(params.toolConfig) }),
  };
  return {
    messages: encoded,
    request: { model, contents: encoded.filter((content) => !isSystem(content)), config },
  };
}

function encodeTool({ name, description, parameters }: ToolDefinition): FunctionDeclaration {
  // Gemini's list of keywords lacks `$schema`.
  const { $schema: _dialect, ...parametersJsonSchema } = parameters;
  return { name, ...(description !== null && { description }), parametersJsonSchema };
}

/** Function calling has one mode for all tools: `VALIDATED` is the one that follows the schemas. */
function validated(
  toolConfig: GenerateContentConfig['toolConfig'],
): NonNullable<GenerateContentConfig['toolConfig']> {
  // A wide type: the SDK's constant is a value, and values are not imported here.
  const functionCallingConfig: object = {
    mode: 'VALIDATED',
    ...toolConfig?.functionCallingConfig,
  };
  return { ...toolConfig, functionCallingConfig };
}

/** Everything an instruction may be, as parts. */
function partsOf(instruction: ContentUnion | undefined): readonly Part[] {
  if (instruction === undefined) return [];
  if (typeof instruction === 'object' && 'parts' in instruction) return instruction.parts ?? [];
  const parts = (Array.isArray(instruction) ? instruction : [instruction]) as readonly PartUnion[];
  return parts.map((part) => (typeof part === 'string' ? { text: part } : part));
}

type AnyMessage = Message | Content;

/** Results of tools that follow each other belong together: the API wants those of a turn in one message. */
function together(messages: readonly AnyMessage[]): readonly AnyMessage[] {
  const joint: AnyMessage[] = [];
  for (const message of messages) {
    const last = joint.at(-1);
    if (last && isToolMessage(last) && isToolMessage(message)) {
      joint[joint.length - 1] = { role: 'tool', content: [...last.content, ...message.content] };
    } else {
      joint.push(message);
    }
  }
  return joint;
}

const isToolMessage = (message: AnyMessage): message is Extract<Message, { role: 'tool' }> =>
  isCommon(message) && message.role === 'tool';

const isCommon = (message: AnyMessage): message is Message => 'content' in message;

const roles = { system: 'system', user: 'user', assistant: 'model', tool: 'user' } as const;

/** Messages in common terms are translated, Gemini's own go through untouched. */
function encodeMessage(model: string, message: AnyMessage): Content {
  if (!isCommon(message)) return message;
  const { role, content } = message;
  if (typeof content === 'string') return { role: roles[role], parts: [{ text: content }] };
  const parts = content.flatMap(encodePart);
  return { role: roles[role], parts: role === 'assistant' ? signed(model, parts) : parts };
}

/** Gemini's own parts go through. Thinking is left out: without its signature it is not accepted. */
function encodePart(part: CommonPart | Part): readonly Part[] {
  if (!('type' in part)) return [part];
  switch (part.type) {
    case 'text':
      return [{ text: part.text }];
    case 'image':
    case 'audio':
    case 'document':
      return [encodeMedia(part)];
    case 'thinking':
      return [];
    case 'tool_call': {
      const { id, name, args } = part;
      return [{ functionCall: { id, name, ...(isRecord(args) && { args }) } }];
    }
    case 'tool_result':
      return [encodeToolResult({ ...part, isError: part.isError ?? part.output instanceof Error })];
  }
}

/** Arguments are an object on this wire; the text of broken ones has no place in it. */
const isRecord = (value: unknown): value is { [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Gemini 3 refuses a turn whose first call has no thought signature. Common terms have none, for the
 * call may be another provider's: there this takes its place.
 *
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
function signed(model: string, parts: readonly Part[]): Part[] {
  const first = parts.findIndex(({ functionCall }) => functionCall);
  const call = parts[first];
  if (call === undefined || call.thoughtSignature || !wantsSignatures.test(model))
    return [...parts];
  return parts.with(first, { ...call, thoughtSignature: 'skip_thought_signature_validator' });
}

/** `gemini-3-pro`, `gemini-3.1-…`, and the aliases of whatever is newest. */
const wantsSignatures = /gemini-(?:[3-9]|\d\d|(?:pro|flash|flash-lite)-latest)/;
