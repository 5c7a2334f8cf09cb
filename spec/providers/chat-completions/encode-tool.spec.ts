import { describe, expect, it } from '@jest/globals';
import { tool } from 'rx-llm';
import { z } from 'zod';
import { encodeTool } from '../../../providers/chat-completions/encode-tool.ts';

describe('encodeTool', () => {
  const address = { type: 'object', properties: { city: { type: 'string' } } };
  const parameters = { type: 'object', properties: { address } };

  it('should describe a tool by its schema', () => {
    const weather = tool({ name: 'weather', description: 'Of a city', parameters });
    expect(encodeTool(weather)).toStrictEqual({
      type: 'function',
      function: { name: 'weather', description: 'Of a city', parameters },
    });
  });

  it('should leave the schema alone that is not to be followed to the letter', () => {
    const weather = tool({ name: 'weather', strict: false, parameters });
    expect(encodeTool(weather)).toStrictEqual({
      type: 'function',
      function: { name: 'weather', strict: false, parameters },
    });
  });

  it('should close every object of one that is', () => {
    const weather = tool({ name: 'weather', strict: true, parameters });
    expect(encodeTool(weather)).toStrictEqual({
      type: 'function',
      function: {
        name: 'weather',
        strict: true,
        parameters: {
          ...parameters,
          properties: { address: { ...address, additionalProperties: false } },
          additionalProperties: false,
        },
      },
    });
    expect(weather.parameters).toEqual(parameters);
  });

  it('should print a schema of a library', () => {
    const weather = tool({ name: 'weather', parameters: z.object({ city: z.string() }) });
    expect(encodeTool(weather)).toMatchObject({
      function: { parameters: { type: 'object', required: ['city'] } },
    });
  });
});
