import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { bedrock, type BedrockWire } from 'rx-llm/bedrock';
import { frameEnds, readFrame } from '../../support/bedrock-writer.ts';
import { describeRecordings } from '../../support/describe-recordings.ts';
import { recordingsOf } from '../../support/recordings.ts';

/** The counts the SDK knows; others of the recordings it drops (`serverToolUsage`, `…TokenCount`). */
const knownCounts = [
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'cacheReadInputTokens',
  'cacheWriteInputTokens',
];

describeRecordings<BedrockWire>({
  title: 'recorded ConverseStream responses',
  recordings: recordingsOf('bedrock-converse', ['bedrock']),
  stream: (url, _recording, tools) =>
    bedrock.call(
      {
        model: 'recorded',
        clientOptions: {
          region: 'us-east-1',
          endpoint: url,
          credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
          requestHandler: new NodeHttpHandler(),
        },
        tools,
      },
      () => 'recorded',
    )(),
  borders: ({ body }) => {
    let start = 0;
    let evidence = false;
    return frameEnds(body).map((end) => {
      evidence ||= readFrame(body.subarray(start, end)).type === 'messageStop';
      start = end;
      return { end, evidence };
    });
  },
  usage: (usage) => {
    const { raw, ...counts } = usage as typeof usage & { readonly cacheCreation: number | null };
    return {
      ...counts,
      // Common input includes what was read from and written to the cache.
      input: (counts.input ?? 0) + (counts.cachedInput ?? 0) + (counts.cacheCreation ?? 0),
      raw: Object.fromEntries(
        Object.entries(raw as object).filter(([name]) => knownCounts.includes(name)),
      ),
    };
  },
  expectMore: ({ response, messageParam }, { expected, body }) => {
    const { content = [] } = response.output?.message ?? {};
    const texts = content.flatMap(({ text, citationsContent }) =>
      text === undefined ? (citationsContent?.content?.map((part) => part.text) ?? []) : [text],
    );
    expect(texts.join('')).toBe(expected.text);
    expect(response.stopReason).toBe(expected.finishReason);
    expect(content.flatMap(({ toolUse }) => (toolUse ? [toolUse.input] : []))).toEqual(
      expected.toolCalls.map(({ argsJson }) => argsJson),
    );
    // One block for each index on the wire, in order.
    const indexes = payloadsOf(body).map(({ contentBlockIndex }) => contentBlockIndex);
    expect(content).toHaveLength(new Set(indexes.filter((index) => index !== undefined)).size);
    const { reasoningSignatures, citations } = expected as {
      readonly reasoningSignatures?: readonly {
        readonly length: number;
        readonly sha256: string;
      }[];
      readonly citations?: number;
    };
    const signatures = content.flatMap(
      ({ reasoningContent }) => reasoningContent?.reasoningText?.signature ?? [],
    );
    expect(signatures.map((text) => ({ length: text.length, sha256: sha256(text) }))).toEqual(
      reasoningSignatures ?? [],
    );
    expect(
      content.flatMap(({ citationsContent }) => citationsContent?.citations ?? []),
    ).toHaveLength(citations ?? 0);
    expect(messageParam.content).toEqual(content.filter(({ text }) => text !== ''));
    const [trace] = payloadsOf(body).flatMap((payload) => payload.trace ?? []);
    expect(response.trace?.guardrail?.actionReason).toBe(trace?.guardrail.actionReason);
  },
  expectError: (error, { expected, headers }) => {
    const { message, status = null, type = null } = expected.error!;
    expect(error).toMatchObject({ detail: message, status });
    const named = headers['x-amzn-errortype']?.split(':')[0] ?? type;
    expect(error.providerCode?.toLowerCase() ?? null).toBe(named?.toLowerCase() ?? null);
    expect(error.code).toBe(
      { 400: 'invalid-request', 403: 'authentication' }[status ?? 0] ?? 'server',
    );
  },
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Payload {
  readonly contentBlockIndex?: number;
  readonly trace?: { readonly guardrail: { readonly actionReason: string } };
}

function payloadsOf(body: Uint8Array): readonly Payload[] {
  let start = 0;
  return frameEnds(body).map((end) => {
    const { payload } = readFrame(body.subarray(start, end));
    start = end;
    return payload as Payload;
  });
}
