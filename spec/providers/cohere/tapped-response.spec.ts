import { describe, expect, it } from '@jest/globals';
import { tapResponse } from '../../../providers/cohere/tapped-response.ts';

const respond =
  (response: Response): typeof fetch =>
  () =>
    Promise.resolve(response);

describe('tapResponse', () => {
  it('should keep the response with its body unread, and give an empty one in its place', async () => {
    const response = new Response('data: 1\n\n', { headers: { 'x-debug-trace-id': 'trace_1' } });
    const tap = tapResponse(respond(response));
    const given = await tap.fetch('http://h');
    expect(given.status).toBe(200);
    expect(given.headers.get('x-debug-trace-id')).toBe('trace_1');
    expect(await given.text()).toBe('');
    expect(tap.outcome()).toEqual({ response });
    expect(await response.text()).toBe('data: 1\n\n');
  });

  it('should give a refusal as it is, to be made an error of', async () => {
    const response = new Response('{"message":"no"}', { status: 400 });
    expect(await tapResponse(respond(response)).fetch('http://h')).toBe(response);
  });

  it('should pass a response that can have no body', async () => {
    const tap = tapResponse(respond(new Response(null, { status: 204 })));
    expect((await tap.fetch('http://h')).status).toBe(204);
  });

  it('should keep a failure, and not tell of it', async () => {
    const error = new TypeError('fetch failed');
    const tap = tapResponse(() => Promise.reject(error));
    expect((await tap.fetch('http://h')).ok).toBe(true);
    expect(tap.outcome()).toEqual({ error });
  });

  it('should pass on what it is asked for', async () => {
    const asked: unknown[] = [];
    const tap = tapResponse((...args) => {
      asked.push(args);
      return Promise.resolve(new Response(''));
    });
    const init = { method: 'POST' };
    await tap.fetch('http://h', init);
    expect(asked).toEqual([['http://h', init]]);
  });

  it('should tell when nothing was asked for', () => {
    expect(tapResponse(fetch).outcome()).toEqual({ error: new Error('The SDK sent no request') });
  });
});
