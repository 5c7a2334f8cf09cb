import type { FunctionCallingConfig } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import { tool, type ToolChoice, type ToolDefinition } from 'rx-llm';
import type { GoogleParams } from 'rx-llm/google';
import { z } from 'zod';
import { encodeTools } from '../../../providers/google/encode-tools.ts';

const weather = tool({
  name: 'get_weather',
  description: 'Current weather',
  parameters: z.object({ city: z.string() }),
});
const now = tool({ name: 'now', parameters: { type: 'object' } });
const strict = tool({ name: 'f', strict: true, parameters: { type: 'object' } });

const declared = {
  functionDeclarations: [
    {
      name: 'get_weather',
      description: 'Current weather',
      parametersJsonSchema: {
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
      },
    },
    { name: 'now', parametersJsonSchema: { type: 'object' } },
  ],
};

/** How functions may be called; the SDK's constants are plain texts. */
const callingOf = (
  tools: readonly ToolDefinition[],
  toolChoice?: ToolChoice,
  params: object = {},
): FunctionCallingConfig | undefined =>
  encodeTools(tools, toolChoice, params).toolConfig?.functionCallingConfig;

describe('encodeTools', () => {
  it('should refuse a mark of what is worth caching', () => {
    const marked = tool({ name: 'f', parameters: { type: 'object' }, cacheControl: true });
    expect(() => encodeTools([marked], undefined, {})).toThrow('does not take cacheControl');
  });

  it('should declare tools by their JSON Schema, in Gemini’s words', () => {
    expect(encodeTools([weather, now], undefined, {})).toStrictEqual({ tools: [declared] });
    const literal = tool({ name: 'f', parameters: { properties: { a: { const: 'a' } } } });
    expect(encodeTools([literal], undefined, {}).tools).toEqual([
      {
        functionDeclarations: [
          { name: 'f', parametersJsonSchema: { properties: { a: { enum: ['a'] } } } },
        ],
      },
    ]);
  });

  it('should keep the caller’s own', () => {
    const tools = [{ googleSearch: {} }, { codeExecution: {} }];
    expect(encodeTools([weather, now], undefined, { tools }).tools).toEqual([...tools, declared]);
    expect(encodeTools([], undefined, { tools })).toEqual({});
  });

  describe('says which are called: it', () => {
    it.each<[ToolChoice | undefined, object | undefined, object]>([
      [undefined, undefined, { mode: 'VALIDATED' }],
      ['auto', { mode: 'AUTO' }, { mode: 'VALIDATED' }],
      ['required', { mode: 'ANY' }, { mode: 'ANY' }],
      ['none', { mode: 'NONE' }, { mode: 'NONE' }],
      [
        { name: 'now' },
        { mode: 'ANY', allowedFunctionNames: ['now'] },
        { mode: 'ANY', allowedFunctionNames: ['now'] },
      ],
    ])('should give %j as %j, with a strict tool as %j', (toolChoice, loose, withStrict) => {
      expect(callingOf([weather, now], toolChoice)).toEqual(loose);
      expect(callingOf([now, strict], toolChoice)).toEqual(withStrict);
    });

    it('should leave the choice out where no function is declared, which the API refuses', () => {
      const search = { tools: [{ googleSearch: {} }] };
      for (const choice of ['auto', 'none'] as const) {
        expect(encodeTools([], choice, {})).toStrictEqual({});
        expect(encodeTools([], choice, search)).toStrictEqual({});
      }
    });

    it.each<[string, object]>([
      ['functions', { functionDeclarations: [{ name: 'own' }] }],
      ['tools of the SDK that call', { tool: () => null, callTool: () => null }],
    ])('should choose among the caller’s own %s as well', (_name, own) => {
      expect(callingOf([], 'none', { tools: [own] })).toEqual({ mode: 'NONE' });
    });

    it('should let the caller’s own settings win, field by field', () => {
      const own = (config: object) => ({
        toolConfig: { functionCallingConfig: config, retrievalConfig: { languageCode: 'no' } },
      });
      expect(callingOf([now], { name: 'now' }, own({ streamFunctionCallArguments: true }))).toEqual(
        { mode: 'ANY', allowedFunctionNames: ['now'], streamFunctionCallArguments: true },
      );
      expect(callingOf([strict], undefined, own({ allowedFunctionNames: ['f'] }))).toEqual({
        mode: 'VALIDATED',
        allowedFunctionNames: ['f'],
      });
      // A name belongs to its mode.
      expect(callingOf([now], { name: 'now' }, own({ mode: 'AUTO' }))).toEqual({ mode: 'AUTO' });
      expect(
        encodeTools([now], 'required', own({}) as GoogleParams).toolConfig?.retrievalConfig,
      ).toEqual({ languageCode: 'no' });
    });
  });
});
