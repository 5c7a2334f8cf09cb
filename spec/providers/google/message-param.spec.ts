import type { GenerateContentResponse, Part } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import type { ToolCall } from 'rx-llm';
import { messageParam } from '../../../providers/google/message-param.ts';

/** A response as it stands on the wire: the SDK's class adds getters only. */
const responseOf = (fields: object): GenerateContentResponse => fields as GenerateContentResponse;

const response = (parts?: readonly Part[]): GenerateContentResponse =>
  responseOf({ candidates: [{ content: { role: 'model', ...(parts && { parts }) } }] });

const partsOf = (
  parts: readonly Part[],
  content: string,
  openCalls: readonly ToolCall[] = [],
): readonly Part[] => messageParam(response(parts), { content, openCalls }).parts!;

const thought: Part = { text: 'Hm', thought: true };
const signed: Part = { functionCall: { name: 'f', args: {} }, thoughtSignature: 'c2ln' };
const seal: Part = { text: '', thoughtSignature: 'c2ln' };
const image: Part = { inlineData: { mimeType: 'image/png', data: 'AA==' } };
const open = (index: number): ToolCall => ({ index, id: null, name: 'f', arguments: '{' });

describe('messageParam', () => {
  it('should give all parts back as they came', () => {
    const parts = [thought, { text: 'Hel' }, image, { text: 'lo' }, signed, seal];
    expect(messageParam(response(parts), { content: 'Hello', openCalls: [] })).toEqual({
      role: 'model',
      parts,
    });
  });

  it('should be that of the first candidate', () => {
    const candidates = [
      { index: 1, content: { parts: [{ text: 'one' }] } },
      { index: 0, content: { parts: [{ text: 'zero' }] } },
    ];
    const given = responseOf({ candidates });
    expect(messageParam(given, { content: 'zero', openCalls: [] }).parts).toEqual([
      { text: 'zero' },
    ]);
  });

  it('should leave out calls that did not arrive whole, by their position', () => {
    const calls: readonly Part[] = [0, 1, 2].map((n) => ({
      functionCall: { name: 'f', args: { n } },
    }));
    expect(partsOf([{ text: 'Hi' }, ...calls], 'Hi', [open(1)])).toEqual([
      { text: 'Hi' },
      calls[0],
      calls[2],
    ]);
  });

  it('should send no mark of a call that goes on', () => {
    const cut: Part = { functionCall: { name: 'f', args: {}, willContinue: true } };
    expect(partsOf([cut], '')).toEqual([{ functionCall: { name: 'f', args: {} } }]);
  });

  describe('follows the text as it was kept: it', () => {
    const parts = [{ text: 'Hello' }, image, { text: ' world', thoughtSignature: 'c2ln' }];

    it('should cut it where it was cut', () => {
      expect(partsOf(parts, 'Hello wor')).toEqual([{ text: 'Hello' }, image, { text: ' wor' }]);
      expect(partsOf(parts, 'Hel')).toEqual([{ text: 'Hel' }, image]);
      expect(partsOf([thought, { text: 'Hello' }], '')).toEqual([thought]);
    });

    it('should keep a signature that stands on no text', () => {
      expect(partsOf([{ text: 'Hello' }, seal], 'Hel')).toEqual([{ text: 'Hel' }, seal]);
    });

    it('should take its place where it was changed', () => {
      expect(partsOf([thought, ...parts, signed], 'HELLO')).toEqual([
        thought,
        { text: 'HELLO' },
        image,
        signed,
      ]);
    });

    it('should add it where there was none', () => {
      expect(partsOf([signed], 'Hi')).toEqual([signed, { text: 'Hi' }]);
    });
  });

  describe('takes in text that is not among the parts: it', () => {
    const answer: Part = { functionCall: { name: 'answer', args: { a: 1 } } };
    const sealed: Part = { ...answer, thoughtSignature: 'c2ln' };
    const openAnswer = (index: number): ToolCall => ({
      index,
      id: null,
      name: 'answer',
      arguments: '{"a":1}',
    });

    it('should hold the answer that came as the arguments of a tool, in place of its call', () => {
      expect(partsOf([thought, sealed], '{"a":1}', [openAnswer(0)])).toEqual([
        thought,
        { text: '{"a":1}' },
      ]);
      expect(partsOf([sealed, seal], '{"a":1}', [openAnswer(0)])).toEqual([
        seal,
        { text: '{"a":1}' },
      ]);
    });

    it('should keep the text before it as it came, with its signature', () => {
      const before: Part = { text: 'Here: ', thoughtSignature: 'c2ln' };
      expect(partsOf([before, answer], 'Here: {"a":1}', [openAnswer(0)])).toEqual([
        before,
        { text: '{"a":1}' },
      ]);
    });

    it('should keep the signatures of the calls beside it, and sign the first where the answer was', () => {
      const other: Part = { functionCall: { name: 'f', args: {} } };
      expect(partsOf([signed, answer], '{"a":1}', [openAnswer(1)])).toEqual([
        signed,
        { text: '{"a":1}' },
      ]);
      expect(partsOf([sealed, other], '{"a":1}', [openAnswer(0)])).toEqual([
        { ...other, thoughtSignature: 'skip_thought_signature_validator' },
        { text: '{"a":1}' },
      ]);
    });

    it('should hold what came before the piece it continued, and the piece as it came', () => {
      const last: Part = { text: ' world', thoughtSignature: 'c2ln' };
      expect(partsOf([thought, last, image], 'Hello world')).toEqual([
        thought,
        { text: 'Hello' },
        last,
        image,
      ]);
      expect(partsOf([thought, { text: ' wor' }, image, { text: 'ld' }], 'Hello world')).toEqual([
        thought,
        { text: 'Hello wor' },
        image,
        { text: 'ld' },
      ]);
      expect(partsOf([thought, { text: ' world' }], 'Hello wor')).toEqual([
        thought,
        { text: 'Hello wor' },
      ]);
      expect(partsOf([thought], 'Hello')).toEqual([thought, { text: 'Hello' }]);
    });
  });

  it.each([
    ['no candidate', {}],
    ['no content', { candidates: [{ finishReason: 'SAFETY' }] }],
    ['no parts', response()],
  ])('should still be a message for %s', (_name, given) => {
    expect(messageParam(given as GenerateContentResponse, { content: '', openCalls: [] })).toEqual({
      role: 'model',
      parts: [{ text: '' }],
    });
  });
});
