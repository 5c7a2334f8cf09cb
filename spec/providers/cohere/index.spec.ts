import { describe, expect, it } from '@jest/globals';
import type { Cohere } from 'cohere-ai';
import { CohereClientV2 } from 'cohere-ai';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import { responseModel, tool, type StreamError, type StreamTuple } from 'rx-llm';
import {
  cohere,
  type ChatUsage,
  type CohereChunk,
  type CohereResponse,
  type CohereWire,
} from 'rx-llm/cohere';
import { accumulate, takeUntilContains, toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { writeEvent } from '../../support/cohere-writer.ts';
import { withServer } from '../../support/conformance/run.ts';
import type { Answer, LoopbackServer } from '../../support/loopback-server.ts';
import { outcomeOf } from '../../support/outcome.ts';

const search = tool({
  name: 'search_docs',
  description: 'Search documentation and return relevant snippets as documents.',
  parameters: z.object({ query: z.string(), top_k: z.number().optional() }),
  execute: ({ query }) => [{ title: query }],
});
const now = tool({ name: 'now', parameters: z.object({}), execute: () => 'noon' });
const tools = [search, now] as const;

const answerOf = (...events: readonly object[]): Answer => ({
  steps: [...events.map((event) => ({ send: writeEvent(event) })), { send: 'data: [DONE]\n\n' }],
});

const start = {
  type: 'message-start',
  id: 'chat_1',
  delta: {
    message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] },
  },
};
const plan = (tool_plan: string) => ({
  type: 'tool-plan-delta',
  delta: { message: { tool_plan } },
});
const callStart = (index: number, id: string, name: string) => ({
  type: 'tool-call-start',
  index,
  delta: { message: { tool_calls: { id, type: 'function', function: { name, arguments: '' } } } },
});
const callDelta = (index: number, text: string) => ({
  type: 'tool-call-delta',
  index,
  delta: { message: { tool_calls: { function: { arguments: text } } } },
});
const callEnd = (index: number) => ({ type: 'tool-call-end', index });
const text = (words: string) => ({
  type: 'content-delta',
  index: 0,
  delta: { message: { content: { text: words } } },
});
const textStart = {
  type: 'content-start',
  index: 0,
  delta: { message: { content: { type: 'text', text: '' } } },
};
const end = (finish_reason: string, more: object = {}) => ({
  type: 'message-end',
  delta: {
    finish_reason,
    usage: { tokens: { input_tokens: 9, output_tokens: 4 }, cached_tokens: 2 },
    ...more,
  },
});

const settings = ({ url }: LoopbackServer) => ({
  model: 'command-a-03-2025',
  clientOptions: { token: 'test', environment: url },
});

const ask = (server: LoopbackServer) =>
  cohere.call({ ...settings(server), tools }, () => 'Hello')();

const calls = [
  start,
  plan('I will search the docs for tool use and structured outputs.'),
  callStart(0, 'search_docs_9b0nr4kg58a8', 'search_docs'),
  callDelta(0, '{"query":"tool use",'),
  callDelta(0, '"top_k":3}'),
  callEnd(0),
  callStart(1, 'search_docs_0qq0mz9gwnqr', 'search_docs'),
  callDelta(1, '{"query":"structured outputs","top_k":3}'),
  callEnd(1),
  end('TOOL_CALL'),
];

