import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { isPartSpec, partKinds, specs, type PartSpec } from '../../../lib/template/specs.ts';
import type { Spec } from '../../../lib/template/values.ts';

describe('specs', () => {
  it('should name every word there is once', () => {
    expect([...specs].sort()).toEqual([
      'audio',
      'audios',
      'document',
      'documents',
      'image',
      'images',
      'list',
      'lists',
      'part',
      'parts',
      'text',
      'texts',
    ]);
    expectTypeOf<(typeof specs)[number]>().toEqualTypeOf<Spec>();
  });

  it('should tell those that stand for parts from those that stand for text', () => {
    const [texts, parts] = [specs.filter((spec) => !isPartSpec(spec)), specs.filter(isPartSpec)];
    expect(texts).toEqual(['list', 'lists']);
    expect(parts).toEqual(Object.keys(partKinds));
    expect(isPartSpec('')).toBe(false);
  });

  it('should have a plural of every kind of part', () => {
    const single = (Object.keys(partKinds) as PartSpec[]).filter((spec) => !partKinds[spec].many);
    for (const spec of single) {
      expect(partKinds[`${spec}s` as PartSpec]).toEqual({ ...partKinds[spec], many: true });
    }
    expect(single).toHaveLength(specs.length / 2 - 1);
  });
});
