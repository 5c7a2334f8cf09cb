import { describe, expect, it } from '@jest/globals';
import {
  encodeToolOutputs,
  encodeToolResult,
} from '../../../providers/chat-completions/encode-tool-result.ts';
import { acmeDialect } from './acme-dialect.ts';

const outputs: readonly (readonly [string, unknown, string])[] = [
  ['a text as it is', 'rain {', 'rain {'],
  ['an empty text', '', ''],
  ['an object as JSON', { degrees: 3 }, '{"degrees":3}'],
  ['a number as JSON', 3, '3'],
  ['null as JSON', null, 'null'],
  ['nothing as an empty text', undefined, ''],
  ['a failure by its message', new Error('no such city'), 'no such city'],
];

describe('encodeToolResult', () => {
  it.each(outputs)('should send %s', (_name, output, content) => {
    expect(encodeToolResult(acmeDialect(), { id: 'a', output })).toStrictEqual({
      role: 'tool',
      tool_call_id: 'a',
      content,
    });
  });

  it('should send a text in a part where there is a mark to carry', () => {
    const result = { id: 'a', output: 'rain' };
    expect(
      encodeToolResult(acmeDialect(), { ...result, cacheControl: { ttl: '5m' } }),
    ).toStrictEqual({
      role: 'tool',
      tool_call_id: 'a',
      content: [{ type: 'text', text: 'rain', cache_control: { type: 'ephemeral', ttl: '5m' } }],
    });
    expect(encodeToolResult(acmeDialect(), { ...result, cacheControl: false })).toMatchObject({
      content: 'rain',
    });
  });

  it('should refuse a mark where there is none', () => {
    const dialect = acmeDialect({ cacheMark: 'none' });
    expect(() =>
      encodeToolResult(dialect, { id: 'a', output: 'rain', cacheControl: true }),
    ).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });
});

describe('encodeToolOutputs', () => {
  it('should make a message of each output, whatever it is', () => {
    type Outputs = Parameters<typeof encodeToolOutputs>[1];
    const given = outputs.map(([name, output]) => [{ id: name, name: 'f' }, output]);
    const expected = outputs.map(([name, , content]) => ({
      role: 'tool',
      tool_call_id: name,
      content,
    }));
    expect(encodeToolOutputs(acmeDialect(), given as unknown as Outputs)).toStrictEqual(expected);
  });
});
