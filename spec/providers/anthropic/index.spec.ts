import { describe, expect, it } from '@jest/globals';
import type Anthropic from '@anthropic-ai/sdk';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import { tool, type StreamTuple } from 'rx-llm';
import {
  anthropic,
  type AnthropicChunk,
  type AnthropicResponse,
  type AnthropicWire,
  type MessageUsage,
} from 'rx-llm/anthropic';
import { accumulate, takeUntilContains, toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { writeEvent } from '../../support/anthropic-writer.ts';
import { withServer } from '../../support/conformance/run.ts';
import type { Answer, LoopbackServer } from '../../support/loopback-server.ts';
import { outcomeOf } from '../../support/outcome.ts';

const weather = tool({
  name: 'get_weather',
  description: 'Get the current weather in a given location',
  parameters: z.object({ location: z.string() }),
  execute: ({ location }) => `${location}: 68°F, partly cloudy`,
});
const time = tool({ name: 'get_time', parameters: z.object({ timezone: z.string() }) });
const tools = [weather, time] as const;

const answerOf = (...events: readonly object[]): Answer => ({
  headers: { 'content-type': 'text/event-stream', 'request-id': 'req_7' },
  steps: events.map((event) => ({ send: writeEvent(event) })),
});

const start = (index: number, content_block: object) => ({
  type: 'content_block_start',
  index,
  content_block,
});
const delta = (index: number, content: object) => ({
  type: 'content_block_delta',
  index,
  delta: content,
});
const stop = (index: number) => ({ type: 'content_block_stop', index });
const json = (index: number, partial_json: string) =>
  delta(index, { type: 'input_json_delta', partial_json });

const messageStart = {
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-x-20261001',
    content: [],
    usage: {
      input_tokens: 3,
      cache_read_input_tokens: 20,
      cache_creation_input_tokens: 4,
      output_tokens: 1,
      service_tier: 'standard',
    },
  },
};
const messageDelta = (stop_reason: string, usage: object = { output_tokens: 30 }) => ({
  type: 'message_delta',
  delta: { stop_reason, stop_sequence: null },
  usage,
});
const messageStop = { type: 'message_stop' };

const thinking = [
  start(0, { type: 'thinking', thinking: '', signature: '' }),
  delta(0, { type: 'thinking_delta', thinking: 'Two tools.' }),
  delta(0, { type: 'signature_delta', signature: 'c2lnbmF0dXJl' }),
  stop(0),
];
const text = [
  start(1, { type: 'text', text: '' }),
  delta(1, { type: 'text_delta', text: 'Let me look.' }),
  stop(1),
];
const call = (index: number, id: string, name: string, input: object) => [
  start(index, { type: 'tool_use', id, name, input: {}, caller: { type: 'direct' } }),
  json(index, ''),
  json(index, JSON.stringify(input)),
  stop(index),
];
const sanFrancisco = { location: 'San Francisco, CA' };
const newYork = { timezone: 'America/New_York' };
const twoCalls = answerOf(
  messageStart,
  ...thinking,
  ...text,
  ...call(2, 'toolu_01', 'get_weather', sanFrancisco),
  ...call(3, 'toolu_02', 'get_time', newYork),
  messageDelta('tool_use'),
  messageStop,
);

const settings = ({ url }: LoopbackServer) => ({
  model: 'claude-x',
  clientOptions: { apiKey: 'test', baseURL: url },
});

const ask = (server: LoopbackServer, prompt: () => string = () => 'Hello') =>
  anthropic.call({ ...settings(server), tools }, prompt)();

const responseFrom = (answer: Answer) =>
  withServer(answer, async (server) => {
    const { values, error } = await outcomeOf(ask(server).pipe(toCallResponse()));
    expect(error).toBeNull();
    return values[0]!;
  });

