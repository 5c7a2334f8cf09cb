import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import OpenAI from 'openai';
import { EMPTY, of } from 'rxjs';
import { StreamError, call, responseModel, tool, type Provider } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { chatCompletions } from '../../../providers/chat-completions/provider.ts';
import type {
  ChatCompletionChunk,
  ChatCompletionsWire,
} from '../../../providers/chat-completions/wire.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { callInput } from '../../support/call-input.ts';
import { acmeDialect } from './acme-dialect.ts';

interface AcmeWire extends ChatCompletionsWire {
  client: { readonly key: string };
  connection: { readonly keyName?: string };
}

type Reach = Pick<Provider<AcmeWire>, 'connect' | 'secrets' | 'open'>;

const reach: Reach = {
  connect: () => Promise.resolve({ key: 'acme-key-1' }),
  secrets: ({ key }) => [key],
  open: () => EMPTY,
};

const acme = chatCompletions<AcmeWire>(acmeDialect(), reach);

const chunk = (choice: object, fields: object = {}): ChatCompletionChunk => ({
  id: 'chatcmpl-7',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'm-1-2026',
  choices: [{ index: 0, delta: {}, finish_reason: null, ...choice }],
  ...fields,
});

/** The provider with a server that sends these chunks. */
const sending = (...chunks: readonly ChatCompletionChunk[]): Provider<AcmeWire> => ({
  ...acme,
  open: () => of(...chunks),
});

