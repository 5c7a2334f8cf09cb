import { describe, expect, it } from '@jest/globals';
import type Anthropic from '@anthropic-ai/sdk';
import { tool, type ToolChoice, type ToolDefinition } from 'rx-llm';
import { encodeTools } from '../../../providers/anthropic/encode-tools.ts';
import type { MessageParams } from '../../../providers/anthropic/wire.ts';

const parameters = {
  type: 'object',
  properties: {
    at: { type: 'object', properties: { city: { type: 'string' } } },
    tags: { type: 'object', additionalProperties: { type: 'string' } },
  },
};
const add = tool({ name: 'add', description: 'Adds', parameters });

const encode = ({
  tools = [add],
  params = {},
  toolChoice,
}: {
  readonly tools?: readonly ToolDefinition[];
  readonly params?: MessageParams;
  readonly toolChoice?: ToolChoice | undefined;
} = {}) => encodeTools({ tools, params, commonParams: { toolChoice } });

describe('encodeTools', () => {
  it('should offer tools, the caller’s own first', () => {
    const search = { type: 'web_search_20250305', name: 'web_search' } as const;
    expect(encode({ params: { tools: [search] } })).toStrictEqual({
      tools: [search, { name: 'add', description: 'Adds', input_schema: parameters }],
    });
  });

  it('should mark the end of what is worth caching', () => {
    const last = tool({ name: 'now', parameters, cacheControl: { ttl: '1h' } });
    expect(encode({ tools: [add, last] }).tools).toStrictEqual([
      { name: 'add', description: 'Adds', input_schema: parameters },
      { name: 'now', input_schema: parameters, cache_control: { type: 'ephemeral', ttl: '1h' } },
    ]);
  });

  it('should offer nothing where there is nothing', () => {
    expect(encode({ tools: [] })).toStrictEqual({});
  });

  describe('closes the schema of a strict tool: it', () => {
    const schemaOf = (strict?: boolean) => {
      const definition = tool({
        name: 'add',
        parameters,
        ...(strict !== undefined && { strict }),
      });
      const [encoded] = encode({ tools: [definition] }).tools as readonly Anthropic.Tool[];
      return { strict: encoded!.strict, schema: encoded!.input_schema };
    };

    it('should close it with every object that lists its properties', () => {
      expect(schemaOf(true)).toEqual({
        strict: true,
        schema: {
          type: 'object',
          properties: {
            at: {
              type: 'object',
              properties: { city: { type: 'string' } },
              additionalProperties: false,
            },
            tags: { type: 'object', additionalProperties: { type: 'string' } },
          },
          additionalProperties: false,
        },
      });
    });

    it('should tell what the API holds nobody to, and leave it to other tools', () => {
      const whole = { type: 'object', properties: { a: { type: 'integer', minimum: 1 } } };
      const schemas = [true, false].map((strict) => {
        const definition = tool({ name: 'add', parameters: whole, strict });
        const [encoded] = encode({ tools: [definition] }).tools as readonly Anthropic.Tool[];
        return encoded!.input_schema;
      });
      const description = 'Must also fit this JSON Schema: {"minimum":1}';
      expect(schemas).toEqual([
        {
          type: 'object',
          properties: { a: { type: 'integer', description } },
          additionalProperties: false,
        },
        whole,
      ]);
    });

    it.each([[false], [undefined]])('should leave it alone with strict %s', (strict) => {
      expect(schemaOf(strict)).toEqual({ strict, schema: parameters });
    });
  });

  describe('chooses among them: it', () => {
    it.each<[ToolChoice | undefined, Anthropic.ToolChoice | undefined]>([
      [undefined, undefined],
      ['auto', { type: 'auto' }],
      ['required', { type: 'any' }],
      ['none', { type: 'none' }],
      [{ name: 'add' }, { type: 'tool', name: 'add' }],
    ])('should encode %j as %j', (toolChoice, choice) => {
      expect(encode({ toolChoice }).tool_choice).toEqual(choice);
      expect(encode({ toolChoice }).tools).toHaveLength(1);
    });

    it.each<ToolChoice>(['auto', 'none'])('should not say %j where there are none', (choice) => {
      expect(encode({ tools: [], toolChoice: choice })).toStrictEqual({});
    });

    it.each<[ToolChoice, Anthropic.ToolChoice]>([
      ['required', { type: 'any' }],
      [{ name: 'add' }, { type: 'tool', name: 'add' }],
    ])('should leave it to the API to refuse %j where there are none', (toolChoice, choice) => {
      expect(encode({ tools: [], toolChoice })).toStrictEqual({ tool_choice: choice });
    });

    it('should let the caller’s own choice go first', () => {
      const own = { type: 'auto', disable_parallel_tool_use: true } as const;
      const params = { tool_choice: own };
      expect(encode({ params, toolChoice: 'required' }).tool_choice).toEqual(own);
    });
  });
});
