import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { from, lastValueFrom, toArray, type Observable } from 'rxjs';
import { streamOf } from 'rx-llm/testing';
import { lines, type LinesOptions } from '../../../operators/views/lines.ts';
import { textDeltas } from '../../../operators/views/text-deltas.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';
import { piecesOf } from './pieces-of.ts';

const linesOf = (pieces: readonly string[], options?: LinesOptions): Promise<readonly string[]> =>
  lastValueFrom(from(pieces).pipe(lines(options), toArray()));

describe('lines', () => {
  const values = { a: 'one\nt', b: 'wo\r', c: '\nthr', d: 'ee' };
  const expected = { x: 'one\n', y: 'two\r\n', z: 'three', t: 't' };

  it('should emit each line with its end, and the rest at the end', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('                  -a-b-c-d-|   ', values);
      expectObservable(source.pipe(lines())).toBe('-x---y---(z|)', expected);
      expectSubscriptions(source.subscriptions).toBe('^--------!');
    });
  });

  it('should emit the rest before an error', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('                 -a-#   ', values);
      expectObservable(source.pipe(lines())).toBe('-x-(t#)', expected);
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('should never emit and complete as the source does', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const never = cold('-');
      const empty = cold('--|');
      expectObservable(never.pipe(lines())).toBe('-');
      expectObservable(empty.pipe(lines())).toBe('--|');
      expectSubscriptions(never.subscriptions).toBe('^');
      expectSubscriptions(empty.subscriptions).toBe('^-!');
    });
  });

  it('should leave the source when it is unsubscribed from, and drop the rest', () => {
    inVirtualTime(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|', values);
      expectObservable(source.pipe(lines()), '--!').toBe('-x-', expected);
      expectSubscriptions(source.subscriptions).toBe('^-!');
    });
  });

  it('should start anew for every subscription of one instance', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const result = cold('                 -a-b-c-d-|     ', values).pipe(lines());
      expectObservable(result).toBe('       -x---y---(z|)  ', expected);
      expectObservable(result, '--^').toBe('---x---y---(z|)', expected);
    });
  });

  it('should keep empty lines, and a carriage return that ends none', async () => {
    expect(await linesOf(['1\n\n', '\n2\r3'])).toEqual(['1\n', '\n', '\n', '2\r3']);
  });

  it('should find the same lines whatever pieces the text comes in', async () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r', '😀', ' ') });
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(100)), async (text, cuts) => {
        const found = await linesOf(piecesOf(text, cuts));
        expect(found).toEqual(text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
      }),
      { numRuns: 500 },
    );
  });

  it('should cut a line where it is told to, and none by itself', async () => {
    expect(await linesOf(['abcd\nef'], { maxLength: 3 })).toEqual(['abc', 'd\n', 'ef']);
    const long = 'a'.repeat(100_000);
    expect(await linesOf([long, `${long}\n`])).toEqual([`${long}${long}\n`]);
  });

  it('should refuse a length that is none, in its own name', () => {
    expect(() => lines({ maxLength: 0 })).toThrow(RangeError);
    expect(() => lines({ maxLength: 0 })).toThrow('lines: maxLength must be');
  });

  it('should make texts of texts by type', () => {
    const result = streamOf('Hi').pipe(textDeltas(), lines());
    expectTypeOf(result).toEqualTypeOf<Observable<string>>();
    // @ts-expect-error it takes texts, not tuples
    void streamOf('Hi').pipe(lines());
  });
});
