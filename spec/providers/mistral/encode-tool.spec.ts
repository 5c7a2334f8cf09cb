import { describe, expect, it } from '@jest/globals';
import { tool } from 'rx-llm';
import { encodeTool } from '../../../providers/mistral/encode-tool.ts';

const parameters = { type: 'object', properties: { city: { type: 'string' } } };

describe('encodeTool', () => {
  it('should declare a tool by its JSON Schema', () => {
    expect(encodeTool(tool({ name: 'f', parameters }))).toStrictEqual({
      type: 'function',
      function: { name: 'f', parameters },
    });
    expect(encodeTool(tool({ name: 'f', description: 'does f', parameters }))).toMatchObject({
      function: { description: 'does f' },
    });
  });

  it.each([
    [true, { ...parameters, additionalProperties: false }],
    [false, parameters],
  ])('should take strict %j, and close what is to be followed to the letter', (strict, sent) => {
    expect(encodeTool(tool({ name: 'f', strict, parameters }))).toStrictEqual({
      type: 'function',
      function: { name: 'f', strict, parameters: sent },
    });
  });
});
