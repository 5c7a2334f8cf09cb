import { describe, expect, it } from '@jest/globals';
import { lastValueFrom } from 'rxjs';
import { StreamError } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { finish, streamOf, text, type ScriptedEvent } from 'rx-llm/testing';
import { jsonReader } from '../../../lib/json/json-reader.ts';
import { misfit, noValue } from '../../../operators/structured/answer-failure.ts';

const responseOf = (...events: readonly ScriptedEvent[]) =>
  lastValueFrom(streamOf(events).pipe(toCallResponse()));

/** A reader that has read this to its end. */
const having = (json: string) => {
  const reader = jsonReader();
  reader.push(json);
  reader.end();
  return reader;
};

describe('misfit', () => {
  it('should say where and why, and carry the answer', async () => {
    const response = await responseOf(text('{"a":1}'));
    const issues = [
      { path: ['a'], message: 'must be a text' },
      { path: [], message: 'must be more' },
    ];
    const error = misfit(response, { a: 1 }, issues);
    expect(error).toBeInstanceOf(StreamError);
    expect(error.code).toBe('invalid-output');
    expect(error.message).toBe(
      '[scripted] The answer does not fit its response model: a: must be a text; must be more.',
    );
    expect(error.output).toEqual({ text: '{"a":1}', value: { a: 1 }, issues });
    expect(error.partial).toBe(response);
  });
});

describe('noValue', () => {
  it('should say what is wrong with the JSON, and where', async () => {
    const error = noValue(await responseOf(text('{"a":1')), having('{"a":1]'));
    expect(error.code).toBe('invalid-output');
    expect(error.message).toMatch(
      /^\[scripted\] The answer is not the JSON that was asked for: .* at 6/,
    );
    expect(error.output).toMatchObject({ text: '{"a":1', issues: [{ path: [] }] });
  });

  it.each([
    ['length', /the output limit cut it off: raise commonParams\.maxTokens/],
    ['content_filter', /the content filter of the provider cut it off/],
  ] as const)('should say what to do when the answer ended for %s', async (reason, advice) => {
    const response = await responseOf(text('{'), finish(reason));
    expect(noValue(response, having('{')).message).toMatch(advice);
  });

  it('should tell a refusal from an answer that is wrong', async () => {
    const error = noValue(await responseOf({ refusal: 'No.' }), having(''));
    expect(error).toMatchObject({ code: 'refusal' });
    expect(error.output).toMatchObject({ text: '', issues: [] });
  });
});
