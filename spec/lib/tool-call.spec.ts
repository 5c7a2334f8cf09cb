import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addToolCallDelta, idOf, type ToolCall, type ToolCallDelta } from '../../lib/tool-call.ts';
import { piece } from './plain-provider.ts';

const assembled = (...pieces: readonly Partial<ToolCallDelta>[]): readonly ToolCall[] =>
  pieces.map(piece).reduce<readonly ToolCall[]>(addToolCallDelta, []);

describe('addToolCallDelta', () => {
  it('should join the pieces of a call', () => {
    expect(
      assembled(
        { index: 0, id: 'call_1', name: 'add' },
        { index: 0, arguments: '{"a":' },
        { index: 0, arguments: '1}' },
      ),
    ).toEqual([{ index: 0, id: 'call_1', name: 'add', arguments: '{"a":1}' }]);
  });

  it('should keep calls apart whose pieces are interleaved', () => {
    expect(
      assembled(
        { index: 0, id: 'a', name: 'add' },
        { index: 1, id: 'b', name: 'add' },
        { index: 1, arguments: '[1]' },
        { index: 0, arguments: '[0]' },
      ).map(({ id, arguments: text }) => [id, text]),
    ).toEqual([
      ['a', '[0]'],
      ['b', '[1]'],
    ]);
  });

  it('should take the id and the name from whichever piece brings them, and repeat neither', () => {
    const pieces = [
      { index: 0, arguments: '{' },
      { index: 0, id: '', name: '' },
      { index: 0, id: 'call_1', name: 'add' },
      { index: 0, id: 'call_1', name: 'add', arguments: '}' },
    ];
    expect(assembled(...pieces)).toEqual([
      { index: 0, id: 'call_1', name: 'add', arguments: '{}' },
    ]);
  });

  it('should open a new call for another id under the same index: some servers number every call 0', () => {
    expect(
      assembled(
        { index: 0, id: 'a', name: 'add', arguments: '[0]' },
        { index: 0, id: 'b', name: 'add', arguments: '[' },
        { index: 0, arguments: '1]' },
      ).map(({ id, arguments: text }) => [id, text]),
    ).toEqual([
      ['a', '[0]'],
      ['b', '[1]'],
    ]);
  });

  it('should find the call by its id where the provider does not number its calls', () => {
    expect(
      assembled(
        { id: 'a', name: 'add', arguments: '[' },
        { id: 'b', name: 'add', arguments: '[' },
        { id: 'a', arguments: '0]' },
        { id: 'b', arguments: '1]' },
      ).map(({ index, id, arguments: text }) => [index, id, text]),
    ).toEqual([
      [0, 'a', '[0]'],
      [1, 'b', '[1]'],
    ]);
  });

  it('should give a piece without index and id to the latest call', () => {
    expect(
      assembled(
        { index: 0, id: 'a', name: 'add' },
        { index: 1, id: 'b', name: 'now' },
        { arguments: '{}' },
      ).map(({ id, arguments: text }) => [id, text]),
    ).toEqual([
      ['a', ''],
      ['b', '{}'],
    ]);
  });

  it('should open a new call for every name that comes without index and id', () => {
    expect(assembled({ name: 'add', arguments: '[0]' }, { name: 'add', arguments: '[1]' })).toEqual(
      [
        { index: 0, id: null, name: 'add', arguments: '[0]' },
        { index: 1, id: null, name: 'add', arguments: '[1]' },
      ],
    );
  });

  it('should continue an open call with a piece that cannot open one, and ignore it otherwise', () => {
    const rest = { index: 0, arguments: '}', continues: true };
    expect(assembled(rest)).toEqual([]);
    expect(assembled({ index: 1, name: 'add', arguments: '{' }, rest)).toHaveLength(1);
    expect(assembled({ index: 0, name: 'add', arguments: '{' }, rest)[0]?.arguments).toBe('{}');
  });

  it('should take an empty id for none', () => {
    expect(
      assembled(
        { id: '', name: 'add', arguments: '[0]' },
        { id: '', name: 'now', arguments: '{}' },
      ).map(({ name, arguments: text }) => [name, text]),
    ).toEqual([
      ['add', '[0]'],
      ['now', '{}'],
    ]);
  });

  it('should open a new call for a name with an id of its own', () => {
    expect(
      assembled({ name: 'add', arguments: '[0]' }, { id: 'b', name: 'now', arguments: '{}' }).map(
        ({ id, name, arguments: text }) => [id, name, text],
      ),
    ).toEqual([
      [null, 'add', '[0]'],
      ['b', 'now', '{}'],
    ]);
  });

  it('should carry the provider’s own fields along, the last of each', () => {
    expect(
      assembled(
        { index: 0, name: 'add', extra: { signature: 'x', kind: 1 } },
        { index: 0, arguments: '{}' },
        { index: 0, extra: { kind: 2 } },
      )[0]?.extra,
    ).toEqual({ signature: 'x', kind: 2 });
  });

  it('should leave the calls it was given alone, and share those that did not change', () => {
    const before = Object.freeze(
      assembled({ index: 0, id: 'a', name: 'add' }, { index: 1, id: 'b', name: 'now' }).map(
        (call) => Object.freeze(call),
      ),
    );
    const after = addToolCallDelta(before, piece({ index: 1, arguments: '{}' }));
    expect(before[1]?.arguments).toBe('');
    expect(after[1]?.arguments).toBe('{}');
    expect(after[0]).toBe(before[0]);
  });

  it('should assemble any calls from any pieces in any order between the calls', () => {
    const call = fc.record({
      id: fc.option(fc.uuid()),
      name: fc.constantFrom('add', 'now'),
      texts: fc.array(fc.string(), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 4 }), fc.infiniteStream(fc.nat()), (calls, picks) => {
        const left = calls.map(({ id, name, texts }, index) => [
          { index, id, name },
          ...texts.map((text) => ({ index, arguments: text })),
        ]);
        const pieces: Partial<ToolCallDelta>[] = [];
        for (let open = left; open.length > 0; open = open.filter(({ length }) => length > 0)) {
          pieces.push(open[picks.next().value! % open.length]!.shift()!);
        }
        const byIndex = assembled(...pieces).toSorted((a, b) => a.index - b.index);
        expect(byIndex).toEqual(
          calls.map(({ id, name, texts }, index) => ({
            index,
            id,
            name,
            arguments: texts.join(''),
          })),
        );
      }),
    );
  });

  it('should assemble a call the same way whatever pieces its arguments come in', () => {
    const json = fc.json();
    fc.assert(
      fc.property(json, fc.array(fc.nat(200)), fc.boolean(), (text, cuts, numbered) => {
        const borders = [...cuts.filter((cut) => cut < text.length), text.length].sort(
          (a, b) => a - b,
        );
        const pieces = borders.map((end, position) => ({
          index: numbered ? 0 : null,
          arguments: text.slice(borders[position - 1] ?? 0, end),
        }));
        expect(assembled({ index: 0, id: 'a', name: 'add' }, ...pieces)).toEqual([
          { index: 0, id: 'a', name: 'add', arguments: text },
        ]);
      }),
    );
  });

  it('should join a hundred thousand pieces without looking back', () => {
    const text = 'x'.repeat(40);
    const [start, next] = [
      { index: 0, name: 'add' },
      { index: 0, arguments: text },
    ];
    const calls = assembled(start, ...Array.from({ length: 100_000 }, () => next));
    expect(calls[0]?.arguments).toHaveLength(4_000_000);
  });
});

describe('idOf', () => {
  it('should be the provider’s id, or one made of the call’s position', () => {
    const call = { index: 2, name: 'add', arguments: '' };
    expect(idOf({ ...call, id: 'call_x' })).toBe('call_x');
    expect(idOf({ ...call, id: null })).toBe('call_2');
  });
});
