import { describe, expect, it } from '@jest/globals';
import { tellWords } from '../../lib/tell-words.ts';

describe('tellWords', () => {
  it('should say words in the description instead', () => {
    const schema = { type: 'string', format: 'uri', minLength: 1 };
    expect(tellWords(schema, ['format', 'minLength'])).toEqual({
      type: 'string',
      description: 'Must also fit this JSON Schema: {"format":"uri","minLength":1}',
    });
  });

  it('should say them behind what is said already', () => {
    expect(tellWords({ description: 'A link', format: 'uri' }, ['format'])).toEqual({
      description: 'A link\n\nMust also fit this JSON Schema: {"format":"uri"}',
    });
    expect(tellWords({ description: '', format: 'uri' }, ['format'])).toEqual({
      description: 'Must also fit this JSON Schema: {"format":"uri"}',
    });
  });

  it('should leave a schema alone that has none of them', () => {
    const schema = { type: 'string' };
    expect(tellWords(schema, ['format'])).toBe(schema);
  });
});
