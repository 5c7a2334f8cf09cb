import { describe, expect, it } from '@jest/globals';
import { responseModel, tool, type CommonParams } from 'rx-llm';
import { anthropic, type MessageParams } from 'rx-llm/anthropic';
import { continueOnLength, toCallResponse } from 'rx-llm/operators';
import { writeEvent } from '../../support/anthropic-writer.ts';
import { withServer } from '../../support/conformance/run.ts';
import type { Answer, LoopbackServer } from '../../support/loopback-server.ts';
import { markedHistory } from '../../support/marked-history.ts';
import { outcomeOf } from '../../support/outcome.ts';

const block = (index: number, content_block: object, ...deltas: readonly object[]) => [
  { type: 'content_block_start', index, content_block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
  { type: 'content_block_stop', index },
];
const thinking = block(
  0,
  { type: 'thinking', thinking: '', signature: '' },
  { type: 'thinking_delta', thinking: 'Hm' },
  { type: 'signature_delta', signature: 'c2ln' },
);
const text = (index: number, content: string) =>
  block(index, { type: 'text', text: '' }, { type: 'text_delta', text: content });

const answerOf = (stop_reason: string, ...events: readonly object[]): Answer => ({
  steps: [
    { type: 'message_start', message: { id: 'msg_1', role: 'assistant', content: [] } },
    ...events,
    { type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: 3 } },
    { type: 'message_stop' },
  ].map((event) => ({ send: writeEvent(event) })),
});
const hello = answerOf('end_turn', ...text(0, 'Hello'));

const settings = ({ url }: LoopbackServer, model = 'claude-opus-5-5') => ({
  model,
  clientOptions: { apiKey: 'test', baseURL: url },
});

const parameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
};
const weather = tool({ name: 'get_weather', parameters });
const forecast = tool({ name: 'get_forecast', parameters });
const closed = { ...parameters, additionalProperties: false };
const thinkingBlock = { type: 'thinking', thinking: 'Hm', signature: 'c2ln' };

