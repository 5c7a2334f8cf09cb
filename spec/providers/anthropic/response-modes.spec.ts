import { describe, expect, it } from '@jest/globals';
import { responseModes } from '../../../providers/anthropic/response-modes.ts';

describe('responseModes', () => {
  it.each([
    'claude-sonnet-4-5',
    'claude-sonnet-4-5-20250929',
    'claude-haiku-4-5-20251001',
    'claude-opus-4-5-20251101',
    'claude-opus-4-6',
    'claude-sonnet-4-6',
    'claude-opus-4-10',
    'claude-mythos-preview',
    'claude-opus-5',
    'claude-opus-5-5',
    'claude-sonnet-5-5',
    'claude-fable-5-2',
    'claude-haiku-5-5',
    'claude-opus-5-20260724',
    'claude-30',
    'some-model',
  ])('should hold %s to a schema', (model) => {
    expect(responseModes({ model })).toEqual(['native', 'tool']);
  });

  it.each([
    'claude-instant-1.2',
    'claude-2.1',
    'claude-3-haiku-20240307',
    'claude-3-5-sonnet-latest',
    'claude-3-7-sonnet-20250219',
    'claude-opus-4-20250514',
    'claude-sonnet-4-0',
    'claude-sonnet-4@20250514',
    'claude-opus-4-1',
    'claude-opus-4-1-20250805',
    'anthropic/claude-3-5-haiku-20241022',
  ])('should let %s answer by a tool', (model) => {
    expect(responseModes({ model })).toEqual(['tool']);
  });
});
