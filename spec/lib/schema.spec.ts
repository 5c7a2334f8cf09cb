import { describe, expect, it } from '@jest/globals';
import { printIssue } from '../../lib/schema.ts';

describe('printIssue', () => {
  it('should say where, key by key, and what', () => {
    expect(printIssue({ path: ['people', 1, 'name'], message: 'is missing' })).toBe(
      'people.1.name: is missing',
    );
  });

  it('should say what alone, where it is about the value itself', () => {
    expect(printIssue({ path: [], message: 'is no object' })).toBe('is no object');
  });
});
