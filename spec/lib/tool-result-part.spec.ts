import { describe, expect, it } from '@jest/globals';
import type { PlainWire } from './plain-provider.ts';
import { receiveTool, tool } from '../../lib/tool.ts';
import { toolResultPart } from '../../lib/tool-result-part.ts';

describe('toolResultPart', () => {
  const call = { index: 0, id: 'call_1', name: 'add', arguments: '{}' };
  const toolCall = { id: 'call_1', name: 'add', json: '{}' };
  const add = tool({ name: 'add', parameters: { type: 'object' } });
  const called = receiveTool<PlainWire>('plain', [add], call, toolCall);

  it('should answer a call by its id and name', () => {
    expect(toolResultPart<PlainWire>([called, { sum: 3 }])).toEqual({
      type: 'tool_result',
      id: 'call_1',
      name: 'add',
      output: { sum: 3 },
    });
  });

  it('should mark an error as a failure', () => {
    const error = new Error('no such city');
    expect(toolResultPart<PlainWire>([called, error])).toMatchObject({
      output: error,
      isError: true,
    });
  });

  it('should mark what is said of a call that could not run as a failure', () => {
    const unknown = receiveTool<PlainWire>('plain', [], call, toolCall);
    expect(toolResultPart<PlainWire>([unknown, 'There is no such tool'])).toMatchObject({
      output: 'There is no such tool',
      isError: true,
    });
  });
});
