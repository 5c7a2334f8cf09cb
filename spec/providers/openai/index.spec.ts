import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import OpenAI from 'openai';
import { retry, type Observable, type ObservedValueOf } from 'rxjs';
import {
  StreamError,
  tool,
  type CallResponse,
  type CommonFinishReason,
  type InvalidTool,
  type Message,
} from 'rx-llm';
import {
  openai,
  type OpenAICallOptions,
  type OpenAIChunk,
  type OpenAIResponse,
  type OpenAIWire,
} from 'rx-llm/openai';
import { toCallResponse } from 'rx-llm/operators';
import { writeEvent } from '../../support/chat-completions-writer.ts';
import { withServer } from '../../support/conformance/run.ts';
import type { Answer, LoopbackServer } from '../../support/loopback-server.ts';
import { outcomeOf, settled } from '../../support/outcome.ts';
import { describeService } from '../chat-completions/describe-service.ts';

const key = 'sk-test-0123456789';

const connectionTo = ({ url }: LoopbackServer) => ({
  model: 'm-1',
  clientOptions: { apiKey: key, baseURL: `${url}/v1` },
});

const clientOf = ({ url }: LoopbackServer): OpenAI =>
  new OpenAI({ apiKey: key, baseURL: `${url}/v1` });

const chunk = (choice: object, fields: object = {}): object => ({
  id: 'chatcmpl-7',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'm-1-2026',
  choices: [{ index: 0, delta: {}, finish_reason: null, ...choice }],
  ...fields,
});

const text = (content: string): object => chunk({ delta: { content } });

const answerOf = (...events: readonly object[]): Answer => ({
  headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req_7' },
  steps: [{ send: `${events.map(writeEvent).join('')}data: [DONE]\n\n` }],
});

const greeting = answerOf(text('Hel'), text('lo'), chunk({ finish_reason: 'stop' }));

const refusal = (
  status: number,
  error: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'retry-after-ms': '1', ...headers },
  steps: [{ send: JSON.stringify({ error }) }],
});

const failureOf = async (stream: Observable<unknown>): Promise<StreamError> => {
  const { error } = await outcomeOf(stream);
  expect(error).toBeInstanceOf(StreamError);
  return error as StreamError;
};

