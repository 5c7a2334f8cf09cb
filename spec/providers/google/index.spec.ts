import {
  GoogleGenAI,
  type Content,
  type FunctionCall,
  type GenerateContentResponse,
  type GenerateContentResponseUsageMetadata,
} from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import {
  responseModel,
  tool,
  type Chunk,
  type CommonParams,
  type StreamError,
  type StreamTuple,
  type Tool,
} from 'rx-llm';
import {
  google,
  type GoogleCallOptions,
  type GoogleChunk,
  type GoogleParams,
  type GoogleResponse,
  type GoogleWire,
} from 'rx-llm/google';
import { takeUntilContains, toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { writeEvent } from '../../support/google-writer.ts';
import { loopbackServer, type Answer, type LoopbackServer } from '../../support/loopback-server.ts';
import { outcomeOf } from '../../support/outcome.ts';

const weather = tool({
  name: 'get_weather',
  description: 'Current weather of a city',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, degrees: 3 }),
});
const clock = tool({
  name: 'get_time',
  parameters: z.object({ city: z.string() }),
  execute: () => 'noon',
});
const tools = [weather, clock] as const;

const parts = (list: readonly object[], more: object = {}): string =>
  writeEvent({ candidates: [{ content: { role: 'model', parts: list }, index: 0, ...more }] });

const stop = (...list: readonly object[]): string => parts(list, { finishReason: 'STOP' });

const withServer = async <T>(
  answers: readonly Answer[],
  run: (server: LoopbackServer, options: GoogleCallOptions<typeof tools>) => Promise<T>,
): Promise<T> => {
  const server = await loopbackServer((_request, position) => answers[position]!);
  const client = new GoogleGenAI({
    apiKey: 'test',
    vertexai: false,
    httpOptions: { baseUrl: server.url },
  });
  try {
    return await run(server, { model: 'gemini-3-pro-preview', client, tools });
  } finally {
    await server.close();
  }
};

const responseOf = async (
  stream: Observable<StreamTuple<GoogleWire, (typeof tools)[number]>>,
): Promise<GoogleResponse<(typeof tools)[number]>> =>
  (await outcomeOf(stream.pipe(toCallResponse()))).values[0]!;

const sends = (...events: readonly string[]): Answer => ({
  steps: events.map((send) => ({ send })),
});

