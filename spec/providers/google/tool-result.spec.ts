import { describe, expect, it } from '@jest/globals';
import { StreamError, type ToolOutput } from 'rx-llm';
import type { GoogleWire } from 'rx-llm/google';
import { encodeToolResult, toolMessageParams } from '../../../providers/google/tool-result.ts';

type Called = ToolOutput<GoogleWire>[0];

const called = (name: string, fields: object = {}): Called =>
  ({ id: 'call_0', name, toolCall: { name }, error: null, ...fields }) as unknown as Called;

describe('toolMessageParams', () => {
  it('should give the results of a turn in one message, in order', () => {
    expect(
      toolMessageParams([
        [called('f', { toolCall: { id: 'a', name: 'f' } }), { degrees: 3 }],
        [called('g'), 'rain'],
      ]),
    ).toStrictEqual([
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'f', response: { output: { degrees: 3 } } } },
          // The model gave no id, so none goes back: `call_0` is of this library's making.
          { functionResponse: { name: 'g', response: { output: 'rain' } } },
        ],
      },
    ]);
  });

  it('should give no message for no results', () => {
    expect(toolMessageParams([])).toEqual([]);
  });

  it('should tell what went wrong as an error', () => {
    const error = new StreamError('google', { code: 'unknown-tool', message: 'no such tool' });
    const [message] = toolMessageParams([
      [called('f'), new Error('no network')],
      [called('g', { error }), error.message],
    ]);
    expect(message!.parts!.map(({ functionResponse }) => functionResponse!.response)).toEqual([
      { error: 'no network' },
      { error: error.message },
    ]);
  });
});

describe('encodeToolResult', () => {
  it.each([
    ['a text', 'rain', 'rain'],
    ['an empty text', '', ''],
    ['an object', { degrees: 3 }, { degrees: 3 }],
    ['a list', [1, 2], [1, 2]],
    ['a number', 0, 0],
    ['false', false, false],
    ['null', null, null],
    ['nothing as an empty text', undefined, ''],
  ])('should send %s', (_name, output, told) => {
    expect(encodeToolResult({ id: undefined, name: 'f', output, isError: false })).toStrictEqual({
      functionResponse: { name: 'f', response: { output: told } },
    });
  });
});
