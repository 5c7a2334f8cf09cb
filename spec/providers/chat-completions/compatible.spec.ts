import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { tool, type ResponseMode } from 'rx-llm';
import { compatible, type CompatibleOptions } from 'rx-llm/compatible';
import { runTools } from 'rx-llm/operators';
import { outcomeOf } from '../../support/outcome.ts';
import { writeChatCompletion, writeEvent } from '../../support/chat-completions-writer.ts';
import { joined, withServer } from '../../support/conformance/run.ts';

const bytes = joined(
  ...writeChatCompletion([{ text: 'Hi' }, { finish: 'stop' }]).map((event) => event.bytes),
);
const answer = { steps: [{ send: bytes }] };

const called = { name: 'weather', arguments: '{"city":"Oslo"}' };

const weather = tool({
  name: 'weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
  execute: () => 'sunny',
});

/** What belongs to OpenAI and must not reach anybody else. */
const ambient = {
  OPENAI_API_KEY: 'sk-openai-secret',
  OPENAI_ORG_ID: 'org-secret',
  OPENAI_PROJECT_ID: 'proj-secret',
  OPENAI_ADMIN_KEY: 'sk-admin-secret',
  OPENAI_BASE_URL: 'http://127.0.0.1:1',
  OPENAI_CUSTOM_HEADERS: 'X-Secret: header-secret\nX-Other: other-secret',
};

describe('compatible', () => {
  const before = { ...process.env };
  beforeEach(() => void Object.assign(process.env, ambient));
  afterEach(() => {
    for (const name of [...Object.keys(ambient), 'ACME_KEY']) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  });

  it('should send nothing that is meant for OpenAI, and no key when it has none', () =>
    withServer(answer, async (server) => {
      const acme = compatible({ name: 'acme', baseURL: server.url });
      const { error } = await outcomeOf(acme.call('m', () => 'Hi')());
      expect(error).toBeNull();
      const { headers, path } = server.requests[0]!;
      expect(path).toBe('/chat/completions');
      expect(JSON.stringify(headers)).not.toContain('secret');
      expect(headers.authorization).toBeUndefined();
    }));

  it('should send the key of its own variable, its headers and the caller’s', () =>
    withServer(answer, async (server) => {
      process.env['ACME_KEY'] = 'key-of-acme';
      const acme = compatible({
        name: 'acme',
        baseURL: server.url,
        apiKeyVariable: 'ACME_KEY',
        headers: { 'x-title': 'mine' },
      });
      const defaultHeaders = new Headers({ 'x-more': 'yes' });
      await outcomeOf(acme.call({ model: 'm', clientOptions: { defaultHeaders } }, () => 'Hi')());
      expect(server.requests[0]!.headers).toMatchObject({
        authorization: 'Bearer key-of-acme',
        'x-title': 'mine',
        'x-more': 'yes',
      });
    }));

  it('should say which variable it misses', async () => {
    const acme = compatible({
      name: 'acme',
      baseURL: 'http://127.0.0.1:1',
      apiKeyVariable: 'ACME_KEY',
    });
    const { error } = await outcomeOf(acme.call('m', () => 'Hi')());
    expect(error).toMatchObject({
      code: 'authentication',
      provider: 'acme',
      message: expect.stringContaining('set ACME_KEY or give clientOptions.apiKey'),
    });
  });

  it('should take the end of the body for the end only when told to', () => {
    const silent = {
      steps: [
        { send: joined(...writeChatCompletion([{ text: 'Hi' }]).map((event) => event.bytes)) },
      ],
    };
    return withServer(silent, async (server) => {
      const end = async (endOfBodyIsEnd: boolean) => {
        const acme = compatible({ name: 'acme', baseURL: server.url, endOfBodyIsEnd });
        const { completed, error } = await outcomeOf(acme.call('m', () => 'Hi')());
        return [completed, (error as { code?: string } | null)?.code];
      };
      expect(await end(false)).toEqual([false, 'truncated']);
      expect(await end(true)).toEqual([true, undefined]);
    });
  });

  // As DeepSeek answers in thinking mode, and what it wants to see again.
  it('should run the tools of a model that reasons', () => {
    const deltas: readonly (readonly [delta: object, finish: string | null])[] = [
      [{ role: 'assistant', content: null, reasoning_content: '' }, null],
      [{ content: null, reasoning_content: 'The weather' }, null],
      [{ content: null, reasoning_content: ' first.' }, null],
      [{ tool_calls: [{ index: 0, id: 'a', type: 'function', function: called }] }, null],
      [{}, 'tool_calls'],
    ];
    const events = deltas.map(([delta, finish_reason]) =>
      writeEvent({ id: 'c', model: 'm', choices: [{ index: 0, delta, finish_reason }] }),
    );
    const turns = [{ steps: [{ send: `${events.join('')}data: [DONE]\n\n` }] }, answer];
    return withServer(
      (_request, position) => turns[position]!,
      async (server) => {
        const acme = compatible({ name: 'acme', baseURL: server.url });
        const ask = acme.call({ model: 'm', tools: [weather] }, () => 'Weather?');
        const { error } = await outcomeOf(ask().pipe(runTools()));
        expect(error).toBeNull();
        expect(server.requests[1]!.body).toMatchObject({
          messages: [
            { role: 'user', content: 'Weather?' },
            {
              role: 'assistant',
              content: null,
              reasoning_content: 'The weather first.',
              tool_calls: [{ id: 'a', type: 'function', function: called }],
            },
            { role: 'tool', tool_call_id: 'a', content: 'sunny' },
          ],
        });
      },
    );
  });

  it('should refuse to be made without a name or an address', () => {
    expect(() => compatible({ name: '', baseURL: 'http://x' })).toThrow(TypeError);
    expect(() => compatible({ name: 'acme', baseURL: '' })).toThrow(/baseURL/);
  });

  it('should take modes there are, and no others', () => {
    const acme = { name: 'acme', baseURL: 'http://127.0.0.1:1' };
    expectTypeOf<CompatibleOptions['responseModes']>().toEqualTypeOf<
      readonly ResponseMode[] | undefined
    >();
    compatible({ ...acme, responseModes: ['json'], cacheControl: true });
    // @ts-expect-error no such mode
    compatible({ ...acme, responseModes: ['yaml'] });
  });
});
