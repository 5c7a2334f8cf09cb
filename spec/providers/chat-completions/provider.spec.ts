import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import OpenAI from 'openai';
import { EMPTY, of } from 'rxjs';
import { StreamError, call, tool, type Provider } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { chatCompletions } from '../../../providers/chat-completions/provider.ts';
import type {
  ChatCompletionChunk,
  ChatCompletionsWire,
} from '../../../providers/chat-completions/wire.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { callInput } from '../../support/call-input.ts';

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

const acme = chatCompletions<AcmeWire>('acme', reach);

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
    expect(encode).toThrow('[acme] Chat Completions does not take audio by URL; give its data.');
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
});
