import { describe, expect, it } from '@jest/globals';
import { functionCallOf } from '../../../providers/google/function-call.ts';

describe('functionCallOf', () => {
  const called = { index: 0, id: null, name: 'f', arguments: '{"a":1}' };

  it('should give a call as it stands in a part', () => {
    expect(functionCallOf(called)).toStrictEqual({ name: 'f', args: { a: 1 } });
    expect(functionCallOf({ ...called, id: 'a' })).toStrictEqual({
      id: 'a',
      name: 'f',
      args: { a: 1 },
    });
  });

  it.each(['', 'null', '{}'])('should give no arguments for %j', (text) => {
    expect(functionCallOf({ ...called, arguments: text })).toStrictEqual({ name: 'f', args: {} });
  });

  it.each(['{"a":', '[1]', '7'])('should leave out arguments that are no object: %s', (text) => {
    expect(functionCallOf({ ...called, arguments: text })).toStrictEqual({ name: 'f' });
  });
});
