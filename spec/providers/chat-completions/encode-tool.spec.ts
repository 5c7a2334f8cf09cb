import { describe, expect, it } from '@jest/globals';
import { tool, type ToolDefinition } from 'rx-llm';
import { z } from 'zod';
import type { Dialect } from '../../../providers/chat-completions/dialect.ts';
import { encodeTool } from '../../../providers/chat-completions/encode-tool.ts';

const encode = (definition: ToolDefinition, cacheMark: Dialect['cacheMark'] = 'none') =>
  encodeTool({ name: 'acme', cacheMark }, definition);

describe('encodeTool', () => {
  const address = { type: 'object', properties: { city: { type: 'string' } } };
  const parameters = { type: 'object', properties: { address } };

  it('should describe a tool by its schema', () => {
    const weather = tool({ name: 'weather', description: 'Of a city', parameters });
    expect(encode(weather)).toStrictEqual({
      type: 'function',
      function: { name: 'weather', description: 'Of a city', parameters },
    });
  });

  it('should leave the schema alone that is not to be followed to the letter', () => {
    const weather = tool({ name: 'weather', strict: false, parameters });
    expect(encode(weather)).toStrictEqual({
      type: 'function',
      function: { name: 'weather', strict: false, parameters },
    });
  });

  it('should mark the end of what is worth caching', () => {
    const weather = tool({ name: 'weather', parameters, cacheControl: true });
    expect(encode(weather, 'cache_control')).toStrictEqual({
      type: 'function',
      function: { name: 'weather', parameters },
      cache_control: { type: 'ephemeral' },
    });
  });

  it('should close every object of one that is', () => {
    const weather = tool({ name: 'weather', strict: true, parameters });
    expect(encode(weather)).toStrictEqual({
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
    expect(encode(weather)).toMatchObject({
      function: { parameters: { type: 'object', required: ['city'] } },
    });
  });
});
