import { describe, expect, it } from '@jest/globals';
import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { converseResponse, toolCallOf } from '../../../providers/bedrock/response.ts';

const responseTo = (...events: readonly unknown[]) =>
  (events as ConverseStreamOutput[]).reduce((fold, event) => fold.add(event), converseResponse);
const contentOf = (...events: readonly unknown[]) =>
  responseTo(...events).result().output?.message?.content;

const start = (contentBlockIndex: number, fields: object) => ({
  contentBlockStart: { contentBlockIndex, start: fields },
});
const delta = (contentBlockIndex: number, fields: object) => ({
  contentBlockDelta: { contentBlockIndex, delta: fields },
});
const stop = (contentBlockIndex: number) => ({ contentBlockStop: { contentBlockIndex } });

describe('converseResponse', () => {
  it('should give the response of Converse', () => {
    const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
    const metadata = {
      usage,
      metrics: { latencyMs: 7 },
      trace: { guardrail: { actionReason: 'No action.' } },
      performanceConfig: { latency: 'standard' },
      serviceTier: { type: 'default' },
    };
    const fields = { delta: { stop_sequence: null } };
    expect(
      responseTo(
        { messageStart: { role: 'assistant' } },
        delta(0, { text: 'Hel' }),
        delta(0, { text: 'lo' }),
        stop(0),
        { messageStop: { stopReason: 'end_turn', additionalModelResponseFields: fields } },
        { metadata },
      ).result(),
    ).toEqual({
      output: { message: { role: 'assistant', content: [{ text: 'Hello' }] } },
      stopReason: 'end_turn',
      additionalModelResponseFields: fields,
      ...metadata,
    });
  });

  it('should give what has arrived, and undefined for the rest', () => {
    expect(responseTo().result()).toStrictEqual({
      output: { message: { role: 'assistant', content: [] } },
      stopReason: undefined,
      usage: undefined,
      metrics: undefined,
    });
  });

  it('should keep fields it does not know', () => {
    expect(responseTo({ messageStop: { later: 1 } }, { metadata: { later: 2 } }).result()).toEqual(
      expect.objectContaining({ later: 2 }),
    );
  });

  it('should ignore an event it does not know', () => {
    expect(contentOf({ later: {} }, undefined, {})).toEqual([]);
  });

  it('should keep blocks in the order of their index', () => {
    expect(
      contentOf(
        delta(0, { reasoningContent: { text: 'Hm' } }),
        delta(0, { reasoningContent: { signature: 'sig' } }),
        stop(0),
        delta(1, { text: 'A' }),
        start(2, { toolUse: { toolUseId: 't1', name: 'add' } }),
        start(3, { toolUse: { toolUseId: 't2', name: 'add' } }),
        delta(3, { toolUse: { input: '{"b"' } }),
        delta(2, { toolUse: { input: '{"a":1}' } }),
        delta(3, { toolUse: { input: ':2}' } }),
        stop(3),
        stop(2),
        delta(4, { text: 'B' }),
      ),
    ).toEqual([
      { reasoningContent: { reasoningText: { text: 'Hm', signature: 'sig' } } },
      { text: 'A' },
      { toolUse: { toolUseId: 't1', name: 'add', input: { a: 1 } } },
      { toolUse: { toolUseId: 't2', name: 'add', input: { b: 2 } } },
      { text: 'B' },
    ]);
  });

  it('should read the input of a tool: none is {}, and half of it stays a text', () => {
    const toolUse = { toolUseId: 't1', name: 'add' };
    expect(contentOf(start(0, { toolUse }), stop(0))).toEqual([
      { toolUse: { ...toolUse, input: {} } },
    ]);
    expect(contentOf(start(0, { toolUse }), delta(0, { toolUse: { input: '{"a":' } }))).toEqual([
      { toolUse: { ...toolUse, input: '{"a":' } },
    ]);
  });

  it('should keep encrypted reasoning, and a signature without a text', () => {
    const redacted = (...bytes: number[]) => ({
      reasoningContent: { redactedContent: new Uint8Array(bytes) },
    });
    expect(
      contentOf(
        delta(0, redacted(1, 2)),
        delta(0, redacted(3)),
        stop(0),
        delta(1, { reasoningContent: { signature: 'sig' } }),
      ),
    ).toEqual([
      redacted(1, 2, 3),
      { reasoningContent: { reasoningText: { text: '', signature: 'sig' } } },
    ]);
  });

  it('should keep citations with the text they belong to', () => {
    const location = { documentChar: { documentIndex: 0, start: 0, end: 73 } };
    const citation = { title: 'facts', sourceContent: [{ text: 'Ruby was' }], location };
    expect(
      contentOf(
        delta(0, { citation }),
        delta(0, { text: 'Ru' }),
        delta(0, { text: 'by' }),
        stop(0),
        delta(1, { citation: { source: 'web' } }),
      ),
    ).toEqual([
      { citationsContent: { content: [{ text: 'Ruby' }], citations: [citation] } },
      { citationsContent: { content: [], citations: [{ source: 'web' }] } },
    ]);
  });

  it('should keep tools the service ran, with their results', () => {
    const call = { toolUseId: 's1', name: 'nova_grounding', type: 'server_tool_use' };
    const result = { toolUseId: 's1', status: 'success', type: 'nova_grounding_result' };
    expect(
      contentOf(
        start(0, { toolUse: call }),
        delta(0, { toolUse: { input: '{"q":"x"}' } }),
        stop(0),
        start(1, { toolResult: result }),
        delta(1, { toolResult: [{ text: 'fo' }] }),
        delta(1, { toolResult: [{ text: 'und' }, { json: { n: 1 } }] }),
        stop(1),
      ),
    ).toEqual([
      { toolUse: { ...call, input: { q: 'x' } } },
      { toolResult: { ...result, content: [{ text: 'found' }, { json: { n: 1 } }] } },
    ]);
  });

  it('should keep images', () => {
    const piece = (...bytes: number[]) => ({ image: { source: { bytes: new Uint8Array(bytes) } } });
    const s3Location = { uri: 's3://bucket/a.png' };
    expect(
      contentOf(
        start(0, { image: { format: 'png' } }),
        delta(0, piece(1)),
        delta(0, piece(2, 3)),
        stop(0),
        start(1, { image: { format: 'png' } }),
        delta(1, { image: { source: { s3Location } } }),
        start(2, { image: { format: 'png' } }),
        delta(2, { image: { error: { message: 'refused' } } }),
      ),
    ).toEqual([
      { image: { format: 'png', source: { bytes: new Uint8Array([1, 2, 3]) } } },
      { image: { format: 'png', source: { s3Location } } },
      { image: { format: 'png', error: { message: 'refused' }, source: undefined } },
    ]);
  });

  it('should keep blocks and pieces of unknown kinds', () => {
    expect(
      contentOf(
        start(0, { $unknown: ['later', { a: 1 }] }),
        delta(1, { $unknown: ['other', { b: 2 }] }),
        stop(2),
      ),
    ).toEqual([{ $unknown: ['later', { a: 1 }] }, { $unknown: ['other', { b: 2 }] }]);
  });

  it('should keep pieces without an index', () => {
    expect(
      contentOf({ contentBlockDelta: { delta: { text: 'A' } } }, { contentBlockStop: {} }),
    ).toEqual([{ text: 'A' }]);
  });

  it('should leave every earlier state as it was', () => {
    const first = responseTo(delta(0, { text: 'A' }));
    const before = first.result();
    const left = first.add(delta(0, { text: 'B' }) as unknown as ConverseStreamOutput).add({
      contentBlockStop: { contentBlockIndex: 0 },
    });
    const right = first.add(delta(0, { text: 'C' }) as unknown as ConverseStreamOutput);
    expect(first.result()).toEqual(before);
    expect(left.result().output?.message?.content).toEqual([{ text: 'AB' }]);
    expect(right.result().output?.message?.content).toEqual([{ text: 'AC' }]);
  });
});

describe('toolCallOf', () => {
  it('should give the call as it stands in a message', () => {
    expect(toolCallOf({ index: 1, id: 't1', name: 'add', arguments: '{"a":1}' })).toEqual({
      toolUseId: 't1',
      name: 'add',
      input: { a: 1 },
    });
  });

  it('should give its further fields, and an id where there is none', () => {
    expect(
      toolCallOf({ index: 1, id: null, name: 'add', arguments: '', extra: { type: 'later' } }),
    ).toEqual({ toolUseId: 'call_1', name: 'add', input: {}, type: 'later' });
  });
});