describe('anthropic.call', () => {
  // The messages are those of the parallel tool call in Anthropic's documentation, with thinking before it:
  // https://platform.claude.com/docs/en/agents-and-tools/tool-use/parallel-tool-use
  // https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls
  it('should make a round of two calls, their results back in one message', () =>
    withServer(twoCalls, async (server) => {
      const question = "What's the weather in San Francisco, and what time is it in New York?";
      const { values } = await outcomeOf(
        anthropic
          .call({ ...settings(server), tools }, () => [
            { role: 'system', content: 'Be brief.' },
            { role: 'user', content: question },
          ])()
          .pipe(toCallResponse()),
      );
      const response = values[0]!;
      expect(response.tools.map(({ name, args, id }) => ({ name, args, id }))).toEqual([
        { name: 'get_weather', args: sanFrancisco, id: 'toolu_01' },
        { name: 'get_time', args: newYork, id: 'toolu_02' },
      ]);
      const [first, second] = response.tools;
      const history = [
        ...response.messages,
        response.messageParam,
        ...response.toolMessageParams([
          [first!, 'San Francisco: 68°F, partly cloudy'],
          [second!, new Error('No such timezone')],
        ]),
      ];
      await outcomeOf(anthropic.call({ ...settings(server), tools }, () => history)());
      expect(server.requests[1]!.body).toEqual({
        model: 'claude-x',
        max_tokens: 4096,
        stream: true,
        system: 'Be brief.',
        tools: [
          {
            name: 'get_weather',
            description: 'Get the current weather in a given location',
            input_schema: weather.parameters,
          },
          { name: 'get_time', input_schema: time.parameters },
        ],
        messages: [
          { role: 'user', content: question },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'Two tools.', signature: 'c2lnbmF0dXJl' },
              { type: 'text', text: 'Let me look.' },
              {
                type: 'tool_use',
                id: 'toolu_01',
                name: 'get_weather',
                input: sanFrancisco,
                caller: { type: 'direct' },
              },
              {
                type: 'tool_use',
                id: 'toolu_02',
                name: 'get_time',
                input: newYork,
                caller: { type: 'direct' },
              },
            ],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 'toolu_01',
                content: 'San Francisco: 68°F, partly cloudy',
              },
              {
                type: 'tool_result',
                tool_use_id: 'toolu_02',
                content: 'No such timezone',
                is_error: true,
              },
            ],
          },
        ],
      });
    }));

  it('should deliver each call with the stop of its block', () =>
    withServer(twoCalls, async (server) => {
      const { values } = await outcomeOf(ask(server));
      const delivered = values.flatMap(([chunk, called]) =>
        called ? [[chunk.chunk, called.id]] : [],
      );
      expect(delivered).toEqual([
        [stop(2), 'toolu_01'],
        [stop(3), 'toolu_02'],
      ]);
      expect(values.some(([chunk]) => chunk.continuation)).toBe(false);
    }));

  it('should deliver no call whose block has not stopped, though its JSON is complete', () => {
    const [opened, , arguments_] = call(0, 'toolu_01', 'get_weather', sanFrancisco);
    const cut = answerOf(messageStart, opened!, arguments_!);
    return withServer(cut, async (server) => {
      const { values, error } = await outcomeOf(ask(server));
      expect(values.map(([, called]) => called)).toEqual([null, null, null]);
      expect(error).toMatchObject({
        code: 'truncated',
        partial: { tools: [{ name: 'get_weather', args: null }], messageParam: { content: [] } },
      });
    });
  });

  it('should tell the server’s own tools from the caller’s', async () => {
    const response = await responseFrom(
      answerOf(
        messageStart,
        start(0, { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} }),
        json(0, '{"query":"weather"}'),
        stop(0),
        start(1, { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] }),
        stop(1),
        ...call(2, 'toolu_01', 'get_weather', sanFrancisco),
        messageDelta('tool_use'),
        messageStop,
      ),
    );
    expect(response.tools.map(({ id }) => id)).toEqual(['toolu_01']);
    expect(response.messageParam.content).toEqual([
      {
        type: 'server_tool_use',
        id: 'srvtoolu_1',
        name: 'web_search',
        input: { query: 'weather' },
      },
      { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
      expect.objectContaining({ type: 'tool_use', id: 'toolu_01' }),
    ]);
  });

  it('should give each event’s own counts, and all of them on the response', () =>
    withServer(twoCalls, async (server) => {
      const { values } = await outcomeOf(ask(server));
      const usages = values.flatMap(([{ usage }]) => usage ?? []);
      expect(usages).toEqual([messageStart.message.usage, { output_tokens: 30 }]);
      const { usage, response, commonUsage } = await responseFrom(twoCalls);
      expect(usage).toEqual({ ...messageStart.message.usage, output_tokens: 30 });
      expect(response.usage).toEqual(usage);
      expect(commonUsage).toEqual({
        inputTokens: 27,
        outputTokens: 30,
        totalTokens: 57,
        cachedTokens: 20,
        cacheWriteTokens: 4,
        reasoningTokens: null,
      });
    }));

  it('should send back the blocks up to where the text was cut', () =>
    withServer(twoCalls, async (server) => {
      const { values } = await outcomeOf(
        ask(server).pipe(takeUntilContains('me'), toCallResponse()),
      );
      expect(values[0]).toMatchObject({ content: 'Let me', interrupted: true });
      expect(values[0]!.messageParam).toEqual({
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Two tools.', signature: 'c2lnbmF0dXJl' },
          { type: 'text', text: 'Let me' },
        ],
      });
    }));

  it.each([
    ['overloaded_error', 'overloaded', true],
    ['rate_limit_error', 'rate-limit', true],
    ['api_error', 'server', true],
    ['timeout_error', 'timeout', true],
    ['invalid_request_error', 'invalid-request', false],
    ['billing_error', 'quota', false],
    ['some_error_of_tomorrow', 'provider', false],
  ])('should tell %s inside a stream as %s', (type, code, retryable) =>
    withServer(
      answerOf(messageStart, ...text, { type: 'error', error: { type, message: 'no' } }),
      async (server) => {
        const { error } = await outcomeOf(ask(server));
        expect(error).toMatchObject({
          code,
          retryable,
          detail: 'no',
          status: null,
          providerCode: type,
          requestId: 'req_7',
          partial: { content: 'Let me look.' },
        });
      },
    ),
  );

  it('should go on with a paused turn by sending it back as it is', async () => {
    const search = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} };
    const paused = answerOf(
      messageStart,
      start(0, search),
      stop(0),
      messageDelta('pause_turn'),
      messageStop,
    );
    const response = await responseFrom(paused);
    expect(response).toMatchObject({ commonFinishReasons: ['other'], interrupted: false });
    expect(response.messageParam).toEqual({ role: 'assistant', content: [search] });
  });

  it('should let a refusal be asked about again, without the turn that says nothing', async () => {
    const stop_details = { type: 'refusal', category: 'cyber', explanation: 'It was blocked.' };
    const refused = {
      type: 'message_delta',
      delta: { stop_reason: 'refusal', stop_sequence: null, stop_details },
      usage: { output_tokens: 2 },
    };
    await withServer(answerOf(messageStart, refused, messageStop), async (server) => {
      const { values } = await outcomeOf(ask(server).pipe(toCallResponse()));
      const response = values[0]!;
      expect(response).toMatchObject({
        content: '',
        refusal: 'It was blocked.',
        finishReasons: ['refusal'],
        commonFinishReasons: ['content_filter'],
      });
      expect(response.response.stop_details).toEqual(stop_details);
      const again = { role: 'user', content: 'Something else' } as const;
      const history = [...response.messages, response.messageParam, again];
      await outcomeOf(anthropic.call(settings(server), () => history)());
      expect(server.requests[1]!.body).toMatchObject({
        messages: [{ role: 'user', content: 'Hello' }, again],
      });
    });
  });

  it('should rebuild the message at every step of accumulate', () =>
    withServer(twoCalls, async (server) => {
      const { values } = await outcomeOf(ask(server).pipe(accumulate()));
      const lengths = values.map(({ response }) => response.content.length);
      expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
      expect(values.at(-1)!.response).toMatchObject({ id: 'msg_1', stop_reason: 'tool_use' });
    }));

  it('should throw for a call that cannot be one', () => {
    expect(() => anthropic.call('', () => 'Hi')).toThrow(TypeError);
    expect(() => anthropic.call({ model: 'm', tools: [time, time] }, () => 'Hi')).toThrow(
      TypeError,
    );
  });

  it('should be typed by the SDK', () => {
    const recommend = anthropic.call(
      {
        model: 'claude-x',
        tools,
        callParams: { max_tokens: 9, thinking: { type: 'enabled', budget_tokens: 1024 } },
        requestOptions: { timeout: 9, headers: { 'anthropic-beta': 'x' } },
      },
      (genre: string) => `Recommend a ${genre} book`,
    );
    expectTypeOf(recommend).parameters.toEqualTypeOf<[string]>();
    expectTypeOf(recommend).returns.toEqualTypeOf<
      Observable<StreamTuple<AnthropicWire, typeof weather | typeof time>>
    >();
    expectTypeOf<AnthropicChunk['chunk']>().toEqualTypeOf<Anthropic.RawMessageStreamEvent>();
    expectTypeOf<AnthropicChunk['usage']>().toEqualTypeOf<MessageUsage | null>();
    expectTypeOf<Anthropic.Usage>().toExtend<MessageUsage>();
    expectTypeOf<Anthropic.MessageDeltaUsage>().toExtend<MessageUsage>();
    expectTypeOf<AnthropicResponse['response']>().toEqualTypeOf<Anthropic.Message>();
    expectTypeOf<AnthropicResponse['messageParam']>().toEqualTypeOf<Anthropic.MessageParam>();
    expectTypeOf<AnthropicResponse['finishReasons']>().toEqualTypeOf<
      readonly (Anthropic.StopReason | null)[] | null
    >();
    // @ts-expect-error model and messages are filled in by the call
    anthropic.call({ model: 'm', callParams: { messages: [] } }, () => 'Hi');
    const sdk = null as unknown as Anthropic;
    // @ts-expect-error a client of one's own needs no options to make one
    anthropic.call({ model: 'm', client: () => sdk, clientOptions: {} }, () => 'Hi');
    // @ts-expect-error the subscription is the signal
    anthropic.call({ model: 'm', requestOptions: { signal: null } }, () => 'Hi');
  });
});
