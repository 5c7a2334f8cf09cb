import { describe, expect, it } from '@jest/globals';
import type { ToolChoice } from 'rx-llm';
import { encodeToolChoice } from '../../../providers/cohere/tool-choice.ts';

describe('encodeToolChoice', () => {
  it.each<[ToolChoice, readonly string[], string | undefined]>([
    ['auto', ['f'], undefined],
    ['none', ['f'], 'NONE'],
    ['none', [], undefined],
    ['required', ['f', 'g'], 'REQUIRED'],
    [{ name: 'f' }, ['f'], 'REQUIRED'],
  ])('should give %j of %j as %j', (toolChoice, offered, expected) => {
    expect(encodeToolChoice(toolChoice, offered)).toBe(expected);
  });

  it.each([[['f', 'g']], [['g']], [[]]])(
    'should refuse one tool by name among %j and say what to do',
    (offered) => {
      const encode = () => encodeToolChoice({ name: 'f' }, offered);
      expect(encode).toThrow(expect.objectContaining({ code: 'unsupported', provider: 'cohere' }));
      expect(encode).toThrow('offer "f" alone');
    },
  );
});