describe('cohere.call', () => {
  // The messages are those of the parallel tool call in Cohere's documentation: the response's message as it
  // is, then one tool message for each call.
  // https://docs.cohere.com/v2/docs/tool-use-usage-patterns#parallel-tool-calling
  it('should make a round of two calls, each result back in a message of its own', () =>
    withServer(answerOf(...calls), async (server) => {
      const question = 'Find docs about tool use and structured outputs.';
      const { values } = await outcomeOf(
        cohere
          .call({ ...settings(server), tools }, () => question)()
          .pipe(toCallResponse()),
      );
      const response = values[0]!;
      expect(response.tools.map(({ name, args, id }) => ({ name, args, id }))).toEqual([
        {
          name: 'search_docs',
          args: { query: 'tool use', top_k: 3 },
          id: 'search_docs_9b0nr4kg58a8',
        },
        {
          name: 'search_docs',
          args: { query: 'structured outputs', top_k: 3 },
          id: 'search_docs_0qq0mz9gwnqr',
        },
      ]);
      const [first, second] = response.tools;
      const history = [
        ...response.messages,
        response.messageParam,
        ...response.toolMessageParams([
          [first!, [{ title: 'Tool use' }]],
          [second!, 'Structured outputs'],
        ]),
      ];
      await outcomeOf(cohere.call({ ...settings(server), tools }, () => history)());
      expect(server.requests[1]!.body).toMatchObject({
        stream: true,
        messages: [
          { role: 'user', content: question },
          {
            role: 'assistant',
            tool_plan: 'I will search the docs for tool use and structured outputs.',
            tool_calls: [
              {
                id: 'search_docs_9b0nr4kg58a8',
                type: 'function',
                function: { name: 'search_docs', arguments: '{"query":"tool use","top_k":3}' },
              },
              {
                id: 'search_docs_0qq0mz9gwnqr',
                type: 'function',
                function: {
                  name: 'search_docs',
                  arguments: '{"query":"structured outputs","top_k":3}',
                },
              },
            ],
          },
          {
            role: 'tool',
            tool_call_id: 'search_docs_9b0nr4kg58a8',
            content: '[{"title":"Tool use"}]',
          },
          {
            role: 'tool',
            tool_call_id: 'search_docs_0qq0mz9gwnqr',
            content: 'Structured outputs',
          },
        ],
        tools: [{ type: 'function', function: { name: 'search_docs' } }, {}],
      });
      expect(
        Object.keys((server.requests[1]!.body as { messages: object[] }).messages[1]!),
      ).toEqual(['role', 'tool_plan', 'tool_calls']);
    }));

  it('should deliver each call at its own end', () =>
    withServer(answerOf(...calls), async (server) => {
      const { values } = await outcomeOf(ask(server));
      const delivered = values.flatMap(([chunk, called]) =>
        called === null ? [] : [[chunk.chunk, called.id]],
      );
      expect(delivered).toEqual([
        [callEnd(0), 'search_docs_9b0nr4kg58a8'],
        [callEnd(1), 'search_docs_0qq0mz9gwnqr'],
      ]);
      expect(values).toHaveLength(calls.length);
    }));

  it('should deliver no call of a stream that was cut before its end, though its JSON is complete', () => {
    const cut = [start, callStart(0, 'c_1', 'search_docs'), callDelta(0, '{"query":"x"}')];
    return withServer(
      { steps: cut.map((event) => ({ send: writeEvent(event) })) },
      async (server) => {
        const { values, error } = await outcomeOf(ask(server));
        expect(values.filter(([, called]) => called !== null)).toEqual([]);
        const { code, partial } = error as StreamError;
        expect(code).toBe('truncated');
        expect(partial?.tools[0]).toMatchObject({ name: 'search_docs', args: null });
        expect(partial?.messageParam).toEqual({ role: 'assistant', content: '' });
      },
    );
  });

  it('should show a call without arguments, which has no pieces', () =>
    withServer(
      answerOf(start, callStart(0, 'c_1', 'now'), callEnd(0), end('TOOL_CALL')),
      async (server) => {
        const { values } = await outcomeOf(ask(server).pipe(toCallResponse()));
        expect(values[0]!.tool).toMatchObject({ name: 'now', args: {}, error: null });
        expect(values[0]!.messageParam).toMatchObject({
          toolCalls: [{ function: { name: 'now', arguments: '{}' } }],
        });
      },
    ));

  it('should keep the plan apart from text and thinking', () =>
    withServer(answerOf(...calls), async (server) => {
      const { values } = await outcomeOf(ask(server).pipe(toCallResponse()));
      const { content, thinking, response } = values[0]!;
      expect({ content, thinking }).toEqual({ content: '', thinking: '' });
      expect(response.message.toolPlan).toBe(
        'I will search the docs for tool use and structured outputs.',
      );
    }));

  it('should give an answer that failed as an error with what had arrived', () =>
    withServer(
      answerOf(start, textStart, text('Half an'), end('ERROR', { error: 'it broke', usage: {} })),
      async (server) => {
        const { values, error } = await outcomeOf(ask(server));
        expect(values).toHaveLength(4);
        expect(error).toMatchObject({ code: 'server', detail: 'it broke', retryable: true });
        expect((error as StreamError).partial).toMatchObject({
          content: 'Half an',
          interrupted: true,
          finishReasons: ['ERROR'],
          commonFinishReasons: ['error'],
          usage: null,
        });
      },
    ));

  it('should cut the message where the text was cut', () =>
    withServer(
      answerOf(start, textStart, text('Hello '), text('world'), end('COMPLETE')),
      async (server) => {
        const { values } = await outcomeOf(
          ask(server).pipe(takeUntilContains('wor'), toCallResponse()),
        );
        expect(values[0]).toMatchObject({ content: 'Hello wor', interrupted: true });
        expect(values[0]!.messageParam).toEqual({
          role: 'assistant',
          content: [{ type: 'text', text: 'Hello wor' }],
        });
      },
    ));

  it('should name the model that was asked for: the wire names none', () =>
    withServer(answerOf(start, textStart, end('COMPLETE')), async (server) => {
      const { values } = await outcomeOf(ask(server).pipe(toCallResponse()));
      expect(values[0]).toMatchObject({ model: 'command-a-03-2025', id: 'chat_1' });
    }));

  it('should refuse what Cohere does not take before anything is sent', () =>
    withServer(answerOf(), async (server) => {
      const { error } = await outcomeOf(
        cohere.call(settings(server), () => [{ type: 'audio', url: 'https://h/a.wav' }])(),
      );
      expect(error).toMatchObject({ code: 'unsupported', provider: 'cohere' });
      expect(server.requests).toHaveLength(0);
    }));

  describe('asks for an answer in a shape: it', () => {
    const shape = z.object({ snake_case: z.string(), camelCase: z.int() });
    const json = '{"snake_case":"a","camelCase":1}';

    it('should send the common parameters and the schema by the names of the wire', () =>
      withServer(answerOf(start, textStart, text(json), end('COMPLETE')), async (server) => {
        const commonParams = {
          temperature: 0.5,
          topP: 0.9,
          maxTokens: 64,
          frequencyPenalty: 0.1,
          presencePenalty: 0.2,
          seed: 7,
          stop: 'END',
        };
        const options = { ...settings(server), commonParams, responseModel: shape };
        const { values } = await outcomeOf(
          cohere
            .call(options, () => 'Go')()
            .pipe(toCallResponse()),
        );
        expect(server.requests[0]!.body).toEqual({
          model: 'command-a-03-2025',
          stream: true,
          messages: [
            { role: 'system', content: expect.stringContaining('"snake_case"') },
            { role: 'user', content: 'Go' },
          ],
          temperature: 0.5,
          p: 0.9,
          max_tokens: 64,
          frequency_penalty: 0.1,
          presence_penalty: 0.2,
          seed: 7,
          stop_sequences: ['END'],
          response_format: {
            type: 'json_object',
            json_schema: {
              type: 'object',
              properties: { snake_case: { type: 'string' }, camelCase: { type: 'integer' } },
              required: ['snake_case', 'camelCase'],
            },
          },
        });
        expect(values[0]!.messages).toEqual([{ role: 'user', content: 'Go' }]);
      }));

    it('should send the JSON mode, where the schema stands in the instructions', () =>
      withServer(answerOf(start, textStart, text(json), end('COMPLETE')), async (server) => {
        const byJson = responseModel(shape, { mode: 'json' });
        await outcomeOf(cohere.call({ ...settings(server), responseModel: byJson }, () => 'Go')());
        expect(server.requests[0]!.body).toMatchObject({
          response_format: { type: 'json_object' },
          messages: [{ role: 'system' }, { role: 'user' }],
        });
      }));

    it('should force the call that is the answer, and keep the answer as text', () =>
      withServer(
        answerOf(
          start,
          plan('I will answer.'),
          callStart(0, 'response_1', 'response'),
          callDelta(0, json),
          callEnd(0),
          end('TOOL_CALL'),
        ),
        async (server) => {
          const byTool = responseModel(shape, { mode: 'tool' });
          const { values } = await outcomeOf(
            cohere
              .call({ ...settings(server), responseModel: byTool }, () => 'Go')()
              .pipe(toCallResponse()),
          );
          expect(server.requests[0]!.body).toMatchObject({
            tools: [{ type: 'function', function: { name: 'response' } }],
            tool_choice: 'REQUIRED',
          });
          expect(values[0]).toMatchObject({ content: json, tools: [] });
          expect(values[0]!.commonFinishReasons).toEqual(['stop']);
          expect(values[0]!.messageParam).toEqual({
            role: 'assistant',
            content: [{ type: 'text', text: json }],
          });
        },
      ));

    it('should offer the answer among other tools, one of which must be called', () =>
      withServer(answerOf(start, textStart, end('COMPLETE')), async (server) => {
        const options = { ...settings(server), tools, responseModel: shape };
        await outcomeOf(cohere.call(options, () => 'Go')());
        expect(server.requests[0]!.body).toMatchObject({
          tools: [
            { function: { name: 'search_docs' } },
            { function: { name: 'now' } },
            { function: { name: 'response' } },
          ],
          tool_choice: 'REQUIRED',
        });
        expect(server.requests[0]!.body).not.toHaveProperty('response_format');
      }));

    it('should refuse one tool by name among several before anything is sent', () =>
      withServer(answerOf(), async (server) => {
        const commonParams = { toolChoice: { name: 'now' } };
        const { error } = await outcomeOf(
          cohere.call({ ...settings(server), tools, commonParams }, () => 'Go')(),
        );
        expect(error).toMatchObject({ code: 'unsupported', provider: 'cohere' });
        expect(server.requests).toHaveLength(0);
      }));
  });

  it('should be typed by Cohere’s SDK', () => {
    const stream = cohere.call(
      { model: 'command-a-03-2025', tools, callParams: { maxTokens: 9, documents: ['x'] } },
      (city: string) => city,
    );
    expectTypeOf(stream).parameters.toEqualTypeOf<[city: string]>();
    expectTypeOf(stream).returns.toEqualTypeOf<
      Observable<StreamTuple<CohereWire, (typeof tools)[number]>>
    >();
    expectTypeOf<CohereChunk['chunk']>().toEqualTypeOf<Cohere.V2ChatStreamResponse>();
    expectTypeOf<CohereChunk['usage']>().toEqualTypeOf<ChatUsage | null>();
    expectTypeOf<CohereResponse['response']>().toEqualTypeOf<Cohere.V2ChatResponse>();
    expectTypeOf<CohereResponse['messageParam']>().toEqualTypeOf<Cohere.ChatMessageV2>();
    expectTypeOf<
      NonNullable<CohereResponse['finishReasons']>[number]
    >().toEqualTypeOf<Cohere.ChatFinishReason | null>();
    const snapshots = stream('Oslo').pipe(accumulate());
    expectTypeOf(snapshots).toEqualTypeOf<Observable<CohereResponse<(typeof tools)[number]>>>();
    const client = new CohereClientV2({ token: 't' });
    expectTypeOf(cohere.call).toBeCallableWith({ model: 'm', client: () => client }, () => 'Hi');
    // @ts-expect-error model and messages are the call's own
    cohere.call({ model: 'm', callParams: { messages: [] } }, () => 'Hi');
    // @ts-expect-error a client or options for one, not both
    cohere.call({ model: 'm', client, clientOptions: {} }, () => 'Hi');
    // @ts-expect-error the fetcher is the part of the SDK that is needed
    cohere.call({ model: 'm', clientOptions: { fetcher: () => null } }, () => 'Hi');
  });
});