describe('chatCompletions', () => {
  it('should be reached as it is told', () => {
    expect(acme).toMatchObject({ ...reach, name: 'acme' });
  });

  it('should bear its name in errors', () => {
    const audio = { type: 'audio', url: 'https://x.test/a.wav' } as const;
    const encode = (): unknown =>
      acme.encode(callInput({ messages: [{ role: 'user', content: [audio] }], params: {} }));
    expect(encode).toThrow(StreamError);
    expect(encode).toThrow('[acme] This API does not take audio by URL; give its data.');
  });

  it('should give the types of its wire', () => {
    expectTypeOf(acme).toEqualTypeOf<Provider<AcmeWire>>();
    expectTypeOf<Parameters<typeof acme.open>[0]>().toEqualTypeOf<{ readonly key: string }>();
    expectTypeOf<ReturnType<typeof acme.response.result>>().toEqualTypeOf<OpenAI.ChatCompletion>();
  });

  it('should describe the SDK’s errors and no others', () => {
    const error = OpenAI.APIError.generate(404, { error: { message: 'no' } }, '', new Headers());
    expect(acme.describe(error)).toMatchObject({ code: 'not-found', message: 'no' });
    expect(acme.describe(new Error('no'))).toBeNull();
  });

  it('should make a whole answer of chunks', async () => {
    const stream = call(
      sending(
        chunk({ delta: { role: 'assistant', content: 'Hel' } }),
        chunk({ delta: { content: 'lo' } }),
        chunk({ finish_reason: 'stop' }),
        chunk(
          {},
          { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
        ),
      ),
      'm-1',
      () => 'Hello',
    )().pipe(toCallResponse());
    const [response] = (await outcomeOf(stream)).values;
    expect(response).toMatchObject({
      provider: 'acme',
      model: 'm-1-2026',
      id: 'chatcmpl-7',
      content: 'Hello',
      finishReasons: ['stop'],
      commonFinishReasons: ['stop'],
      inputTokens: 1,
      outputTokens: 2,
      messageParam: { role: 'assistant', content: 'Hello' },
      response: { object: 'chat.completion', choices: [{ message: { content: 'Hello' } }] },
    });
  });

  it('should carry a tool call through to the next turn', async () => {
    const weather = tool({
      name: 'weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
    });
    const extra_content = { google: { thought_signature: 'c2ln' } };
    const called = { name: 'weather', arguments: '{"city":' };
    const stream = call(
      sending(
        chunk({
          delta: {
            tool_calls: [{ index: 0, id: 'a', type: 'function', function: called, extra_content }],
          },
        }),
        chunk({ delta: { tool_calls: [{ index: 0, function: { arguments: '"Oslo"}' } }] } }),
        chunk({ finish_reason: 'tool_calls' }),
      ),
      { model: 'm-1', tools: [weather] },
      () => 'Weather in Oslo?',
    )().pipe(toCallResponse());
    const [response] = (await outcomeOf(stream)).values;
    const whole = {
      id: 'a',
      type: 'function',
      function: { name: 'weather', arguments: '{"city":"Oslo"}' },
      extra_content,
    };
    expect(response?.tool).toMatchObject({ args: { city: 'Oslo' }, error: null });
    expect(response?.tool?.toolCall).toEqual(whole);
    expect(response?.messageParam).toEqual({
      role: 'assistant',
      content: null,
      tool_calls: [whole],
    });
    expect(response?.toolMessageParams([[response.tool!, { degrees: 3 }]])).toEqual([
      { role: 'tool', tool_call_id: 'a', content: '{"degrees":3}' },
    ]);
  });

  it('should tell how its models can be brought to answer in a shape', () => {
    const asked: object[] = [];
    const dialect = acmeDialect({
      responseModes: (call) => {
        asked.push(call);
        return ['json'];
      },
    });
    const provider = chatCompletions<AcmeWire>(dialect, reach);
    expect(provider.responseModes?.({ model: 'm-1', tools: [] })).toEqual(['json']);
    expect(asked).toEqual([{ model: 'm-1', tools: [] }]);
  });

  describe('gives an answer by way of a tool: it', () => {
    const book = responseModel<{ title: string }>(
      { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
      { name: 'book', mode: 'tool' },
    );
    const piece = (index: number, called: object, id?: string) =>
      chunk({ delta: { tool_calls: [{ index, function: called, ...(id && { id }) }] } });

    const responseOf = async (...chunks: readonly ChatCompletionChunk[]) => {
      const weather = tool({ name: 'weather', parameters: { type: 'object' } });
      const options = { model: 'm-1', tools: [weather], responseModel: book };
      const ask = call(sending(...chunks), options, () => 'Which book?');
      const [response] = (await outcomeOf(ask().pipe(toCallResponse()))).values;
      return response!;
    };

    it('should send it to the next turn as a text', async () => {
      const response = await responseOf(
        piece(0, { name: 'book', arguments: '{"title":' }, 'a'),
        piece(0, { arguments: '"Dune"}' }),
        chunk({ finish_reason: 'tool_calls' }),
      );
      expect(response.content).toBe('{"title":"Dune"}');
      expect(response.tools).toEqual([]);
      expect(response.commonFinishReasons).toEqual(['stop']);
      expect(response.messageParam).toEqual({ role: 'assistant', content: '{"title":"Dune"}' });
    });

    it('should send it beside the calls of other tools', async () => {
      const response = await responseOf(
        piece(0, { name: 'weather', arguments: '{}' }, 'w'),
        piece(1, { name: 'book', arguments: '{"title":"Dune"}' }, 'a'),
        chunk({ finish_reason: 'tool_calls' }),
      );
      expect(response.tool).toMatchObject({ name: 'weather' });
      expect(response.messageParam).toEqual({
        role: 'assistant',
        content: '{"title":"Dune"}',
        tool_calls: [{ id: 'w', type: 'function', function: { name: 'weather', arguments: '{}' } }],
      });
    });
  });

  it('should send an answer that went on in a second call to the next turn as one', async () => {
    const ask = call(
      sending(
        chunk({ delta: { content: 'lo' } }),
        chunk({ finish_reason: 'length' }),
        chunk(
          {},
          { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
        ),
      ),
      'm-1',
      () => 'Hello',
    );
    const { values } = await outcomeOf(ask());
    const [response] = (await outcomeOf(ask().pipe(toCallResponse()))).values;
    const { call: context } = values.at(-1)![0];
    const next = { messages: context.commonMessages, steps: [response!], continues: true };
    const [whole] = (await outcomeOf(context.proceed(next).pipe(toCallResponse()))).values;
    expect(whole?.response.choices[0]?.message.content).toBe('lo');
    expect(whole?.messageParam).toEqual({ role: 'assistant', content: 'lolo' });
  });
});
