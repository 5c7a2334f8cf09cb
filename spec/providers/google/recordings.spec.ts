import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { google, type GoogleWire } from 'rx-llm/google';
import { describeRecordings, sseBorders } from '../../support/describe-recordings.ts';
import { recordingsOf, type Expected, type Recording } from '../../support/recordings.ts';

/** What recordings of Gemini expect besides. */
interface GeminiExpected extends Expected {
  readonly promptBlockReason?: string;
  readonly citations?: number;
  readonly groundingChunks?: number;
  readonly images?: readonly {
    readonly mime: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly reasoningSignatures?: readonly { readonly length: number; readonly sha256: string }[];
}

const sha256 = (data: Uint8Array | string): string =>
  createHash('sha256').update(data).digest('hex');

/** The expectations in this library's terms, where they are the recorder's own. */
function inOurTerms(recording: Recording): Recording {
  const expected = recording.expected as GeminiExpected;
  return {
    ...recording,
    expected: {
      ...expected,
      // A blocked prompt has no finish reason; its block reason stands in the place of one.
      finishReason: expected.finishReason ?? expected.promptBlockReason ?? null,
      toolCalls: expected.toolCalls.map(({ id, name, argsJson, argsValid }, position) => ({
        // Where the model gives no id, the call's position makes one.
        id: id ?? `call_${position}`,
        name,
        // Arguments are objects on the wire; the recordings hold Python's text of them.
        args: JSON.stringify(argsJson),
        argsJson,
        argsValid,
      })),
    },
  };
}

/** Vertex AI has fields of its own, which the SDK reads with a client of Vertex AI only. */
const isOfVertex = ({ body }: Recording): boolean =>
  /"(trafficType|citations)":/.test(new TextDecoder().decode(body));

describeRecordings<GoogleWire>({
  title: 'recorded Gemini responses',
  recordings: recordingsOf('gemini-sse', ['google']).map(inOurTerms),
  stream: (url, recording, tools) =>
    google.call(
      {
        model: 'recorded',
        clientOptions: {
          apiKey: 'test',
          vertexai: isOfVertex(recording),
          httpOptions: { baseUrl: url },
        },
        tools,
      },
      () => 'recorded',
    )(),
  borders: (recording) => {
    const borders = sseBorders(
      recording,
      (event) =>
        event.includes('"blockReason"') ||
        // Code that is still to run follows its own STOP.
        (/"finishReason":\s*"/.test(event) && !event.includes('"executableCode"')),
    );
    // A hand-made recording says STOP before it is over: what a cut gives there is the server's word.
    return borders.filter(({ evidence }, position) => !evidence || position === borders.length - 1);
  },
  usage: ({ input, output, reasoning, raw, ...rest }) => {
    const { toolUsePromptTokenCount = 0 } = raw as { toolUsePromptTokenCount?: number };
    return {
      ...rest,
      raw,
      reasoning,
      // The recordings hold the counts as sent.
      input: input === null ? null : input + toolUsePromptTokenCount,
      output: output === null ? null : output + (reasoning ?? 0),
    };
  },
  expectMore: ({ response, messageParam, commonFinishReasons }, recording) => {
    const expected = recording.expected as GeminiExpected;
    const [candidate] = response.candidates ?? [];
    const parts = candidate?.content?.parts ?? [];
    // The rebuilt response is of the SDK's class. Its getter warns of parts that are no text.
    if (parts.every(({ text }) => text !== undefined)) {
      expect(response.text ?? '').toBe(expected.text);
    }
    const images = parts
      .filter(({ inlineData }) => inlineData?.mimeType?.startsWith('image/'))
      .map(({ inlineData }) => {
        const bytes = Buffer.from(inlineData!.data!, 'base64');
        return { mime: inlineData!.mimeType, bytes: bytes.length, sha256: sha256(bytes) };
      });
    expect(images).toEqual(expected.images ?? []);
    const signatures = parts.flatMap(({ thoughtSignature = [] }) => thoughtSignature);
    expect(signatures.map((text) => ({ length: text.length, sha256: sha256(text) }))).toEqual(
      expected.reasoningSignatures ?? [],
    );
    const calls = parts.flatMap(({ functionCall }) => functionCall ?? []);
    expect(calls.map(({ name, args = {} }) => ({ name, args }))).toEqual(
      expected.toolCalls.map(({ name, argsJson }) => ({ name, args: argsJson })),
    );
    expect(candidate?.groundingMetadata?.groundingChunks?.length).toBe(expected.groundingChunks);
    expect(candidate?.citationMetadata?.citations?.length).toBe(expected.citations);
    if (parts.length > 0) expect(messageParam).toEqual({ role: 'model', parts });
    if (recording.features.some((feature) => /content-filter|prompt-blocked/.test(feature))) {
      expect(commonFinishReasons).toEqual(['content_filter']);
    }
  },
  expectError: (error, { expected }) => {
    const { message, code, status, grpcStatus } = expected.error as NonNullable<
      Expected['error']
    > & {
      readonly grpcStatus?: string;
    };
    expect(error.detail).toBe(message);
    expect(error.status).toBe(code);
    expect(error.providerCode).toBe(grpcStatus ?? status);
  },
});
