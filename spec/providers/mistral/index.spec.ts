import { describe, expect, it } from '@jest/globals';
import type { HTTPClient, Mistral } from '@mistralai/mistralai';
import type {
  ChatCompletionResponse,
  CompletionChunk,
  ToolCall,
  UsageInfo,
} from '@mistralai/mistralai/models/components';
import { expectTypeOf } from 'expect-type';
import { map, type Observable } from 'rxjs';
import { responseModel, tool, type StreamTuple } from 'rx-llm';
import {
  mistral,
  type MistralCallOptions,
  type MistralChunk,
  type MistralResponse,
  type MistralWire,
} from 'rx-llm/mistral';
import { toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { answerOf, withServer } from '../../support/conformance/run.ts';
import { mistralChunkOf, writeEvent } from '../../support/mistral-writer.ts';
import { outcomeOf } from '../../support/outcome.ts';
import type { ProviderFixture } from '../../support/conformance/fixture.ts';

const transaction = z.object({ transactionId: z.string() });
const status = tool({
  name: 'retrievePaymentStatus',
  description: 'Get payment status of a transaction id',
  parameters: transaction,
  execute: ({ transactionId }) => ({ status: `${transactionId} is paid` }),
});
const date = tool({ name: 'retrievePaymentDate', parameters: transaction, execute: () => 'today' });

const stream = (...chunks: readonly object[]) =>
  answerOf({ headers: {} } as ProviderFixture<MistralWire>, [
    { send: `${chunks.map(writeEvent).join('')}data: [DONE]\n\n` },
  ]);

describe('mistral', () => {
  /**
   * As https://docs.mistral.ai/capabilities/function_calling and the SDK's own
   * examples/src/async_function_calling_streaming.ts have it: the response's message is pushed as it is,
   * then per call `{ role: "tool", name, content, toolCallId }`.
   */
  it('should make the round trip of two parallel tools as the documentation does', async () => {
    const args = '{"transactionId": "T1001"}';
    const calls = [
      { index: 0, id: 'D681PevKs', name: status.name, arguments: args },
      { index: 1, id: 'aX2gaLIyo', name: date.name, arguments: args },
    ];
    const first = stream(
      mistralChunkOf({ text: '' }),
      mistralChunkOf({ calls }, { finish: 'tool_calls' }),
    );
    const second = stream(mistralChunkOf({ text: 'Paid.' }, { finish: 'stop' }));
    await withServer(
      (_request, position) => (position === 0 ? first : second),
      async ({ url, requests }) => {
        const options = {
          model: 'mistral-small-latest',
          tools: [status, date],
          clientOptions: { apiKey: 'test', serverURL: url },
        } as const;
        const ask = mistral.call(options, () => 'Is T1001 paid, and when?');
        const { values } = await outcomeOf(ask().pipe(toCallResponse()));
        const response = values[0]!;
        const outputs = await Promise.all(
          response.tools.map(async (called) => {
            const { values: results } = await outcomeOf<unknown>(called.call());
            return [called, results[0]] as const;
          }),
        );
        const history = [
          ...response.messages,
          response.messageParam,
          ...response.toolMessageParams(outputs),
        ];
        await outcomeOf(mistral.call(options, () => history)());
        const toolCall = ({ id, name, index }: (typeof calls)[number]) => ({
          id,
          type: 'function',
          function: { name, arguments: args },
          index,
        });
        expect((requests[1]!.body as { messages: unknown }).messages).toEqual([
          { role: 'user', content: 'Is T1001 paid, and when?' },
          {
            role: 'assistant',
            content: '',
            tool_calls: calls.map(toolCall),
            prefix: false,
          },
          {
            role: 'tool',
            content: '{"status":"T1001 is paid"}',
            tool_call_id: 'D681PevKs',
            name: 'retrievePaymentStatus',
          },
          {
            role: 'tool',
            content: 'today',
            tool_call_id: 'aX2gaLIyo',
            name: 'retrievePaymentDate',
          },
        ]);
        // In common terms the next turn is the same.
        const common = [...response.commonMessages, response.commonMessageParam];
        await outcomeOf(mistral.call(options, () => common)());
        expect((requests[2]!.body as { messages: object[] }).messages[1]).toMatchObject({
          role: 'assistant',
          tool_calls: calls.map(({ id, name }) => ({ id, function: { name } })),
        });
      },
    );
  });

  /** "Always replay the assistant turn … with its ThinkChunks intact": examples/src/reasoning_multi_turn.ts of the SDK. */
  it('should send reasoning back as it came', async () => {
    const answer = stream(
      mistralChunkOf({ text: '' }),
      mistralChunkOf({ thinking: 'H' }),
      mistralChunkOf({ thinking: 'm' }),
      mistralChunkOf({ text: '391' }, { finish: 'stop' }),
    );
    await withServer(answer, async ({ url, requests }) => {
      const options = { model: 'm', clientOptions: { apiKey: 'test', serverURL: url } };
      const { values } = await outcomeOf(
        mistral
          .call(options, () => '17 * 23?')()
          .pipe(toCallResponse()),
      );
      const { messages, messageParam } = values[0]!;
      await outcomeOf(mistral.call(options, () => [...messages, messageParam])());
      const sent = (requests[1]!.body as { messages: object[] }).messages[1];
      expect(sent).toMatchObject({
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }], closed: true },
          { type: 'text', text: '391' },
        ],
      });
    });
  });

  it('should send the SDK’s parameters by the names of the wire', async () => {
    await withServer(stream(mistralChunkOf({ finish: 'stop' })), async ({ url, requests }) => {
      const options: MistralCallOptions = {
        model: 'm',
        clientOptions: { serverURL: url },
        callParams: {
          maxTokens: 9,
          parallelToolCalls: false,
          responseFormat: { type: 'json_object' },
        },
      };
      await outcomeOf(mistral.call(options, () => 'Hi')());
      expect(requests[0]!.body).toEqual({
        model: 'm',
        messages: [{ role: 'user', content: 'Hi' }],
        stream: true,
        max_tokens: 9,
        parallel_tool_calls: false,
        response_format: { type: 'json_object' },
      });
    });
  });

  describe('asks for an answer in a shape: it', () => {
    const shape = z.object({ city: z.string(), note: z.object({ text: z.string() }) });
    const json = '{"city":"Oslo","note":{"text":"cold"}}';
    const options = (url: string) => ({
      model: 'm',
      clientOptions: { apiKey: 'test', serverURL: url },
    });

    it('should send the common parameters and the closed schema by the names of the wire', () =>
      withServer(
        stream(mistralChunkOf({ text: json }, { finish: 'stop' })),
        async ({ url, requests }) => {
          const commonParams = {
            temperature: 0.5,
            topP: 0.9,
            maxTokens: 64,
            frequencyPenalty: 0.1,
            presencePenalty: 0.2,
            seed: 7,
            stop: ['END'],
          };
          await outcomeOf(
            mistral.call(
              { ...options(url), commonParams, responseModel: shape },
              () => 'Weather?',
            )(),
          );
          const object = { type: 'object', additionalProperties: false };
          const string = { type: 'string' };
          expect(requests[0]!.body).toEqual({
            model: 'm',
            messages: [{ role: 'user', content: 'Weather?' }],
            stream: true,
            temperature: 0.5,
            top_p: 0.9,
            max_tokens: 64,
            frequency_penalty: 0.1,
            presence_penalty: 0.2,
            random_seed: 7,
            stop: ['END'],
            response_format: {
              type: 'json_schema',
              json_schema: {
                name: 'response',
                strict: true,
                schema: {
                  ...object,
                  properties: {
                    city: string,
                    note: { ...object, properties: { text: string }, required: ['text'] },
                  },
                  required: ['city', 'note'],
                },
              },
            },
          });
        },
      ));

    it('should send the JSON mode, where the schema stands in the instructions', () =>
      withServer(
        stream(mistralChunkOf({ text: json }, { finish: 'stop' })),
        async ({ url, requests }) => {
          const byJson = responseModel(shape, { mode: 'json' });
          await outcomeOf(mistral.call({ ...options(url), responseModel: byJson }, () => 'Hi')());
          expect(requests[0]!.body).toMatchObject({
            response_format: { type: 'json_object' },
            messages: [{ role: 'system' }, { role: 'user' }],
          });
        },
      ));

    it('should force the call that is the answer, and keep the answer as text', () => {
      const calls = [{ index: 0, id: 'D681PevKs', name: 'response', arguments: json }];
      return withServer(
        stream(mistralChunkOf({ text: '' }), mistralChunkOf({ calls }, { finish: 'tool_calls' })),
        async ({ url, requests }) => {
          const byTool = responseModel(shape, { mode: 'tool', strict: true });
          const { values } = await outcomeOf(
            mistral
              .call({ ...options(url), responseModel: byTool }, () => 'Weather?')()
              .pipe(toCallResponse()),
          );
          expect(requests[0]!.body).toMatchObject({
            tools: [
              {
                type: 'function',
                function: {
                  name: 'response',
                  strict: true,
                  parameters: { additionalProperties: false },
                },
              },
            ],
            tool_choice: { type: 'function', function: { name: 'response' } },
          });
          expect(values[0]).toMatchObject({ content: json, tools: [] });
          expect(values[0]!.commonFinishReasons).toEqual(['stop']);
          expect(values[0]!.messageParam).toEqual({ role: 'assistant', content: json });
        },
      );
    });

    it.each([
      ['auto', 'auto'],
      ['required', 'any'],
      ['none', 'none'],
      [{ name: status.name }, { type: 'function', function: { name: status.name } }],
    ] as const)('should send the choice %j as %j', (toolChoice, sent) =>
      withServer(stream(mistralChunkOf({ finish: 'stop' })), async ({ url, requests }) => {
        const asked = { ...options(url), tools: [status, date], commonParams: { toolChoice } };
        await outcomeOf(mistral.call(asked, () => 'Hi')());
        expect(requests[0]!.body).toMatchObject({ tool_choice: sent });
      }),
    );
  });

  it('should speak in the SDK’s types', () => {
    const ask = mistral.call({ model: 'm', tools: [status, date] }, (id: string) => `And ${id}?`);
    expectTypeOf(ask).parameters.toEqualTypeOf<[id: string]>();
    expectTypeOf(ask('x')).toEqualTypeOf<
      Observable<StreamTuple<MistralWire, typeof status | typeof date>>
    >();
    expectTypeOf<MistralChunk['chunk']>().toEqualTypeOf<CompletionChunk>();
    expectTypeOf<MistralResponse['response']>().toEqualTypeOf<ChatCompletionResponse>();
    expectTypeOf<MistralResponse['usage']>().toEqualTypeOf<UsageInfo | null>();
    const called = ask('x').pipe(
      map(([chunk, call]) => {
        expectTypeOf(chunk).toEqualTypeOf<MistralChunk>();
        if (call?.error !== null) return null;
        expectTypeOf(call.toolCall).toEqualTypeOf<ToolCall>();
        expectTypeOf(call.name).toEqualTypeOf<'retrievePaymentStatus' | 'retrievePaymentDate'>();
        expectTypeOf(call.args).toEqualTypeOf<{ transactionId: string }>();
        return call;
      }),
    );
    expectTypeOf(called).toExtend<Observable<object | null>>();
    expectTypeOf(mistral.call).toBeCallableWith(
      { model: 'm', callParams: { topP: 1, n: 2, randomSeed: 7 } },
      () => 'Hi',
    );
    const client = null as unknown as Mistral;
    const httpClient = null as unknown as HTTPClient;
    expectTypeOf(mistral.call).toBeCallableWith({ model: 'm', client }, () => 'Hi');
    expectTypeOf(mistral.call).toBeCallableWith({ model: 'm', client: () => client }, () => 'Hi');
    expectTypeOf(mistral.call).toBeCallableWith(
      { model: 'm', clientOptions: { httpClient }, requestOptions: { timeoutMs: 9 } },
      () => 'Hi',
    );
    // @ts-expect-error: the model and the messages are the call's own
    mistral.call({ model: 'm', callParams: { messages: [] } }, () => 'Hi');
    // @ts-expect-error: either a client or the options to make one with
    mistral.call({ model: 'm', client, clientOptions: {} }, () => 'Hi');
    // @ts-expect-error: the signal is an option of the call
    mistral.call({ model: 'm', requestOptions: { signal: AbortSignal.abort() } }, () => 'Hi');
  });
});
