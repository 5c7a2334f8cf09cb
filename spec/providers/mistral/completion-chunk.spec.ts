import { describe, expect, it } from '@jest/globals';
import { completionChunkFromJSON } from '@mistralai/mistralai/models/components';
import { completionChunkOf } from '../../../providers/mistral/completion-chunk.ts';
import { recordingsOf } from '../../support/recordings.ts';

const chunk = (delta: object, more: object = {}) => ({
  id: '1',
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null }],
  ...more,
});

const deltaOf = (delta: object) => completionChunkOf(chunk(delta)).choices[0]!.delta;

const asSdk = (event: object) => {
  const result = completionChunkFromJSON(JSON.stringify(event));
  if (!result.ok) throw result.error;
  return result.value;
};

describe('completionChunkOf', () => {
  const events = recordingsOf('openai-chat', ['mistral']).flatMap(({ body }) =>
    [
      ...Buffer.from(body)
        .toString()
        .matchAll(/^data: (\{.*\})$/gm),
    ].map(([, data]) => JSON.parse(data!) as object),
  );

  (events.length > 0 ? it : it.skip)(
    `should hold all that the SDK makes of each of ${events.length} recorded events`,
    () => {
      for (const event of events) {
        const { choices } = event as { choices: { delta?: { tool_calls?: object[] } }[] };
        // Where a server leaves out a call's id the SDK makes one up: "null".
        const made = choices.some(({ delta }) =>
          delta?.tool_calls?.some((call) => !('id' in call)),
        );
        if (!made) expect(completionChunkOf(event)).toMatchObject(asSdk(event));
      }
    },
  );

  it.each<[string, object]>([
    ['a text', { role: 'assistant', content: 'Hi' }],
    ['no content', { content: null }],
    ['a list of texts', { content: [{ type: 'text', text: 'Hi' }] }],
    [
      'thinking',
      {
        content: [
          {
            type: 'thinking',
            thinking: [
              { type: 'text', text: 'Hm' },
              { type: 'reference', reference_ids: [1, 'a'] },
              { type: 'tool_reference', tool: 'web_search', title: 'T', url: null },
            ],
            closed: true,
            signature: 's',
          },
        ],
      },
    ],
    ['a reference', { content: [{ type: 'reference', reference_ids: [0, 2] }] }],
    [
      'media',
      {
        content: [
          { type: 'image_url', image_url: 'http://a' },
          { type: 'image_url', image_url: { url: 'http://a', detail: 'low' } },
          { type: 'document_url', document_url: 'http://a', document_name: 'n' },
          { type: 'file', file_id: 'f' },
          { type: 'input_audio', input_audio: 'b64' },
        ],
      },
    ],
    ['an unknown part', { content: [{ type: 'hologram', some_field: 1 }, { some_field: 1 }] }],
    [
      'tool calls',
      {
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' }, index: 0 },
          {
            id: 'b',
            type: 'function',
            function: { name: 'f', arguments: { some_field: 1 } },
            index: 1,
          },
        ],
      },
    ],
    ['the rest of a delta', { tool_call_id: 'x', index: 1, metadata: { some_field: 1 } }],
  ])('should give %s as the SDK does', (_kind, delta) => {
    expect(deltaOf(delta)).toEqual(asSdk(chunk(delta)).choices[0]!.delta);
  });

  it('should give usage as the SDK does', () => {
    const event = chunk(
      {},
      {
        object: 'chat.completion.chunk',
        created: 7,
        usage: {
          prompt_tokens: 1,
          completion_tokens: 2,
          total_tokens: 3,
          prompt_audio_seconds: null,
          service_tier: 'standard',
          prompt_tokens_details: { cached_tokens: 0 },
        },
      },
    );
    expect(completionChunkOf(event)).toEqual(asSdk(event));
  });

  it('should keep what the SDK does not know, under its own name', () => {
    const event = {
      id: '1',
      p: 'abc',
      new_field: 1,
      choices: [
        {
          index: 0,
          logprobs: null,
          finish_reason: 'brand_new',
          delta: { new_text: 'x', content: [{ type: 'text', text: 'Hi', new_field: 1 }] },
        },
      ],
      constructor: 'own',
    };
    const { finish_reason: finishReason, ...choice } = event.choices[0]!;
    expect(completionChunkOf(event)).toEqual({ ...event, choices: [{ ...choice, finishReason }] });
  });

  it('should leave missing what is missing', () => {
    const call = { function: { arguments: '1' } };
    expect(deltaOf({ tool_calls: [call] })).toEqual({ toolCalls: [call] });
    expect(completionChunkOf({ usage: {}, choices: [{}] })).toEqual({ usage: {}, choices: [{}] });
  });

  it.each([null, undefined, 7, 'text', [1]])('should give %j as it is', (event) => {
    expect(completionChunkOf(event)).toBe(event);
  });

  it.each([
    { choices: 'none' },
    { choices: [null] },
    { choices: [{ delta: 'x' }] },
    { choices: [{ delta: { content: 7 } }], usage: null },
  ])('should give %j as it came', (event) => {
    expect(completionChunkOf(event)).toEqual(event);
  });
});
