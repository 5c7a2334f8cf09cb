import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toolCallId } from '../../../providers/mistral/tool-call-id.ts';

describe('toolCallId', () => {
  it('should leave an id that Mistral takes as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]{9}$/), (id) => {
        expect(toolCallId(id)).toBe(id);
      }),
    );
  });

  it('should make one that Mistral takes of any other, always the same', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(toolCallId(id)).toMatch(/^[a-zA-Z0-9]{9}$/);
        expect(toolCallId(id)).toBe(toolCallId(id));
      }),
    );
  });

  it('should make different ones of different ids', () => {
    const ids = Array.from({ length: 5000 }, (_, position) => `call_${position}`);
    expect(new Set(ids.map(toolCallId)).size).toBe(ids.length);
  });
});
