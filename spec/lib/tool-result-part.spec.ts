import { describe, expect, it } from '@jest/globals';
import type { PlainWire } from './plain-provider.ts';
import { receiveTool } from '../../lib/tool.ts';
import { toolResultPart } from '../../lib/tool-result-part.ts';

describe('toolResultPart', () => {
  const call = { index: 0, id: 'call_1', name: 'add', arguments: '{}' };
  const tool = receiveTool<PlainWire>('plain', [], call, { id: 'call_1', name: 'add', json: '{}' });

  it('should answer a call by its id and name', () => {
    expect(toolResultPart<PlainWire>([tool, { sum: 3 }])).toEqual({
      type: 'tool_result',
      id: 'call_1',
      name: 'add',
      output: { sum: 3 },
    });
  });

  it('should mark an error as a failure', () => {
    const error = new Error('no such city');
    expect(toolResultPart<PlainWire>([tool, error])).toMatchObject({
      output: error,
      isError: true,
    });
  });
});
