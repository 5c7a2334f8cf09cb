import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { continueToolCalls, noToolCalls } from '../../lib/open-tool-calls.ts';
import { partialTools } from '../../lib/partial-tools.ts';
import type { PartialTool } from '../../lib/partial-tool.ts';
import type { ToolCallDelta } from '../../lib/tool-call.ts';
import { tool } from '../../lib/tool.ts';
import { piece } from './plain-provider.ts';

const add = tool({ name: 'add', parameters: { type: 'object' } });
const now = tool({ name: 'now', parameters: { type: 'object' } });

/** The partial tools of a turn's pieces, in order. */
function partialsOf(deltas: readonly ToolCallDelta[]): readonly (PartialTool | null)[] {
  const partialOf = partialTools('plain', [add, now]);
  let calls = noToolCalls;
  return deltas.map((delta) => {
    const before = calls;
    calls = continueToolCalls(before, delta);
    return partialOf(before, calls, delta.arguments);
  });
}

describe('partialTools', () => {
  it('should give the arguments so far with each piece', () => {
    const partials = partialsOf([
      piece({ index: 0, id: 'call_1', name: 'add' }),
      piece({ index: 0, arguments: '{"a":"he' }),
      piece({ index: 0, arguments: 'llo","b":1' }),
      piece({ index: 0, arguments: '2}' }),
    ]);
    expect(partials).toMatchObject([
      { id: 'call_1', name: 'add', delta: '', args: {}, argumentsText: '' },
      { delta: '{"a":"he', args: { a: 'he' } },
      // A number is known when it has ended.
      { delta: 'llo","b":1', args: { a: 'hello' } },
      { delta: '2}', args: { a: 'hello', b: 12 }, argumentsText: '{"a":"hello","b":12}' },
    ]);
  });

  it('should keep calls apart that interleave', () => {
    const partials = partialsOf([
      piece({ index: 0, id: 'call_1', name: 'add' }),
      piece({ index: 1, id: 'call_2', name: 'now' }),
      piece({ index: 1, arguments: '{"zone":"u' }),
      piece({ index: 0, arguments: '{"a":1' }),
      piece({ index: 1, arguments: 'tc"}' }),
      piece({ index: 0, arguments: '}' }),
    ]);
    expect(partials.map((each) => [each?.name, each?.args])).toEqual([
      ['add', {}],
      ['now', {}],
      ['now', { zone: 'u' }],
      ['add', {}],
      ['now', { zone: 'utc' }],
      ['add', { a: 1 }],
    ]);
  });

  it('should give all that came before the name with the first piece that has one', () => {
    const partials = partialsOf([
      piece({ index: 0, id: 'call_1' }),
      piece({ index: 0, arguments: '{"a":"he' }),
      piece({ index: 0, arguments: 'llo"' }),
      piece({ index: 0, name: 'add', arguments: ',"b":' }),
      piece({ index: 0, arguments: 'true}' }),
    ]);
    expect(partials).toMatchObject([
      null,
      null,
      null,
      { delta: '{"a":"hello","b":', args: { a: 'hello' }, argumentsText: '{"a":"hello","b":' },
      { delta: 'true}', args: { a: 'hello', b: true } },
    ]);
  });

  it('should give nothing of a tool that was not declared, and of a piece without a call', () => {
    expect(
      partialsOf([
        piece({ index: 0, name: 'fly' }),
        piece({ index: 0, arguments: '{}' }),
        piece({ index: 7, arguments: '{}', continues: true }),
        piece({ index: 1, arguments: '{' }),
        piece({ index: 1, name: 'fly', arguments: '}' }),
      ]),
    ).toEqual([null, null, null, null, null]);
  });

  it('should stay with what was sound when the text is no JSON', () => {
    const partials = partialsOf([
      piece({ index: 0, name: 'add', arguments: '{"a":"x"' }),
      piece({ index: 0, arguments: ' oops' }),
      piece({ index: 0, arguments: ',"b":1}' }),
    ]);
    expect(partials.map((each) => each?.args)).toEqual([{ a: 'x' }, { a: 'x' }, { a: 'x' }]);
  });

  it('should take no arguments for none', () => {
    expect(partialsOf([piece({ name: 'add', arguments: 'null' })])).toMatchObject([{ args: {} }]);
    expect(partialsOf([piece({ name: 'add', arguments: ' ' })])).toMatchObject([{ args: {} }]);
  });

  it('should come to the arguments, in any pieces of any calls side by side', () =>
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.array(fc.tuple(fc.nat({ max: 2 }), fc.integer({ min: 1, max: 9 })), { minLength: 1 }),
        fc.nat({ max: 20 }),
        (calls, turns, nameAt) => {
          const texts = calls.map((args) => JSON.stringify(args));
          const sent = texts.map(() => 0);
          const deltas = texts.map((_, index) => piece({ index, id: `call_${index}` }));
          for (let turn = 0; sent.some((at, index) => at < texts[index]!.length); turn++) {
            const [which, size] = turns[turn % turns.length]!;
            // Whoever's turn it is, else the first that is not through.
            const index =
              which < texts.length && sent[which]! < texts[which]!.length
                ? which
                : sent.findIndex((at, each) => at < texts[each]!.length);
            const from = sent[index]!;
            deltas.push(piece({ index, arguments: texts[index]!.slice(from, from + size) }));
            sent[index] = from + size;
          }
          // The name of a call comes with any piece, or by itself.
          texts.forEach((_, index) => {
            const at = deltas.findIndex((each, at) => each.index === index && at >= nameAt);
            if (at < 0) deltas.push(piece({ index, name: 'add' }));
            else deltas[at] = { ...deltas[at]!, name: 'add' };
          });
          const partials = partialsOf(deltas).filter((each) => each !== null);
          texts.forEach((text, index) => {
            const own = partials.filter((each) => each.index === index);
            expect(own.map(({ delta }) => delta).join('')).toBe(text);
            expect(own.at(-1)!.args).toEqual(JSON.parse(text));
            expect(own.at(-1)!.argumentsText).toBe(text);
          });
        },
      ),
      { numRuns: 300 },
    ));
});
