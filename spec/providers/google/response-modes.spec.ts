import { describe, expect, it } from '@jest/globals';
import { tool } from 'rx-llm';
import { responseModes } from '../../../providers/google/response-modes.ts';

const tools = [tool({ name: 'f', parameters: { type: 'object' } })];
const all = ['native', 'tool', 'json'];

describe('responseModes', () => {
  it.each([
    ['gemini-3-pro-preview', all, all],
    ['gemini-3.1-flash', all, all],
    ['publishers/google/models/gemini-10-pro', all, all],
    ['gemini-flash-latest', all, all],
    ['gemini-pro-latest', all, all],
    ['projects/p/locations/l/endpoints/123', all, all],
    ['gemma-4-31b-it', all, all],
    ['gemini-2.5-flash', all, ['tool']],
    ['models/gemini-2.0-flash-001', all, ['tool']],
    ['gemini-1.5-pro-latest', all, ['tool']],
    ['gemini-pro', all, ['tool']],
    ['gemma-3-27b-it', [], []],
    ['models/gemma-3n-e4b-it', [], []],
  ])('should be for %s without tools %j, with tools %j', (model, alone, besideTools) => {
    expect(responseModes({ model, tools: [] })).toEqual(alone);
    expect(responseModes({ model, tools })).toEqual(besideTools);
  });
});
