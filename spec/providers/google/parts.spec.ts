import type { Part } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addPart, finishedParts, type PartAssembly } from '../../../providers/google/parts.ts';
import type { Trail } from '../../../lib/trail.ts';

/** The parts of an event. */
const event = (...list: readonly object[]): readonly Part[] => list;

const partsOf = (events: readonly (readonly Part[])[]): readonly Part[] =>
  finishedParts(events.flat().reduce<Trail<PartAssembly> | null>(addPart, null));

const signature = { thoughtSignature: 'c2ln' };
const pcm = (bytes: readonly number[], mimeType = 'audio/L16;codec=pcm;rate=24000'): object => ({
  inlineData: { mimeType, data: Buffer.from(bytes).toString('base64') },
});
const call = (functionCall: object, more: object = {}): object => ({ functionCall, ...more });

describe('addPart and finishedParts', () => {
  describe('puts parts together: it', () => {
    it('should join texts of one kind that follow each other', () => {
      expect(
        partsOf([
          event({ text: 'Hm, ', thought: true }),
          event({ text: 'yes.', thought: true }, { text: 'Hel' }),
          event({ text: 'lo' }),
          event({ text: 'So.', thought: true }),
        ]),
      ).toEqual([
        { text: 'Hm, yes.', thought: true },
        { text: 'Hello' },
        { text: 'So.', thought: true },
      ]);
    });

    it('should join nothing with a part that has a signature or metadata', () => {
      const list = [
        { text: 'a' },
        { text: 'b', ...signature },
        { text: 'c' },
        { text: '', ...signature },
        { text: 'd', partMetadata: { x: 1 } },
        { text: 'e' },
      ];
      expect(partsOf(list.map((part) => event(part)))).toEqual(list);
    });

    it('should leave out empty texts that say nothing', () => {
      expect(partsOf([event({ text: 'Hi' }), event({ text: '' })])).toEqual([{ text: 'Hi' }]);
      expect(partsOf([event({ text: '' })])).toEqual([]);
    });

    it('should keep every other part as it came, in order', () => {
      const list = [
        { executableCode: { code: 'print(1)', language: 'PYTHON' } },
        { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } },
        { inlineData: { mimeType: 'image/png', data: 'AA==' }, ...signature },
        { hologram: { new: true } },
      ];
      expect(partsOf(list.map((part) => event({ text: 'x' }, part)))).toEqual(
        list.flatMap((part) => [{ text: 'x' }, part]),
      );
    });

    it('should keep calls with their signatures and without an id of its own making', () => {
      const list = [
        call({ name: 'f', args: { a: 1 } }, signature),
        call({ id: 'b', name: 'g' }),
        call({ name: 'f', args: { a: 1 } }),
      ];
      expect(partsOf([event(list[0]!, list[1]!), event(list[2]!)])).toEqual(list);
    });

    it('should join PCM bytewise, wherever it is cut', () => {
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 9 }), { minLength: 1 }), (pieces) => {
          expect(partsOf(pieces.map((bytes) => event(pcm([...bytes]))))).toEqual([
            pcm(pieces.flatMap((bytes) => [...bytes])),
          ]);
        }),
      );
    });

    it('should join no audio of another rate or with a header', () => {
      const list = [
        pcm([1]),
        pcm([2], 'audio/L16;rate=16000'),
        pcm([3], 'audio/wav'),
        pcm([4], 'audio/wav'),
      ];
      expect(partsOf([event(...list)])).toEqual(list);
    });
  });

  describe('puts streamed arguments together: it', () => {
    const start = event(call({ id: 'a', name: 'f', willContinue: true }, signature));
    const city = (stringValue: string, willContinue: boolean) =>
      event(
        call({
          partialArgs: [{ jsonPath: '$.city', stringValue, willContinue }],
          willContinue: true,
        }),
      );
    const end = event(call({}));

    it('should give the call as if it had come whole', () => {
      const next = call({ name: 'g', args: {} });
      expect(partsOf([start, city('Os', true), city('lo', false), end, event(next)])).toEqual([
        call({ id: 'a', name: 'f', args: { city: 'Oslo' } }, signature),
        next,
      ]);
    });

    it('should give what has come of a call that is cut off, and say so', () => {
      expect(partsOf([start, city('Os', true)])).toEqual([
        call({ id: 'a', name: 'f', args: { city: 'Os' }, willContinue: true }, signature),
      ]);
      expect(partsOf([start])).toEqual([
        call({ id: 'a', name: 'f', willContinue: true }, signature),
      ]);
    });

    it('should take a call in one part', () => {
      const partialArgs = [{ jsonPath: '$.n', numberValue: 1 }];
      expect(partsOf([event(call({ name: 'f', partialArgs }))])).toEqual([
        call({ name: 'f', args: { n: 1 } }),
      ]);
    });

    it('should find nothing in a part that closes no call', () => {
      expect(partsOf([event({ text: 'Hi' }), end])).toEqual([{ text: 'Hi' }]);
    });
  });
});
