import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { claudeSchema } from '../../../providers/anthropic/claude-schema.ts';

const told = (schema: object): string =>
  `Must also fit this JSON Schema: ${JSON.stringify(schema)}`;

describe('claudeSchema', () => {
  it('should close objects and tell limits', () => {
    expect(
      claudeSchema({ type: 'object', properties: { a: { type: 'string', minLength: 1 } } }),
    ).toEqual({
      type: 'object',
      properties: { a: { type: 'string', description: told({ minLength: 1 }) } },
      additionalProperties: false,
    });
  });

  it.each(['^[A-Z]{2}\\d{3,6}$', '^(a|b)+$', '\\w\\s.?', 'a{1,20}'])(
    'should keep the pattern %s',
    (pattern) => {
      expect(claudeSchema({ type: 'string', pattern })).toEqual({ type: 'string', pattern });
    },
  );

  it.each([
    '(?=a)a',
    '(?<!a)b',
    '(?:a|b)',
    '(a)\\1',
    '(?<a>a)\\k<a>',
    '\\bword\\B',
    'a{1,1000}',
    'a{100}',
    'a{100,}',
  ])('should tell the pattern %s, which is refused', (pattern) => {
    expect(claudeSchema({ type: 'string', pattern })).toEqual({
      type: 'string',
      description: told({ pattern }),
    });
  });

  it('should tell a pattern beside a format', () => {
    expect(claudeSchema({ type: 'string', format: 'email', pattern: '@' })).toEqual({
      type: 'string',
      format: 'email',
      description: told({ pattern: '@' }),
    });
  });

  it('should leave nothing of Zod’s that is refused', () => {
    const schema = claudeSchema(
      z.toJSONSchema(
        z.object({
          year: z.int().min(1900),
          at: z.iso.datetime(),
          mail: z.email(),
          name: z.string().min(1).max(9),
          tags: z.array(z.string()).min(2).max(5),
          point: z.tuple([z.number(), z.number()]),
          either: z.discriminatedUnion('kind', [
            z.object({ kind: z.literal('a'), a: z.number().positive() }),
            z.object({ kind: z.literal('b'), b: z.number().multipleOf(5) }),
          ]),
        }),
      ),
    );
    const keywords = new Set<string>();
    JSON.stringify(schema, (key, value: unknown) => {
      keywords.add(key);
      return value;
    });
    expect([...keywords]).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(min|max|exclusive|multipleOf|pattern|prefixItems|oneOf|\$schema)/),
      ]),
    );
  });
});
