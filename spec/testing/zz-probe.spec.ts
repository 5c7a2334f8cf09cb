import { it } from '@jest/globals';
import { of, concat, from, map } from 'rxjs';
import { call, tool, type Provider } from 'rx-llm';
import { scriptedProvider, contents, finish, streamOf } from 'rx-llm/testing';
import { toCallResponse } from 'rx-llm/operators';

it('index collision', () => {
  const p = scriptedProvider('').provider;
  const whole = (name: string) => ({ toolCalls: [{ index: null, id: null, name, arguments: '{}' }], endedToolCalls: 'all' as const });
  const provider: Provider = { ...(p as unknown as Provider),
    open: () => from([whole('a'), whole('b'), { end: 'now' as const, finishReasons: ['stop'] }]),
    decode: (e: unknown) => e as never };
  const tools = ['a', 'b'].map((name) => tool({ name, parameters: { type: 'object' } }));
  call(provider, { model: 'm', tools }, () => 'x')().pipe(toCallResponse()).subscribe((r) => {
    console.log(r.tools.map((t) => [t.id, t.index, t.name, t.error?.code]));
    console.log(JSON.stringify(r.messageParam), JSON.stringify(r.commonMessageParam));
  });
});
it('index collision, usual', () => {
  const provider: Provider = { ...(scriptedProvider('').provider as unknown as Provider),
    open: () => { throw new TypeError('Cannot read properties of undefined'); } };
  call(provider, 'm', () => 'x')().subscribe({ error: (e) => console.log(e.code, e.retryable, e.message) });
});
it('merged usage', () => {
  streamOf(from([{ content: 'a', usage: { inputTokens: 5 } }, { usage: { outputTokens: 2 } }])).pipe(toCallResponse()).subscribe((r) => console.log(r.usage, r.commonUsage, r.response.usage));
});
it('finish reason error', () => {
  streamOf(from([{ content: 'a', finishReason: 'stop' as const }, { content: 'b' }])).pipe(toCallResponse()).subscribe((r) => console.log(r.content, r.interrupted));
});
