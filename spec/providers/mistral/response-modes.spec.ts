import { describe, expect, it } from '@jest/globals';
import { tool } from 'rx-llm';
import { responseModes } from '../../../providers/mistral/response-modes.ts';

describe('responseModes', () => {
  it('should be all of them, and a tool only beside tools', () => {
    const tools = [tool({ name: 'f', parameters: { type: 'object' } })];
    expect(responseModes({ tools: [] })).toEqual(['native', 'tool', 'json']);
    expect(responseModes({ tools })).toEqual(['tool']);
  });
});