describe('openai', () => {
  describe('sends: it', () => {
    it('should send the model, the messages, the parameters and the tools', () =>
      withServer(greeting, async (server) => {
        const weather = tool({ name: 'weather', parameters: { type: 'object' }, strict: true });
        const ask = openai.call(
          {
            ...connectionTo(server),
            tools: [weather],
            callParams: {
              temperature: 0.2,
              stream_options: { include_obfuscation: false },
              tools: [{ type: 'function', function: { name: 'own' } }],
            },
          },
          (city: string): readonly Message[] => [
            { role: 'system', content: 'Be brief' },
            { role: 'user', content: `Weather in ${city}?` },
          ],
        );
        await outcomeOf(ask('Oslo'));
        const [request] = server.requests;
        expect(request).toMatchObject({ path: '/v1/chat/completions', method: 'POST' });
        expect(request?.headers).toMatchObject({ authorization: `Bearer ${key}` });
        expect(request?.body).toEqual({
          model: 'm-1',
          messages: [
            { role: 'system', content: 'Be brief' },
            { role: 'user', content: 'Weather in Oslo?' },
          ],
          temperature: 0.2,
          stream: true,
          stream_options: { include_usage: true, include_obfuscation: false },
          tools: [
            { type: 'function', function: { name: 'own' } },
            {
              type: 'function',
              function: { name: 'weather', parameters: { type: 'object' }, strict: true },
            },
          ],
        });
      }));

    it('should refuse what the API cannot take, and send nothing', () =>
      withServer(greeting, async (server) => {
        const error = await failureOf(
          openai.call(connectionTo(server), () => [
            { type: 'audio', url: 'https://x.test/a.wav' } as const,
          ])(),
        );
        expect(error).toMatchObject({ code: 'unsupported', provider: 'openai', partial: null });
        expect(server.requests).toHaveLength(0);
      }));

    it('should fail as a stream does for a tool result that JSON cannot hold', () =>
      withServer(greeting, async (server) => {
        const output = { count: 1n };
        await failureOf(
          openai.call(connectionTo(server), () => [
            {
              role: 'tool',
              content: [{ type: 'tool_result', id: 'a', name: 'f', output }],
            } as const,
          ])(),
        );
      }));
  });

  describe('reaches the API through a client: it', () => {
    it('should send through a client of the caller’s', () =>
      withServer(greeting, async (server) => {
        const client = clientOf(server);
        const { error } = await outcomeOf(openai.call({ model: 'm-1', client }, () => 'Hello')());
        expect(error).toBeNull();
        expect(server.requests).toHaveLength(1);
      }));

    it('should ask a function for a client once per subscription, and not before', () =>
      withServer(
        (_request, position) => (position === 0 ? refusal(500, {}) : greeting),
        async (server) => {
          let asked = 0;
          const client = async (): Promise<OpenAI> => {
            asked++;
            await settled();
            return clientOf(server);
          };
          const stream = openai.call({ model: 'm-1', client }, () => 'Hello')();
          await settled();
          expect(asked).toBe(0);
          const { error } = await outcomeOf(stream.pipe(retry(1)));
          expect(error).toBeNull();
          expect(asked).toBe(2);
        },
      ));

    it('should tell a function that fails, with the failure as the cause', async () => {
      const failure = new Error('no vault');
      const client = () => Promise.reject(failure);
      const error = await failureOf(openai.call({ model: 'm-1', client }, () => 'Hello')());
      expect(error).toMatchObject({ detail: 'no vault', cause: failure, retryable: false });
    });

    it('should not take a mistake in the function for a failed connection', async () => {
      const client = (): OpenAI => {
        throw new TypeError('vault.get is not a function');
      };
      const error = await failureOf(openai.call({ model: 'm-1', client }, () => 'Hello')());
      expect(error.code).not.toBe('connection');
      expect(error.retryable).toBe(false);
    });

    it('should not use what a client gives after it was unsubscribed from', () =>
      withServer(greeting, async (server) => {
        let give: (client: OpenAI) => void = () => undefined;
        const client = () => new Promise<OpenAI>((resolve) => (give = resolve));
        const subscription = openai
          .call({ model: 'm-1', client }, () => 'Hello')()
          .subscribe();
        subscription.unsubscribe();
        give(clientOf(server));
        await settled();
        expect(server.requests).toHaveLength(0);
      }));
  });

  describe('leaves retrying to the caller: it', () => {
    const requestsOf = (options: (server: LoopbackServer) => OpenAICallOptions<readonly []>) =>
      withServer(refusal(500, {}), async (server) => {
        await failureOf(openai.call(options(server), () => 'Hello')());
        return server.requests.length;
      });

    it('should send once, whatever the client does by default', async () => {
      expect(await requestsOf(connectionTo)).toBe(1);
      expect(await requestsOf((server) => ({ model: 'm-1', client: clientOf(server) }))).toBe(1);
    });

    it('should retry as the options of the request say', async () => {
      const requestOptions = { maxRetries: 1 };
      expect(await requestsOf((server) => ({ ...connectionTo(server), requestOptions }))).toBe(2);
      expect(
        await requestsOf((server) => ({ model: 'm-1', client: clientOf(server), requestOptions })),
      ).toBe(2);
    });

    it('should retry as the options of the client say', async () => {
      expect(
        await requestsOf((server) => ({
          model: 'm-1',
          clientOptions: { ...connectionTo(server).clientOptions, maxRetries: 1 },
        })),
      ).toBe(2);
    });
  });

  describe('tells errors inside the stream: it', () => {
    const streamOf = (answer: Answer) =>
      withServer(answer, (server) => outcomeOf(openai.call(connectionTo(server), () => 'Hello')()));

    it('should give the SDK’s error, the request id and what had arrived', async () => {
      const failure = { message: 'it broke', type: 'server_error', code: 'E7', param: 'x' };
      const { values, error } = await streamOf(answerOf(text('Hel'), { error: failure }));
      expect(values).toHaveLength(1);
      expect(error).toBeInstanceOf(StreamError);
      const { partial, cause, ...facts } = error as StreamError;
      expect(facts).toMatchObject({
        code: 'server',
        provider: 'openai',
        status: null,
        providerCode: 'E7',
        requestId: 'req_7',
        retryable: true,
      });
      expect(partial).toMatchObject({ content: 'Hel', interrupted: true });
      expect(cause).toBeInstanceOf(OpenAI.APIError);
      expect(cause).toMatchObject({
        code: 'E7',
        type: 'server_error',
        param: 'x',
        requestID: 'req_7',
        error: failure,
      });
    });

    it('should emit the choices beside an error, and then the error', async () => {
      const error = { code: 502, message: 'Provider disconnected' };
      const broken = chunk({ delta: { content: 'lo' }, finish_reason: 'error' }, { error });
      const outcome = await streamOf(answerOf(text('Hel'), broken));
      expect(outcome.values.map(([{ content }]) => content)).toEqual(['Hel', 'lo']);
      expect(outcome.error).toMatchObject({ code: 'server', detail: 'Provider disconnected' });
      expect((outcome.error as StreamError).partial?.content).toBe('Hello');
    });

    // Losing the connection after the finish reason is an end, an error the server reports is none.
    it.each([{ code: 408 }, { type: 'timeout' }])(
      'should not take the error %j beside a finish reason for a lost connection',
      async (fields) => {
        const error = { message: 'Request timed out', ...fields };
        const broken = chunk({ finish_reason: 'error' }, { error });
        const outcome = await streamOf(answerOf(text('Hel'), broken));
        expect(outcome.completed).toBe(false);
        expect(outcome.error).toMatchObject({ code: 'timeout', detail: 'Request timed out' });
      },
    );

    it('should give what xAI sends under status 200 as an error', async () => {
      const { values, error } = await streamOf({
        headers: { 'content-type': 'application/json' },
        steps: [{ send: JSON.stringify({ code: 'invalid-argument', error: 'Bad key' }) }],
      });
      expect(values).toEqual([]);
      expect(error).toMatchObject({ detail: 'Bad key', cause: expect.any(OpenAI.APIError) });
    });
  });

  describe('shows no secrets: it', () => {
    /** The message of the error when the server quotes this. */
    const messageOf = (
      quoted: unknown,
      options: (server: LoopbackServer) => OpenAICallOptions<readonly []>,
      prompt = 'Hello',
    ): Promise<string> =>
      withServer(refusal(401, quoted), async (server) => {
        const { message } = await failureOf(openai.call(options(server), () => prompt)());
        return message;
      });

    it('should not show the key of a client, whoever made it', async () => {
      const quoted = { message: `Incorrect key ${key}` };
      expect(await messageOf(quoted, connectionTo)).not.toContain(key);
      expect(
        await messageOf(quoted, (server) => ({ model: 'm-1', client: clientOf(server) })),
      ).not.toContain(key);
    });

    it('should not show a key that a function gives', async () => {
      const message = await messageOf({ message: `Incorrect key ${key}` }, (server) => ({
        model: 'm-1',
        clientOptions: { apiKey: () => Promise.resolve(key), baseURL: `${server.url}/v1` },
      }));
      expect(message).not.toContain(key);
    });

    it('should not show a header the caller adds', async () => {
      const message = await messageOf({ message: 'Unknown team team-secret-1234' }, (server) => ({
        ...connectionTo(server),
        requestOptions: { headers: { 'x-team-key': 'team-secret-1234' } },
      }));
      expect(message).not.toContain('team-secret-1234');
    });

    it('should not show a prompt that the server quotes in an error without a message', async () => {
      const prompt = 'Say "hi" to the\nqueen of Oslo';
      const message = await messageOf({ reason: `No: ${prompt}` }, connectionTo, prompt);
      expect(message).not.toContain('queen of Oslo');
    });
  });

  describe('in a process of its own: it', () => {
    /** Runs a module that has `openai` and `log`, and gives the lines it logs, `sdk` where it is loaded. */
    const linesOf = async (
      script: string,
      { url = 'http://127.0.0.1:1', sdk = true } = {},
    ): Promise<readonly string[]> => {
      const onLoad = sdk ? '' : "throw new Error('not installed');";
      const hooks = `
        import { writeSync } from 'node:fs';
        export function resolve(specifier, context, next) {
          if (specifier === 'openai') { writeSync(1, 'sdk\\n'); ${onLoad} }
          return next(specifier, context);
        }`;
      const register = `
        import { register } from 'node:module';
        register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});`;
      const main = `
        import { writeSync } from 'node:fs';
        const log = (line) => writeSync(1, line + '\\n');
        const { openai } = await import(${JSON.stringify(`${process.cwd()}/providers/openai/index.ts`)});
        const clientOptions = { apiKey: 'sk-test', baseURL: ${JSON.stringify(`${url}/v1`)} };
        const ended = (stream) => new Promise((resolve) =>
          stream.subscribe({ error: resolve, complete: () => resolve(null) }));
        ${script}`;
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          ...[
            '--import',
            'tsx',
            '--import',
            `data:text/javascript,${encodeURIComponent(register)}`,
          ],
          ...['--input-type=module', '--eval', main],
        ],
        { env: { PATH: process.env['PATH'] } },
      );
      return stdout.trim().split('\n');
    };

    it('should load the SDK on the first subscription, not before', async () => {
      const lines = await linesOf(`
        log('imported');
        const stream = openai.call({ model: 'm-1', clientOptions }, () => 'Hello')();
        await new Promise((resolve) => setImmediate(resolve));
        log('called');
        log((await ended(stream)).code);`);
      expect(lines).toEqual(['imported', 'called', 'sdk', 'connection']);
    }, 20_000);

    it('should not load the SDK where the caller brings a client', async () => {
      const lines = await linesOf(`
        const client = { chat: { completions: {
          create: () => ({ asResponse: () => Promise.reject(new Error('mine')) }),
        } } };
        const error = await ended(openai.call({ model: 'm-1', client }, () => 'Hello')());
        log(error.detail);`);
      expect(lines).toEqual(['mine']);
    }, 20_000);

    it('should say how to install an SDK that is missing', async () => {
      const lines = await linesOf(
        `const error = await ended(openai.call({ model: 'm-1', clientOptions }, () => 'Hello')());
        log(error.code);
        log(error.message);
        log(String(error.cause instanceof Error));`,
        { sdk: false },
      );
      expect(lines).toEqual([
        'sdk',
        'missing-sdk',
        expect.stringContaining('npm install openai'),
        'true',
      ]);
    }, 20_000);

    // Here because the SDK knows an aborted fetch by a class that jest's realm does not share.
    it(
      'should tell the SDK’s timeout',
      () =>
        withServer({ beforeHeaders: [{ stall: true }], steps: [] }, async ({ url }) => {
          const lines = await linesOf(
            `const requestOptions = { timeout: 20 };
          const options = { model: 'm-1', clientOptions, requestOptions };
          const { code, retryable, cause } = await ended(openai.call(options, () => 'Hello')());
          log([code, retryable, cause.constructor.name].join(' '));`,
            { url },
          );
          expect(lines).toEqual(['sdk', 'timeout true APIConnectionTimeoutError']);
        }),
      20_000,
    );
  });
});

