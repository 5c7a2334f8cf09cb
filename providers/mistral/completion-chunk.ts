import type { CompletionChunk } from '@mistralai/mistralai/models/components';

/**
 * An event of the wire as the SDK has it: camel case, content parts of a type it does not know wrapped.
 *
 * Unlike the SDK's own reading this is total and keeps everything: fields that are missing stay missing
 * (the SDK refuses the whole chunk, or puts `"null"` and 0 in their place), fields it does not know stay
 * under the name they have on the wire (the SDK drops them, except in `usage`, where it does the same).
 */
export const completionChunkOf = (event: unknown): CompletionChunk =>
  // Of what the server really sent, the SDK's type is a promise.
  objectOf(chunkShape)(event) as CompletionChunk;

type Convert = (value: unknown) => unknown;

/** The fields the SDK names or reads in its own way, by their name on the wire. */
interface Shape {
  readonly [wireName: string]: { readonly name?: string; readonly convert?: Convert };
}

function objectOf(shape: Shape): Convert {
  return (value) => {
    if (!isFields(value)) return value;
    const result: Record<string, unknown> = {};
    for (const wireName in value) {
      const known = Object.hasOwn(shape, wireName) ? shape[wireName] : undefined;
      const { name = wireName, convert } = known ?? {};
      result[name] = convert ? convert(value[wireName]) : value[wireName];
    }
    return result;
  };
}

const listOf =
  (convert: Convert): Convert =>
  (value) =>
    Array.isArray(value) ? value.map(convert) : value;

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const reference: Shape = { reference_ids: { name: 'referenceIds' } };

const partShapes: Readonly<Record<string, Shape>> = {
  text: {},
  thinking: { thinking: { convert: listOf(objectOf(reference)) } },
  reference,
  image_url: { image_url: { name: 'imageUrl' } },
  document_url: {
    document_url: { name: 'documentUrl' },
    document_name: { name: 'documentName' },
  },
  file: { file_id: { name: 'fileId' } },
  input_audio: { input_audio: { name: 'inputAudio' } },
};

/** A content part. The SDK gives those it does not know as they came, in a wrapper of type `UNKNOWN`. */
function partOf(part: unknown): unknown {
  const type = isFields(part) ? part['type'] : undefined;
  const shape =
    typeof type === 'string' && Object.hasOwn(partShapes, type) ? partShapes[type] : undefined;
  return shape ? objectOf(shape)(part) : { raw: part, type: 'UNKNOWN', isUnknown: true };
}

const deltaShape: Shape = {
  content: { convert: listOf(partOf) },
  tool_calls: { name: 'toolCalls' },
  tool_call_id: { name: 'toolCallId' },
};

const choiceShape: Shape = {
  delta: { convert: objectOf(deltaShape) },
  finish_reason: { name: 'finishReason' },
};

const usageShape: Shape = {
  prompt_tokens: { name: 'promptTokens' },
  completion_tokens: { name: 'completionTokens' },
  total_tokens: { name: 'totalTokens' },
  prompt_audio_seconds: { name: 'promptAudioSeconds' },
  service_tier: { name: 'serviceTier' },
};

const chunkShape: Shape = {
  choices: { convert: listOf(objectOf(choiceShape)) },
  usage: { convert: objectOf(usageShape) },
};
