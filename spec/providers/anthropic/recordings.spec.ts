import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import type Anthropic from '@anthropic-ai/sdk';
import { anthropic, type AnthropicWire } from 'rx-llm/anthropic';
import { describeRecordings, sseBorders } from '../../support/describe-recordings.ts';
import { recordingsOf, type Expected, type Recording } from '../../support/recordings.ts';

/** What the recordings of this provider tell beside the rest. */
interface AnthropicExpected extends Expected {
  readonly blockTypes?: readonly string[];
  readonly textBlocks?: readonly string[];
  readonly citations?: number;
  readonly stopSequence?: string;
  readonly reasoningSignatures?: readonly { readonly length: number; readonly sha256: string }[];
  readonly eventTypes?: { readonly ping?: number };
}

const expectedOf = ({ expected }: Recording): AnthropicExpected => expected;

const pingsIn = (recording: Recording): number => expectedOf(recording).eventTypes?.ping ?? 0;

describeRecordings<AnthropicWire>({
  title: 'recorded Messages responses',
  recordings: recordingsOf('anthropic-messages', ['anthropic']).map(withRefusal),
  stream: (url, _recording, tools) =>
    anthropic.call(
      { model: 'recorded', clientOptions: { apiKey: 'test', baseURL: url }, tools },
      () => 'recorded',
    )(),
  borders: (recording) => sseBorders(recording, (event) => /"type":\s*"message_stop"/.test(event)),
  chunkCount: (recording) => recording.expected.chunkCount - pingsIn(recording),
  // The recordings count the input as Anthropic does, without what was read from or written to the cache.
  usage: ({ input, output, cachedInput, reasoning, raw }) => {
    const { cache_creation_input_tokens: written } = raw as Anthropic.Usage;
    const all = (input ?? 0) + (cachedInput ?? 0) + (written ?? 0);
    return { input: all, output, total: all + (output ?? 0), cachedInput, reasoning, raw };
  },
  expectMore: ({ response, content, commonUsage, usage }, recording) => {
    const expected = expectedOf(recording);
    expect(response.usage).toEqual(usage);
    expect(commonUsage?.cacheWriteTokens ?? null).toBe(
      response.usage.cache_creation_input_tokens ?? null,
    );
    expect(response.stop_sequence).toBe(expected.stopSequence ?? null);
    expect([...response.content.map(({ type }) => type)].sort()).toEqual(
      [...(expected.blockTypes ?? [])].sort(),
    );
    const texts = response.content.filter((block) => block.type === 'text');
    expect(texts.map(({ text }) => text).join('')).toBe(content);
    if (expected.textBlocks) expect(texts.map(({ text }) => text)).toEqual(expected.textBlocks);
    expect(texts.flatMap(({ citations }) => citations ?? [])).toHaveLength(expected.citations ?? 0);
    const signatures = response.content.flatMap((block) =>
      block.type === 'thinking' ? [block.signature] : [],
    );
    expect(signatures.map((text) => ({ length: text.length, sha256: sha256(text) }))).toEqual(
      expected.reasoningSignatures ?? [],
    );
  },
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Why the answer was refused is the refusal; the recordings' reducers knew nothing of `stop_details`. */
function withRefusal(recording: Recording): Recording {
  const explanation = /"explanation":"((?:[^"\\]|\\.)*)"/.exec(
    new TextDecoder().decode(recording.body),
  )?.[1];
  if (explanation === undefined) return recording;
  return { ...recording, expected: { ...recording.expected, refusal: explanation } };
}
