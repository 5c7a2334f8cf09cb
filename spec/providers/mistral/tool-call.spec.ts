import { describe, expect, it } from '@jest/globals';
import {
  decodeToolCall,
  toolCallOf,
  type WireToolCall,
} from '../../../providers/mistral/tool-call.ts';

describe('decodeToolCall', () => {
  it.each<[string, WireToolCall, object]>([
    [
      'a whole call',
      { id: 'a', type: 'function', index: 1, function: { name: 'f', arguments: '{}' } },
      { index: 1, id: 'a', name: 'f', arguments: '{}' },
    ],
    [
      'a piece without an id, in the words of server and SDK',
      { id: 'null', index: 0, function: { name: '', arguments: '1}' } },
      { index: 0, id: null, name: '', arguments: '1}' },
    ],
    [
      'arguments that are an object',
      { id: 'a', function: { name: 'f', arguments: { a: [1] } } },
      { index: null, id: 'a', name: 'f', arguments: '{"a":[1]}' },
    ],
    ['nothing', {}, { index: null, id: null, name: null, arguments: '' }],
    [
      'null everywhere',
      { id: null, index: null, function: null },
      { index: null, id: null, name: null, arguments: '' },
    ],
    [
      'unknown fields',
      { id: 'a', signature: 's' },
      { index: null, id: 'a', name: null, arguments: '', extra: { signature: 's' } },
    ],
  ])('should decode %s', (_kind, call, expected) => {
    expect(decodeToolCall(call)).toEqual(expected);
  });
});

describe('toolCallOf', () => {
  const call = { index: 1, id: 'chatcmpl-tool-1', name: 'f', arguments: '{}' };

  it('should give the call as it stands in a message, with the id the server gave', () => {
    expect(toolCallOf({ ...call, extra: { signature: 's' } })).toEqual({
      id: 'chatcmpl-tool-1',
      type: 'function',
      function: { name: 'f', arguments: '{}' },
      index: 1,
      signature: 's',
    });
  });

  it('should make an id where the server gave none', () => {
    expect(toolCallOf({ ...call, id: null }).id).toMatch(/^[a-zA-Z0-9]{9}$/);
  });
});
