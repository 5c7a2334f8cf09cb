import type { Part } from '@google/genai';
import { describe, expect, it } from '@jest/globals';
import { signed, signedLike } from '../../../providers/google/thought-signature.ts';

const call = (name: string, thoughtSignature?: string): Part => ({
  functionCall: { name, args: {} },
  ...(thoughtSignature && { thoughtSignature }),
});
const text: Part = { text: 'Let me see' };
const standIn = 'skip_thought_signature_validator';

const signatures = (parts: readonly Part[]) => parts.map((part) => part.thoughtSignature);

describe('signed', () => {
  it.each([
    'gemini-3-pro-preview',
    'gemini-3.1-flash',
    'models/gemini-3-flash-preview',
    'publishers/google/models/gemini-10',
    'gemini-flash-latest',
  ])('should give the first call of a turn a signature for %s', (model) => {
    expect(signatures(signed(model, [text, call('f'), call('g')]))).toEqual([
      undefined,
      standIn,
      undefined,
    ]);
  });

  it.each(['gemini-2.5-flash', 'gemini-2.0-flash', 'gemini-1.5-pro-latest', 'gemma-3'])(
    'should give none for %s',
    (model) => {
      expect(signed(model, [text, call('f')])).toEqual([text, call('f')]);
    },
  );

  it('should leave a turn alone that is signed or has no calls', () => {
    for (const parts of [[text], [call('f', 'c2ln'), call('g')]]) {
      expect(signed('gemini-3-pro', parts)).toEqual(parts);
    }
  });
});

describe('signedLike', () => {
  it('should give the first call a signature that is left of a turn that was signed', () => {
    const before = [call('f', 'c2ln'), text, call('g')];
    expect(signatures(signedLike(before, before.slice(1)))).toEqual([undefined, standIn]);
  });

  it.each<[string, readonly Part[], readonly Part[]]>([
    ['was not signed', [call('f'), call('g')], [call('g')]],
    ['has its own', [call('f', 'c2ln'), call('g', 'YQ==')], [call('g', 'YQ==')]],
    ['is whole', [call('f', 'c2ln'), call('g')], [call('f', 'c2ln'), call('g')]],
    ['has no calls left', [call('f', 'c2ln'), text], [text]],
    ['had no calls', [text], [text]],
  ])('should leave a turn alone that %s', (_name, before, parts) => {
    expect(signedLike(before, parts)).toEqual(parts);
  });
});