describe('the common options of anthropic', () => {
  it('should send the common parameters', () =>
    withServer(hello, async (server) => {
      const commonParams: CommonParams = {
        maxTokens: 7,
        stop: ['END'],
        toolChoice: { name: 'get_weather' },
        temperature: undefined,
      };
      await outcomeOf(
        anthropic.call({ ...settings(server), tools: [weather], commonParams }, () => 'Hi')(),
      );
      expect(server.requests[0]!.body).toEqual({
        model: 'claude-opus-5-5',
        max_tokens: 7,
        stop_sequences: ['END'],
        stream: true,
        tools: [{ name: 'get_weather', input_schema: parameters }],
        tool_choice: { type: 'tool', name: 'get_weather' },
        messages: [{ role: 'user', content: 'Hi' }],
      });
    }));

  it('should refuse those the API does not have, before it asks', () =>
    withServer(hello, async (server) => {
      const { error } = await outcomeOf(
        anthropic.call({ ...settings(server), commonParams: { temperature: 0 } }, () => 'Hi')(),
      );
      expect(error).toMatchObject({
        code: 'unsupported',
        message: '[anthropic] This API does not take temperature; leave it out of commonParams.',
      });
      expect(server.requests).toEqual([]);
    }));

  it('should send what an older version takes as parameters of the caller’s own', () =>
    withServer(hello, async (server) => {
      const options = {
        ...settings(server),
        commonParams: { temperature: 1 },
        callParams: { temperature: 0 } as MessageParams,
        requestOptions: { headers: { 'anthropic-version': '2023-06-01' } },
      };
      const { error } = await outcomeOf(anthropic.call(options, () => 'Hi')());
      expect(error).toBeNull();
      expect(server.requests[0]!.body).toMatchObject({ temperature: 0 });
      expect(server.requests[0]!.headers['anthropic-version']).toBe('2023-06-01');
    }));

  it('should close the schema of a strict tool', () =>
    withServer(hello, async (server) => {
      const strict = tool({ name: 'get_weather', parameters, strict: true });
      await outcomeOf(
        anthropic.call({ ...settings(server), tools: [strict, forecast] }, () => 'Hi')(),
      );
      expect(server.requests[0]!.body).toMatchObject({
        tools: [{ strict: true, input_schema: closed }, { input_schema: parameters }],
      });
    }));

  it('should mark what is worth caching', () =>
    withServer(hello, async (server) => {
      await outcomeOf(
        anthropic.call({ ...settings(server), tools: [weather] }, () => [...markedHistory])(),
      );
      expect(server.requests[0]!.body).toMatchObject({
        messages: [
          {
            content: [
              { type: 'document', cache_control: { type: 'ephemeral', ttl: '1h' } },
              { type: 'image', cache_control: { type: 'ephemeral' } },
              { type: 'text', text: 'Weather?' },
            ],
          },
          { role: 'assistant' },
          { content: [{ type: 'tool_result', cache_control: { type: 'ephemeral' } }] },
        ],
      });
      expect(JSON.stringify(server.requests[0]!.body)).not.toContain('cacheControl');
    }));

  describe('answers in the shape of a schema: it', () => {
    const named = { name: 'report', description: 'A report' };
    const report = responseModel(parameters, named);
    const json = '{"city":"Oslo"}';

    it('should hold the answer to the schema', () =>
      withServer(answerOf('end_turn', ...thinking, ...text(1, json)), async (server) => {
        const options = { ...settings(server), tools: [weather], responseModel: report };
        const { values } = await outcomeOf(
          anthropic
            .call(options, () => 'Hi')()
            .pipe(toCallResponse()),
        );
        expect(server.requests[0]!.body).toEqual({
          model: 'claude-opus-5-5',
          max_tokens: 4096,
          stream: true,
          tools: [{ name: 'get_weather', input_schema: parameters }],
          output_config: {
            format: { type: 'json_schema', schema: { ...closed, description: 'A report' } },
          },
          messages: [{ role: 'user', content: 'Hi' }],
        });
        expect(values[0]!.content).toBe(json);
        expect(values[0]!.messageParam).toEqual({
          role: 'assistant',
          content: [thinkingBlock, { type: 'text', text: json }],
        });
      }));

    const called = answerOf(
      'tool_use',
      ...thinking,
      ...block(
        1,
        { type: 'tool_use', id: 'toolu_1', name: 'report', input: {} },
        { type: 'input_json_delta', partial_json: '{"city":' },
        { type: 'input_json_delta', partial_json: '"Oslo"}' },
      ),
    );

    it('should have an older model answer as the arguments of a tool, and tell it so again', () =>
      withServer(called, async (server) => {
        const options = { ...settings(server, 'claude-3-7-sonnet-latest'), responseModel: report };
        const { values } = await outcomeOf(
          anthropic
            .call(options, () => 'Hi')()
            .pipe(toCallResponse()),
        );
        expect(server.requests[0]!.body).toEqual({
          model: 'claude-3-7-sonnet-latest',
          max_tokens: 4096,
          stream: true,
          tools: [{ name: 'report', description: 'A report', input_schema: parameters }],
          tool_choice: { type: 'tool', name: 'report' },
          messages: [{ role: 'user', content: 'Hi' }],
        });
        const response = values[0]!;
        expect(response).toMatchObject({ content: json, tools: [], interrupted: false });
        const history = [...response.messages, response.messageParam];
        await outcomeOf(anthropic.call(settings(server), () => history)());
        expect(server.requests[1]!.body).toMatchObject({
          messages: [
            { role: 'user', content: 'Hi' },
            {
              role: 'assistant',
              content: [thinkingBlock, { type: 'text', text: json, citations: null }],
            },
          ],
        });
      }));

    it('should force no call where the caller says so', () =>
      withServer(called, async (server) => {
        const options = {
          ...settings(server),
          responseModel: responseModel(parameters, { ...named, mode: 'tool' }),
          commonParams: { toolChoice: 'auto' },
        } as const;
        await outcomeOf(anthropic.call(options, () => 'Hi')());
        expect(server.requests[0]!.body).toMatchObject({
          tools: [{ name: 'report' }],
          tool_choice: { type: 'auto' },
        });
      }));

    it('should ask for JSON by instructions, for the API has no such mode', () =>
      withServer(hello, async (server) => {
        await outcomeOf(anthropic.call({ ...settings(server), jsonMode: true }, () => 'Hi')());
        expect(server.requests[0]!.body).toEqual({
          model: 'claude-opus-5-5',
          max_tokens: 4096,
          stream: true,
          system: expect.stringContaining('JSON'),
          messages: [{ role: 'user', content: 'Hi' }],
        });
      }));
  });

  it('should go on with an answer that is told as one, without the thinking about a piece', () => {
    const pieces = [
      answerOf('max_tokens', ...thinking, ...text(1, 'Once ')),
      answerOf('max_tokens', ...thinking, ...text(1, 'upon ')),
      answerOf('end_turn', ...thinking, ...text(1, 'a time.')),
    ];
    return withServer(
      (_request, position) => pieces[position]!,
      async (server) => {
        const { values } = await outcomeOf(
          anthropic
            .call(settings(server), () => 'Tell')()
            .pipe(continueOnLength({ prompt: 'Go on' }), toCallResponse()),
        );
        const told = (...content: readonly object[]) => ({
          messages: [
            { role: 'user', content: 'Tell' },
            { role: 'assistant', content },
            { role: 'user', content: 'Go on' },
          ],
        });
        const [, second, third] = server.requests.map(({ body }) => body);
        expect(second).toMatchObject(told(thinkingBlock, { type: 'text', text: 'Once ' }));
        expect(third).toMatchObject(told({ type: 'text', text: 'Once upon ' }));
        expect(values[0]!.messageParam).toEqual({
          role: 'assistant',
          content: [{ type: 'text', text: 'Once upon a time.', citations: null }],
        });
      },
    );
  });
});
