import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type Groq from 'groq-sdk';
import { groq, type GroqChunk, type GroqResponse } from 'rx-llm/groq';
import { outcomeOf } from '../../support/outcome.ts';
import { writeEvent } from '../../support/chat-completions-writer.ts';
import { withServer } from '../../support/conformance/run.ts';

describe('groq', () => {
  const stream = (...events: readonly object[]) => ({
    steps: [{ send: `${events.map(writeEvent).join('')}data: [DONE]\n\n` }],
  });
  const ask = (url: string) =>
    groq.call(
      { model: 'llama', clientOptions: { apiKey: 'key-0123', baseURL: url } },
      () => 'Hi',
    )();

  it('should not send stream_options, which its API does not know', () =>
    withServer(stream({ choices: [{ index: 0, delta: { content: 'x' } }] }), async (server) => {
      await outcomeOf(ask(server.url));
      expect(server.requests[0]!.path).toBe('/openai/v1/chat/completions');
      expect(server.requests[0]!.body).toEqual({
        model: 'llama',
        messages: [{ role: 'user', content: 'Hi' }],
        stream: true,
      });
    }));

  it('should tell an error that comes in x_groq', () =>
    withServer(
      stream({ id: 'a', choices: [], x_groq: { id: 'r', error: 'over capacity' } }),
      async (server) => {
        const { values, error } = await outcomeOf(ask(server.url));
        expect(values).toHaveLength(1);
        expect(error).toMatchObject({ detail: 'over capacity', provider: 'groq' });
      },
    ));

  it('should be typed by its own SDK', () => {
    expectTypeOf<GroqChunk['chunk']>().toEqualTypeOf<Groq.Chat.ChatCompletionChunk>();
    expectTypeOf<GroqResponse['response']>().toEqualTypeOf<Groq.Chat.ChatCompletion>();
    expectTypeOf<GroqChunk['usage']>().toEqualTypeOf<Groq.CompletionUsage | null>();
    // @ts-expect-error: the SDK's parameters have types
    groq.call({ model: 'm', callParams: { temperature: 'hot' } }, () => 'Hi');
  });
});
