import { describe, expect, it } from '@jest/globals';
import { VirtualTimeScheduler } from 'rxjs';
import {
  checkOptions,
  commonOptions,
  mergedOptions,
  responseModelIn,
  type AnyCallOptions,
} from '../../lib/call-options.ts';
import { z } from 'zod';
import { responseModel } from '../../lib/response-model.ts';
import { tool } from '../../lib/tool.ts';
import type { PlainWire } from './plain-provider.ts';

type Options = AnyCallOptions<PlainWire>;

const add = tool({ name: 'add', parameters: { type: 'object' } });

describe('commonOptions', () => {
  it('should leave out what belongs to one provider: its model, connection and parameters', () => {
    const common = {
      tools: [add],
      commonParams: { seed: 1 },
      responseModel: responseModel({ type: 'object' }),
      jsonMode: true,
      partialTools: true,
      prices: () => null,
      metadata: { tag: 1 },
      signal: new AbortController().signal,
      invalidTools: 'error',
      usageWait: 5,
      scheduler: new VirtualTimeScheduler(),
    } as const;
    const options: Options = { ...common, model: 'm', key: 'mine', callParams: { temperature: 1 } };
    expect(commonOptions(options)).toEqual(common);
    expect(commonOptions<PlainWire>({ model: 'm' })).toEqual({});
  });
});

describe('mergedOptions', () => {
  const merged = (one: Partial<Options>, other: Partial<Options>) =>
    mergedOptions<PlainWire>(one, other);

  it('should let the further options win', () => {
    expect(merged({ model: 'a', key: 'x', usageWait: 1 }, { model: 'b', usageWait: 2 })).toEqual({
      model: 'b',
      key: 'x',
      usageWait: 2,
    });
  });

  it('should merge parameters and metadata field by field', () => {
    expect(
      merged(
        { callParams: { temperature: 1 }, commonParams: { seed: 1, topP: 1 }, metadata: { a: 1 } },
        { callParams: {}, commonParams: { seed: 2 }, metadata: { b: 2 } },
      ),
    ).toEqual({
      callParams: { temperature: 1 },
      commonParams: { seed: 2, topP: 1 },
      metadata: { a: 1, b: 2 },
    });
  });

  it('should keep what the further options do not speak of, `undefined` included', () => {
    const one = { model: 'a', callParams: { temperature: 1 }, metadata: { a: 1 } };
    // As where a project does not tell optional properties from those that may be `undefined`.
    const other = { model: undefined, callParams: undefined, metadata: undefined } as object;
    expect(merged(one, other)).toEqual(one);
  });

  it('should not make up what neither says', () => {
    expect(merged({ model: 'a' }, {})).toEqual({ model: 'a' });
    const metadata = { tag: 1 };
    expect(merged({ metadata }, {}).metadata).toBe(metadata);
  });
});

describe('checkOptions', () => {
  it('should accept what a call can be made with', () => {
    expect(() => checkOptions('plain', { model: 'm', tools: [add], usageWait: 0 })).not.toThrow();
  });

  it.each([
    [{ model: '' }, /^\[plain\] A call needs a model: plain\.call\(/],
    [{ model: undefined as unknown as string }, /A call needs a model/],
    [{ model: 'm', tools: [add, add] }, /Two tools are named "add"/],
    [{ model: 'm', usageWait: -1 }, /usageWait must be from 0/],
    [{ model: 'm', usageWait: 2 ** 31 }, /usageWait must be from 0/],
    [{ model: 'm', usageWait: NaN }, /usageWait must be from 0/],
  ])('should refuse %j', (options, message) => {
    expect(() => checkOptions('plain', options)).toThrow(TypeError);
    expect(() => checkOptions('plain', options)).toThrow(message);
  });
});

describe('responseModelIn', () => {
  it('should make ready what the options say of the answer', () => {
    const model = responseModel({ type: 'object' });
    expect(responseModelIn<PlainWire>({ model: 'm' })).toBeNull();
    expect(responseModelIn<PlainWire>({ model: 'm', responseModel: model })).toBe(model);
    expect(responseModelIn<PlainWire>({ model: 'm', responseModel: z.object({}) })).toMatchObject({
      name: 'response',
    });
  });
});
