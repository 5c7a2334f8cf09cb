import type { Content, ContentUnion, GenerateContentConfig, Part, PartUnion } from '@google/genai';
import type { CallInput, EncodedCall } from '../../lib/index.ts';
import { defined } from '../../lib/defined.ts';
import { encodeFormat } from './encode-format.ts';
import { encodeMessages } from './encode-message.ts';
import { encodeParams } from './encode-params.ts';
import { encodeTools } from './encode-tools.ts';
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
  commonParams,
  format,
}: CallInput<GoogleWire>): EncodedCall<GoogleWire> {
  const encoded = encodeMessages(model, messages);
  const isSystem = ({ role }: Content): boolean => role === 'system';
  const instructions = encoded.filter(isSystem).flatMap(({ parts }) => parts ?? []);
  const config: GenerateContentConfig = {
    ...encodeParams(commonParams),
    ...encodeFormat(format, params),
    ...defined(params),
    ...encodeTools(tools, commonParams.toolChoice, params),
    // Tools run here, or nowhere: the SDK would run `CallableTool`s out of sight.
    automaticFunctionCalling: { disable: true },
    ...(instructions.length > 0 && {
      systemInstruction: { parts: [...partsOf(params.systemInstruction), ...instructions] },
    }),
  };
  return {
    messages: encoded,
    request: { model, contents: encoded.filter((content) => !isSystem(content)), config },
  };
}

/** Everything an instruction may be, as parts. */
function partsOf(instruction: ContentUnion | undefined): readonly Part[] {
  if (instruction === undefined) return [];
  if (typeof instruction === 'object' && 'parts' in instruction) return instruction.parts ?? [];
  const parts = (Array.isArray(instruction) ? instruction : [instruction]) as readonly PartUnion[];
  return parts.map((part) => (typeof part === 'string' ? { text: part } : part));
}