describe('the types of openai', () => {
  it('should be the SDK’s own', () => {
    expectTypeOf<OpenAIChunk['chunk']>().toEqualTypeOf<OpenAI.ChatCompletionChunk>();
    expectTypeOf<OpenAIChunk['usage']>().toEqualTypeOf<OpenAI.CompletionUsage | null>();
    expectTypeOf<OpenAIResponse['response']>().toEqualTypeOf<OpenAI.ChatCompletion>();
    expectTypeOf<OpenAIResponse['usage']>().toEqualTypeOf<OpenAI.CompletionUsage | null>();
    expectTypeOf<
      OpenAIResponse['messageParam']
    >().toEqualTypeOf<OpenAI.ChatCompletionMessageParam>();
    expectTypeOf<OpenAIResponse['messages']>().toEqualTypeOf<
      readonly OpenAI.ChatCompletionMessageParam[]
    >();
    expectTypeOf(openai.provider.name).toBeString();
  });

  it('should tell why a choice ended', () => {
    type Reasons = readonly (OpenAI.ChatCompletion.Choice['finish_reason'] | null)[] | null;
    type CommonReasons = readonly (CommonFinishReason | null)[] | null;
    expectTypeOf<OpenAIChunk['finishReasons']>().toEqualTypeOf<Reasons>();
    expectTypeOf<OpenAIResponse['finishReasons']>().toEqualTypeOf<Reasons>();
    expectTypeOf<OpenAIResponse['commonFinishReasons']>().toEqualTypeOf<CommonReasons>();
  });

  it('should take the SDK’s parameters, and leave the call’s own out', () => {
    type Params = NonNullable<OpenAICallOptions['callParams']>;
    expectTypeOf<Params['temperature']>().toEqualTypeOf<number | null | undefined>();
    expectTypeOf<Params>().not.toHaveProperty('model');
    expectTypeOf<Params>().not.toHaveProperty('messages');
    expectTypeOf<Params>().not.toHaveProperty('stream');
    const prompt = (): string => 'Hello';
    openai.call({ model: 'm-1', callParams: { temperature: 0, n: 2, seed: 1 } }, prompt);
    // @ts-expect-error temperature is a number
    openai.call({ model: 'm-1', callParams: { temperature: 'warm' } }, prompt);
    // @ts-expect-error the call has the model
    openai.call({ model: 'm-1', callParams: { model: 'm-2' } }, prompt);
    // @ts-expect-error the call has the messages
    openai.call({ model: 'm-1', callParams: { messages: [] } }, prompt);
    // @ts-expect-error every call streams
    openai.call({ model: 'm-1', callParams: { stream: false } }, prompt);
    // @ts-expect-error no such parameter
    openai.call({ model: 'm-1', callParams: { temprature: 0 } }, prompt);
  });

  it('should take a client or options for one, never both', () => {
    const client = new OpenAI({ apiKey: key });
    const prompt = (): string => 'Hello';
    openai.call({ model: 'm-1', client }, prompt);
    openai.call({ model: 'm-1', client: () => client }, prompt);
    openai.call({ model: 'm-1', client: () => Promise.resolve(client) }, prompt);
    openai.call({ model: 'm-1', clientOptions: { apiKey: key, timeout: 1 } }, prompt);
    openai.call({ model: 'm-1', requestOptions: { timeout: 1, maxRetries: 2 } }, prompt);
    // @ts-expect-error one or the other
    openai.call({ model: 'm-1', client, clientOptions: { apiKey: key } }, prompt);
    // @ts-expect-error unsubscribing aborts; a signal of the caller’s goes to the call
    openai.call({ model: 'm-1', requestOptions: { signal: AbortSignal.abort() } }, prompt);
    // @ts-expect-error no such option
    openai.call({ model: 'm-1', clientOptions: { apikey: key } }, prompt);
    // @ts-expect-error a call needs a model
    expect(() => openai.call({ client }, prompt)).toThrow(TypeError);
  });

  it('should take messages of the SDK’s shape, of the common one, and both', () => {
    const own: OpenAI.ChatCompletionMessageParam = { role: 'developer', content: 'Be brief' };
    const common: Message = { role: 'user', content: [{ type: 'image', url: 'https://x.test/a' }] };
    openai.call('m-1', () => [own]);
    openai.call('m-1', () => [own, common]);
    openai.call('m-1', () => Promise.resolve([own, common]));
    openai.call('m-1', () => [{ role: 'tool', tool_call_id: 'a', content: 'rain' }]);
    // @ts-expect-error no such role
    openai.call('m-1', () => [{ role: 'wizard', content: 'rain' }]);
    // @ts-expect-error the SDK wants the id of the call
    openai.call('m-1', () => [{ role: 'tool', content: 'rain' }]);
  });

  it('should take the arguments of the prompt', () => {
    const ask = openai.call('m-1', (city: string, days?: number) => `${city} ${days}`);
    expectTypeOf(ask).parameters.toEqualTypeOf<[city: string, days?: number | undefined]>();
    // @ts-expect-error a city is a text
    void ask(7);
  });

  it('should narrow tools by error and name', () => {
    const weather = tool({
      name: 'weather',
      parameters: { type: 'object' },
      execute: ({ city }: { city: string }) => city.length,
    });
    const time = tool({
      name: 'time',
      parameters: { type: 'object' },
      execute: ({ zone }: { zone: number }) => `${zone}`,
    });
    const stream = openai.call({ model: 'm-1', tools: [weather, time] }, () => 'Hello')();
    type Tuple = ObservedValueOf<typeof stream>;
    expectTypeOf(stream).toEqualTypeOf<Observable<Tuple>>();
    expectTypeOf<Tuple[0]>().toEqualTypeOf<OpenAIChunk>();
    const read = ([, called]: Tuple): void => {
      if (called === null) return;
      expectTypeOf(called.toolCall).toEqualTypeOf<OpenAI.ChatCompletionMessageFunctionToolCall>();
      if (called.error !== null) {
        expectTypeOf(called).toEqualTypeOf<InvalidTool<OpenAIWire, typeof weather | typeof time>>();
        expectTypeOf(called.args).toBeNull();
        return;
      }
      expectTypeOf(called.name).toEqualTypeOf<'weather' | 'time'>();
      if (called.name === 'weather') {
        expectTypeOf(called.args).toEqualTypeOf<{ city: string }>();
        expectTypeOf(called.call()).toEqualTypeOf<Observable<number>>();
      } else {
        expectTypeOf(called.args).toEqualTypeOf<{ zone: number }>();
        expectTypeOf(called.call()).toEqualTypeOf<Observable<string>>();
      }
    };
    expect(read).toBeDefined();
  });

  it('should give the response the same types', () => {
    const stream = openai
      .call('m-1', () => 'Hello')()
      .pipe(toCallResponse());
    type Response = ObservedValueOf<typeof stream>;
    expectTypeOf(stream).toEqualTypeOf<Observable<Response>>();
    expectTypeOf<Response['response']>().toEqualTypeOf<OpenAI.ChatCompletion>();
    expectTypeOf<Response['messageParam']>().toEqualTypeOf<OpenAI.ChatCompletionMessageParam>();
  });

  it('should give what had arrived before an error in common terms', () => {
    expectTypeOf<StreamError['partial']>().toEqualTypeOf<CallResponse | null>();
    expectTypeOf<NonNullable<StreamError['partial']>['content']>().toBeString();
    expectTypeOf<StreamError['cause']>().toBeUnknown();
  });
});

const allModes = ['native', 'tool', 'json'] as const;

describeService({
  caller: openai,
  connection: (url) => ({ clientOptions: { apiKey: 'key-0123', baseURL: url } }),
  maxTokens: 'max_completion_tokens',
  refusedParams: [],
  parts: {
    text: 'text',
    image: 'image_url',
    imageUrl: 'image_url',
    audio: 'input_audio',
    audioUrl: 'audio by URL; give its data',
    pdf: 'file',
    pdfUrl: 'documents by URL; give their data',
    textFile: 'documents other than PDF; send what they say as text',
  },
  marks: [{ prompt_cache_breakpoint: { mode: 'explicit' } }, 'use cacheControl: true'],
  keptReasoning: [],
  modes: { 'gpt-5.6-sol': [allModes, allModes], 'gpt-4': [['tool'], ['tool']] },
  always: { stream_options: { include_usage: true } },
});
