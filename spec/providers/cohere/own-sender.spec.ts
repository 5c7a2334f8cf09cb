import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as sdk from 'cohere-ai';
import { ownSender } from '../../../providers/cohere/own-sender.ts';
import type { ClientOptions } from '../../../providers/cohere/wire.ts';
import { withServer } from '../../support/conformance/run.ts';
import type { Answer } from '../../support/loopback-server.ts';

const request: sdk.Cohere.V2ChatStreamRequest = {
  model: 'm',
  maxTokens: 7,
  messages: [
    { role: 'user', content: 'Hello' },
    {
      role: 'assistant',
      toolPlan: 'I will look.',
      toolCalls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a_b":1}' } }],
    },
    { role: 'tool', toolCallId: 'c', content: '{"c_d":2}' },
  ],
};

const answer: Answer = { steps: [{ send: 'data: 1\n\n' }] };
const signal = () => new AbortController().signal;

describe('ownSender', () => {
  it('should send what the SDK makes of a request, and give the response with its body unread', () =>
    withServer(answer, async (server) => {
      const options = { token: 'key', environment: server.url, clientName: 'spec' };
      const response = await ownSender(sdk, options).send(request, {
        abortSignal: signal(),
        headers: { 'x-mine': 'yes' },
      });
      expect(await response.text()).toBe('data: 1\n\n');
      const [{ path, headers, body }] = server.requests as [(typeof server.requests)[0]];
      expect(path).toBe('/v2/chat');
      expect(headers).toMatchObject({
        authorization: 'Bearer key',
        'x-client-name': 'spec',
        'x-mine': 'yes',
      });
      expect(body).toEqual({
        model: 'm',
        max_tokens: 7,
        stream: true,
        messages: [
          { role: 'user', content: 'Hello' },
          {
            role: 'assistant',
            tool_plan: 'I will look.',
            tool_calls: [
              { id: 'c', type: 'function', function: { name: 'f', arguments: '{"a_b":1}' } },
            ],
          },
          { role: 'tool', tool_call_id: 'c', content: '{"c_d":2}' },
        ],
      });
    }));

  it('should send through the caller’s own fetch', async () => {
    const asked: string[] = [];
    const options: ClientOptions = {
      token: 'key',
      environment: 'http://elsewhere',
      fetch: (url) => {
        asked.push(url as string);
        return Promise.resolve(new Response('data: 2\n\n'));
      },
    };
    const response = await ownSender(sdk, options).send(request, {});
    expect(asked).toEqual(['http://elsewhere/v2/chat']);
    expect(await response.text()).toBe('data: 2\n\n');
  });

  it('should keep two requests of one sender apart', () =>
    withServer(
      (_request, position) => ({ steps: [{ send: `data: ${position}\n\n` }] }),
      async (server) => {
        const sender = ownSender(sdk, { token: 'key', environment: server.url });
        const responses = await Promise.all([sender.send(request, {}), sender.send(request, {})]);
        const texts = await Promise.all(responses.map((response) => response.text()));
        expect(texts.sort()).toEqual(['data: 0\n\n', 'data: 1\n\n']);
      },
    ));

  it('should reject with the SDK’s own errors', () =>
    withServer(
      { status: 400, headers: { 'content-type': 'application/json' }, steps: [{ send: '{}' }] },
      async (server) => {
        const sender = ownSender(sdk, { token: 'key', environment: server.url });
        await expect(sender.send(request, {})).rejects.toBeInstanceOf(sdk.Cohere.BadRequestError);
      },
    ));

  it('should reject with the SDK’s error and the network’s as its cause', async () => {
    const sender = ownSender(sdk, { token: 'key', environment: 'http://127.0.0.1:1' });
    const sending = sender.send(request, { maxRetries: 0 });
    await expect(sending).rejects.toBeInstanceOf(sdk.CohereError);
    await expect(sending).rejects.toMatchObject({
      message: 'fetch failed',
      cause: { name: 'TypeError' },
    });
  });

  it('should reject with the SDK’s timeout when no answer comes in time', () =>
    withServer({ beforeHeaders: [{ stall: true }], steps: [] }, async (server) => {
      const options = { token: 'key', environment: server.url, timeoutInSeconds: 0.02 };
      await expect(ownSender(sdk, options).send(request, {})).rejects.toBeInstanceOf(
        sdk.CohereTimeoutError,
      );
    }));

  // Left to itself the SDK forgets the timer of its timeout there: 300 s until the process may end.
  it('should leave nothing that keeps a process alive when a request fails or is left', () => {
    const script = `
      import * as sdk from 'cohere-ai';
      import { ownSender } from './providers/cohere/own-sender.ts';
      const sender = ownSender(sdk.default ?? sdk, { token: 'k', environment: 'http://127.0.0.1:1' });
      const request = { model: 'm', messages: [{ role: 'user', content: 'x' }] };
      await sender.send(request, { maxRetries: 0 }).catch(() => undefined);
      await sender.send(request, { maxRetries: 0, abortSignal: AbortSignal.abort() }).catch(() => undefined);
      process.stdout.write('over');
    `;
    const output = execFileSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      { cwd: join(import.meta.dirname, '../../..'), encoding: 'utf8', timeout: 30_000 },
    );
    expect(output).toBe('over');
  }, 40_000);
});
