import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Provider } from '../../lib/provider.ts';
import type { ResponseMode } from '../../lib/response-format.ts';
import { responseModel } from '../../lib/response-model.ts';
import { planResponse, type ResponseWish } from '../../lib/response-plan.ts';
import { StreamError } from '../../lib/stream-error.ts';
import { tool } from '../../lib/tool.ts';
import { plainProvider } from './plain-provider.ts';

const Book = z.object({ title: z.string(), year: z.number() });

const providerOf = (...modes: readonly ResponseMode[]): Provider =>
  plainProvider(undefined, { responseModes: () => modes });

const plan = (provider: Provider, wish: Partial<ResponseWish>) =>
  planResponse(provider, {
    model: 'plain-1',
    tools: [],
    toolChoice: undefined,
    responseModel: null,
    jsonMode: false,
    fields: {},
    ...wish,
  });

describe('planResponse', () => {
  const model = responseModel(Book, { name: 'book' });
  const look = tool({ name: 'look', parameters: { type: 'object' } });

  it('should ask for nothing where nothing is wished', () => {
    const wish = { tools: [look], toolChoice: 'none' } as const;
    expect(plan(providerOf('native', 'json'), wish)).toEqual({
      shape: null,
      format: null,
      tools: [look],
      toolChoice: 'none',
      instructions: [],
    });
  });

  it('should ask for JSON by the provider’s mode where it has one, and by words in any case', () => {
    const word = [{ role: 'system', content: expect.stringContaining('JSON') }];
    expect(plan(providerOf('json'), { jsonMode: true })).toMatchObject({
      shape: null,
      format: { mode: 'json' },
      instructions: word,
    });
    for (const provider of [providerOf('tool'), plainProvider() as unknown as Provider]) {
      expect(plan(provider, { jsonMode: true })).toMatchObject({
        format: null,
        instructions: word,
      });
    }
  });

  it('should take the first mode that the provider offers, and text where it offers none', () => {
    const wish = { responseModel: model };
    expect(plan(providerOf('tool', 'native'), wish).shape?.mode).toBe('tool');
    expect(plan(providerOf('native', 'tool'), wish).shape?.mode).toBe('native');
    expect(plan(providerOf(), wish).shape?.mode).toBe('text');
    expect(plan(plainProvider() as unknown as Provider, wish).shape?.mode).toBe('text');
  });

  it('should take the mode that is said, and refuse one that cannot be done', () => {
    const inMode = (mode: ResponseMode) => ({ responseModel: { ...model, mode } });
    expect(plan(providerOf('native', 'tool'), inMode('tool')).shape?.mode).toBe('tool');
    expect(plan(providerOf('native'), inMode('text')).shape?.mode).toBe('text');
    expect(() => plan(providerOf('native', 'tool'), inMode('json'))).toThrow(StreamError);
    expect(() => plan(providerOf('native', 'tool'), inMode('json'))).toThrow(
      /mode "json"; it can do native, tool, text/,
    );
    expect(() => plan(providerOf('text', 'native'), inMode('json'))).toThrow(
      /mode "json"; it can do text, native/,
    );
  });

  it('should be strict only where a provider is given the schema, and refuse elsewhere', () => {
    const strict = { ...model, strict: true };
    const modeAmong = (...modes: readonly ResponseMode[]) =>
      plan(providerOf(...modes), { responseModel: strict }).shape?.mode;
    expect(modeAmong('json', 'text', 'tool')).toBe('tool');
    expect(modeAmong('native')).toBe('native');
    expect(() => modeAmong('json')).toThrow(
      /cannot answer with strict: true; it can do json, text/,
    );
    const said = { responseModel: { ...strict, mode: 'json' as const } };
    expect(() => plan(providerOf('native', 'json'), said)).toThrow(
      /cannot answer in mode "json" with strict: true/,
    );
  });

  it('should take JSON mode with a model for the mode, unless the model says another', () => {
    const wish = { responseModel: model, jsonMode: true };
    expect(plan(providerOf('native', 'json'), wish).shape?.mode).toBe('json');
    expect(plan(providerOf('native', 'tool'), wish).shape?.mode).toBe('text');
    const native = { responseModel: { ...model, mode: 'native' as const }, jsonMode: true };
    expect(plan(providerOf('native', 'json'), native).shape?.mode).toBe('native');
  });

  it('should ask the provider about the call at hand', () => {
    const asked: unknown[] = [];
    const provider = {
      ...providerOf(),
      responseModes: (call: unknown) => {
        asked.push(call);
        return [];
      },
    };
    plan(provider, { responseModel: model, tools: [look] });
    expect(asked).toEqual([{ model: 'plain-1', tools: [look] }]);
  });

  it('should offer a tool that stands for the answer, and force it where it is alone', () => {
    const wish = { responseModel: model };
    const alone = plan(providerOf('tool'), wish);
    expect(alone).toMatchObject({
      shape: { tool: 'book', wrapped: false },
      format: null,
      tools: [{ name: 'book', parameters: { type: 'object' } }],
      toolChoice: { name: 'book' },
      instructions: [],
    });
    expect(alone.tools[0]!.validate('anything')).toEqual({ ok: true, value: 'anything' });
    expect(alone.tools[0]!.execute).toBeUndefined();
    const beside = plan(providerOf('tool'), { ...wish, tools: [look] });
    expect(beside.tools.map(({ name }) => name)).toEqual(['look', 'book']);
    expect(beside.toolChoice).toBe('required');
    expect(plan(providerOf('tool'), { ...wish, toolChoice: 'auto' }).toolChoice).toBe('auto');
  });

  it('should forbid other tools, not the answer, with the choice none', () => {
    const { tools, toolChoice } = plan(providerOf('tool'), {
      responseModel: model,
      tools: [look],
      toolChoice: 'none',
    });
    expect(tools.map(({ name }) => name)).toEqual(['book']);
    expect(toolChoice).toEqual({ name: 'book' });
  });

  it('should hand name, description and strictness on', () => {
    const described = responseModel(Book, { name: 'b', description: 'A book', strict: true });
    expect(plan(providerOf('native'), { responseModel: described }).format).toMatchObject({
      name: 'b',
      description: 'A book',
      strict: true,
    });
    expect(plan(providerOf('tool'), { responseModel: described }).tools[0]).toMatchObject({
      name: 'b',
      description: 'A book',
      strict: true,
    });
    expect(plan(providerOf('tool'), { responseModel: model }).tools[0]).toMatchObject({
      description: 'Gives the final answer.',
      strict: null,
    });
  });

  it('should print the schema in the instructions where the provider is not asked', () => {
    for (const mode of ['json', 'text'] as const) {
      const { instructions, format } = plan(providerOf('json'), {
        responseModel: { ...model, mode },
      });
      expect(instructions).toHaveLength(1);
      expect(instructions[0]!.content).toMatch(/must fit this JSON Schema:\n\{"type":"object"/);
      expect(format).toEqual(mode === 'json' ? { mode: 'json' } : null);
    }
  });

  it('should wrap what is no object, after leaving out what is known', () => {
    const many = responseModel(z.array(Book));
    expect(plan(providerOf('native'), { responseModel: many })).toMatchObject({
      shape: { wrapped: true },
      format: { schema: { properties: { value: { type: 'array' } } } },
    });
    const known = plan(providerOf('native'), { responseModel: model, fields: { year: 1965 } });
    expect(known.shape).toMatchObject({ fields: { year: 1965 }, wrapped: false });
    expect(known.format).toMatchObject({ schema: { required: ['title'] } });
  });
});