describe('google', () => {
  describe('goes round with tools: it', () => {
    const question: Content = { role: 'user', parts: [{ text: 'Weather and time in Oslo?' }] };

    /**
     * What the next request has to be, by Google's documentation: the model's content as it came, with
     * its signatures (of parallel calls the first has one), then one user's content with a
     * `functionResponse` for each call, under its `name` and the `id` the model gave.
     *
     * @see https://ai.google.dev/gemini-api/docs/function-calling (step 4)
     * @see https://ai.google.dev/gemini-api/docs/thought-signatures (parallel function calls)
     */
    const expected = (calls: readonly object[], ids: readonly object[]): readonly object[] => [
      question,
      { role: 'model', parts: calls },
      {
        role: 'user',
        parts: [
          {
            functionResponse: {
              ...ids[0],
              name: 'get_weather',
              response: { output: { city: 'Oslo', degrees: 3 } },
            },
          },
          {
            functionResponse: {
              ...ids[1],
              name: 'get_time',
              response: { output: 'noon' },
            },
          },
        ],
      },
    ];

    const callsOf = (ids: readonly object[]): readonly object[] => [
      {
        functionCall: { ...ids[0], name: 'get_weather', args: { city: 'Oslo' } },
        thoughtSignature: 'c2lnbmF0dXJl',
      },
      { functionCall: { ...ids[1], name: 'get_time', args: { city: 'Oslo' } } },
    ];

    const cases: readonly (readonly [
      string,
      readonly object[],
      (calls: readonly object[]) => Answer,
    ])[] = [
      ['with ids, in one event', [{ id: 'a1' }, { id: 'b2' }], (calls) => sends(stop(...calls))],
      ['without ids, in one event', [{}, {}], (calls) => sends(stop(...calls))],
      [
        'without ids, in an event each',
        [{}, {}],
        ([first, second]) => sends(parts([first!]), parts([second!]), stop({ text: '' })),
      ],
    ];

    it.each(cases)('should answer two parallel calls %s', (_name, ids, answer) => {
      const calls = callsOf(ids);
      return withServer(
        [answer(calls), sends(stop({ text: 'Cold, noon.' }))],
        async (server, options) => {
          const ask = google.call(options, (history: readonly Content[]) => history);
          const response = await responseOf(ask([question]));
          expect(new Set(response.tools.map(({ id }) => id)).size).toBe(2);
          expect(response.commonFinishReasons).toEqual(['tool_calls']);
          const outputs = await Promise.all(
            response.tools.map(
              async (called) =>
                [called, (await outcomeOf<unknown>(called.call())).values[0]] as const,
            ),
          );
          const history = [
            ...response.messages,
            response.messageParam,
            ...response.toolMessageParams(outputs),
          ];
          const answered = await responseOf(ask(history));
          expect(answered.content).toBe('Cold, noon.');
          expect((server.requests[1]!.body as { contents: unknown }).contents).toEqual(
            expected(calls, ids),
          );
        },
      );
    });

    it('should answer them in common terms as well', () => {
      const answer = sends(stop(...callsOf([{ id: 'a1' }, { id: 'b2' }])));
      return withServer([answer, sends(stop({ text: 'Cold.' }))], async (server, options) => {
        const response = await responseOf(
          google.call(options, () => 'Weather and time in Oslo?')(),
        );
        const results = response.tools.map(
          ({ id, name }) =>
            ({
              role: 'tool',
              content: [{ type: 'tool_result', id, name, output: 'fine' }],
            }) as const,
        );
        const history = [...response.commonMessages, response.commonMessageParam, ...results];
        await outcomeOf(google.call(options, () => history)());
        const { contents } = server.requests[1]!.body as { contents: readonly Content[] };
        expect(contents).toEqual([
          question,
          {
            role: 'model',
            parts: [
              {
                functionCall: { id: 'a1', name: 'get_weather', args: { city: 'Oslo' } },
                thoughtSignature: 'skip_thought_signature_validator',
              },
              { functionCall: { id: 'b2', name: 'get_time', args: { city: 'Oslo' } } },
            ],
          },
          {
            role: 'user',
            parts: [
              { functionResponse: { id: 'a1', name: 'get_weather', response: { output: 'fine' } } },
              { functionResponse: { id: 'b2', name: 'get_time', response: { output: 'fine' } } },
            ],
          },
        ]);
      });
    });
  });

  describe('delivers calls at their own end: it', () => {
    const start = parts([{ functionCall: { name: 'get_weather', willContinue: true } }]);
    const piece = (stringValue: string): string =>
      parts([
        {
          functionCall: {
            partialArgs: [{ jsonPath: '$.city', stringValue, willContinue: true }],
            willContinue: true,
          },
        },
      ]);

    it('should deliver each with its part, before the turn ends', () =>
      withServer(
        [sends(parts(calls('Oslo', 'Bergen')), parts(calls('Rome')), stop({ text: 'ok' }))],
        async (_server, options) => {
          const { values: tuples } = await outcomeOf(google.call(options, () => 'Hi')());
          expect(
            tuples.map(([chunk, called]) => [chunk.content, called && [called.id, called.args]]),
          ).toEqual([
            ['', ['call_0', { city: 'Oslo' }]],
            ['', ['call_1', { city: 'Bergen' }]],
            ['', ['call_2', { city: 'Rome' }]],
            ['ok', null],
          ]);
        },
      ));

    it('should show streamed arguments as they come, and the call once', () =>
      withServer(
        [sends(start, piece('Os'), piece('lo'), parts([{ functionCall: {} }]), stop({ text: '' }))],
        async (_server, options) => {
          const { values: tuples } = await outcomeOf(google.call(options, () => 'Hi')());
          const texts = tuples.map(([{ toolCallDeltas }]) =>
            toolCallDeltas.map((delta) => delta.arguments).join(''),
          );
          expect(texts).toEqual(['', '{"city":"Os', 'lo', '"}', '']);
          expect(tuples.map(([, called]) => called?.args ?? null)).toEqual([
            null,
            null,
            null,
            { city: 'Oslo' },
            null,
          ]);
        },
      ));

    it('should never run a call the output limit cut off', () =>
      withServer(
        [sends(start, piece('Os'), parts([], { finishReason: 'MAX_TOKENS' }))],
        async (_server, options) => {
          const response = await responseOf(google.call(options, () => 'Hi')());
          expect(response.tools).toMatchObject([
            { argumentsText: '{"city":"Os', args: null, error: { code: 'invalid-tool-arguments' } },
          ]);
        },
      ));

    it('should leave out a call that a cut stream left open', () =>
      withServer([sends(parts([{ text: 'Hm' }]), start, piece('Os'))], async (_server, options) => {
        const { error } = await outcomeOf(google.call(options, () => 'Hi')());
        const { code, partial } = error as StreamError;
        expect(code).toBe('truncated');
        expect(partial!.tools).toMatchObject([{ name: 'get_weather', args: null }]);
        expect(partial!.messageParam).toEqual({ role: 'model', parts: [{ text: 'Hm' }] });
      }));

    it('should leave out the calls of an event it was stopped in', () =>
      withServer(
        [sends(stop({ text: 'DONE now' }, ...calls('Oslo', 'Rome')))],
        async (_server, options) => {
          const response = await responseOf(
            google
              .call(options, () => 'Hi')()
              .pipe(takeUntilContains('DONE')),
          );
          expect(response.content).toBe('DONE');
          const { parts: kept = [] } = response.messageParam;
          expect(kept[0]).toEqual({ text: 'DONE' });
          expect(kept.filter(({ functionCall }) => functionCall)).toHaveLength(
            response.commonMessageParam.content.length - 1,
          );
        },
      ));
  });

  describe('asks for an answer in a shape: it', () => {
    const answer = z.object({ city: z.string(), degrees: z.int() });
    const brief = { model: 'gemini-2.5-flash', responseModel: answer } as const;
    const json = '{"city":"Oslo","degrees":3}';

    it('should send the common parameters and the schema', () =>
      withServer([sends(stop({ text: json }))], async (server, { client }) => {
        const commonParams: Required<Omit<CommonParams, 'toolChoice'>> = {
          temperature: 0.5,
          topP: 0.9,
          maxTokens: 64,
          frequencyPenalty: 0.1,
          presencePenalty: 0.2,
          seed: 7,
          stop: ['END'],
        };
        const ask = google.call({ ...brief, client: client!, commonParams }, () => 'Weather?');
        const { values } = await outcomeOf(ask().pipe(toCallResponse()));
        expect(values[0]!.messageParam).toEqual({ role: 'model', parts: [{ text: json }] });
        expect(
          (server.requests[0]!.body as { generationConfig: unknown }).generationConfig,
        ).toEqual({
          temperature: 0.5,
          topP: 0.9,
          maxOutputTokens: 64,
          frequencyPenalty: 0.1,
          presencePenalty: 0.2,
          seed: 7,
          stopSequences: ['END'],
          responseMimeType: 'application/json',
          responseJsonSchema: {
            type: 'object',
            properties: {
              city: { type: 'string' },
              degrees: {
                type: 'integer',
                minimum: Number.MIN_SAFE_INTEGER,
                maximum: Number.MAX_SAFE_INTEGER,
              },
            },
            required: ['city', 'degrees'],
          },
        });
      }));

    it('should send the JSON mode alone, where the schema stands in the instructions', () =>
      withServer([sends(stop({ text: '{}' }))], async (server, { client }) => {
        await outcomeOf(
          google.call({ model: 'gemini-2.5-flash', client: client!, jsonMode: true }, () => 'Hi')(),
        );
        const { generationConfig, systemInstruction } = server.requests[0]!.body as {
          generationConfig: unknown;
          systemInstruction: unknown;
        };
        expect(generationConfig).toEqual({ responseMimeType: 'application/json' });
        expect(JSON.stringify(systemInstruction)).toContain('JSON');
      }));

    it('should force the call that is the answer, and keep the answer as text', () => {
      const call = {
        functionCall: { name: 'response', args: { city: 'Oslo', degrees: 3 } },
        thoughtSignature: 'c2ln',
      };
      return withServer(
        [sends(stop({ text: 'Hm', thought: true }, call))],
        async (server, { client }) => {
          const responseModelByTool = responseModel(answer, { mode: 'tool' });
          const ask = google.call(
            { model: 'gemini-3-pro-preview', client: client!, responseModel: responseModelByTool },
            () => 'Weather?',
          );
          const { values } = await outcomeOf(ask().pipe(toCallResponse()));
          expect(server.requests[0]!.body).toMatchObject({
            tools: [{ functionDeclarations: [{ name: 'response' }] }],
            toolConfig: {
              functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['response'] },
            },
          });
          const response = values[0]!;
          expect(response).toMatchObject({ content: json, tools: [] });
          expect(response.commonFinishReasons).toEqual(['stop']);
          expect(response.messageParam).toEqual({
            role: 'model',
            parts: [{ text: 'Hm', thought: true }, { text: json }],
          });
        },
      );
    });

    it('should offer the answer among other tools to a model before Gemini 3', () =>
      withServer([sends(stop({ text: 'no' }))], async (server, { client }) => {
        await outcomeOf(google.call({ ...brief, client: client!, tools }, () => 'Weather?')());
        expect(server.requests[0]!.body).toMatchObject({
          tools: [
            {
              functionDeclarations: [
                { name: 'get_weather' },
                { name: 'get_time' },
                { name: 'response' },
              ],
            },
          ],
          toolConfig: { functionCallingConfig: { mode: 'ANY' } },
        });
        expect(server.requests[0]!.body).not.toHaveProperty('generationConfig.responseMimeType');
      }));

    it('should refuse a mark of what to cache before anything is sent', () =>
      withServer([], async (server, options) => {
        const { error } = await outcomeOf(
          google.call(options, () => [{ type: 'text', text: 'Hi', cacheControl: true }])(),
        );
        expect(error).toMatchObject({ code: 'unsupported', provider: 'google' });
        expect(server.requests).toHaveLength(0);
      }));
  });

  it('should end a blocked prompt as filtered, not as an error', () =>
    withServer(
      [sends(writeEvent({ promptFeedback: { blockReason: 'SAFETY' } }))],
      async (_server, options) => {
        const response = await responseOf(google.call(options, () => 'Hi')());
        expect(response).toMatchObject({
          content: '',
          interrupted: false,
          finishReasons: ['SAFETY'],
          commonFinishReasons: ['content_filter'],
        });
        expect(response.response.promptFeedback?.blockReason).toBe('SAFETY');
      },
    ));

  it('should wait for code that is still to run', () =>
    withServer(
      [
        sends(
          stop({ executableCode: { code: 'print(1)', language: 'PYTHON' } }),
          parts([{ codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } }]),
          stop({ text: 'It is 1.' }),
        ),
      ],
      async (_server, options) => {
        const response = await responseOf(google.call({ ...options, usageWait: 0 }, () => 'Hi')());
        expect(response.content).toBe('It is 1.');
      },
    ));

  describe('is typed: it', () => {
    it('should have the SDK’s types', () => {
      expectTypeOf<GoogleChunk['chunk']>().toEqualTypeOf<GenerateContentResponse>();
      expectTypeOf<
        GoogleChunk['usage']
      >().toEqualTypeOf<GenerateContentResponseUsageMetadata | null>();
      expectTypeOf<GoogleResponse['response']>().toEqualTypeOf<GenerateContentResponse>();
      expectTypeOf<GoogleResponse['messageParam']>().toEqualTypeOf<Content>();
      expectTypeOf<Tool['toolCall']>().toBeUnknown();
      expectTypeOf<GoogleWire['toolCall']>().toEqualTypeOf<FunctionCall>();
      expectTypeOf<GoogleChunk>().toExtend<Chunk>();
    });

    it('should let finish reasons be compared with texts', () => {
      type Reason = NonNullable<NonNullable<GoogleResponse['finishReasons']>[number]>;
      expectTypeOf<'STOP' | 'SAFETY' | 'JAILBREAK'>().toExtend<Reason>();
      expectTypeOf<'stop'>().not.toExtend<Reason>();
    });

    it('should take the SDK’s parameters, less those that are filled in', () => {
      expectTypeOf<{
        temperature: number;
        thinkingConfig: { thinkingBudget: number };
      }>().toExtend<GoogleParams>();
      expectTypeOf<GoogleParams>().not.toHaveProperty('abortSignal');
      expectTypeOf<GoogleParams>().not.toHaveProperty('automaticFunctionCalling');
    });

    it('should take a client or options for one', () => {
      const client = new GoogleGenAI({ apiKey: 'test' });
      google.call({ model: 'm', client }, () => 'Hi');
      google.call({ model: 'm', client: () => Promise.resolve(client) }, () => 'Hi');
      google.call({ model: 'm', clientOptions: { vertexai: true, project: 'p' } }, () => 'Hi');
      // @ts-expect-error one of them
      google.call({ model: 'm', client, clientOptions: { apiKey: 'test' } }, () => 'Hi');
    });

    it('should type the tools of a call', () => {
      const ask = google.call({ model: 'm', tools }, (city: string) => `Weather in ${city}?`);
      expectTypeOf(ask).parameters.toEqualTypeOf<[string]>();
      const use = () =>
        ask('Oslo').subscribe(([chunk, called]) => {
          expectTypeOf(chunk.content).toBeString();
          if (called?.error === null) {
            expectTypeOf(called.name).toEqualTypeOf<'get_weather' | 'get_time'>();
            expectTypeOf(called.args).toEqualTypeOf<{ city: string }>();
          }
        });
      expect(use).toBeDefined();
    });
  });
});

const calls = (...cities: readonly string[]): readonly object[] =>
  cities.map((city) => ({ functionCall: { name: 'get_weather', args: { city } } }));
