import { describe, expect, it } from '@jest/globals';
import { tool } from 'rx-llm';
import { responseModes } from '../../../providers/cohere/response-modes.ts';

const tools = [tool({ name: 'f', parameters: { type: 'object' } })];
const all = ['native', 'tool', 'json'];
const unforced = ['native', 'json'];

describe('responseModes', () => {
  it.each([
    ['command-a-03-2025', all, ['tool']],
    ['command-a-plus-05-2026', all, ['tool']],
    ['command-a-reasoning-08-2025', all, ['tool']],
    ['command-r7b-12-2024', all, ['tool']],
    ['command-r7b-arabic-02-2025', all, ['tool']],
    ['something-new', all, ['tool']],
    ['command-r-08-2024', unforced, []],
    ['command-r-plus-08-2024', unforced, []],
    ['command-r', unforced, []],
    ['command-a-vision-07-2025', unforced, []],
  ])('should be for %s without tools %j, with tools %j', (model, alone, besideTools) => {
    expect(responseModes({ model, tools: [] })).toEqual(alone);
    expect(responseModes({ model, tools })).toEqual(besideTools);
  });
});
