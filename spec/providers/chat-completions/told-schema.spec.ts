import { describe, expect, it } from '@jest/globals';
import { toldSchema } from '../../../providers/chat-completions/told-schema.ts';

const told = (said: object): string => `Must also fit this JSON Schema: ${JSON.stringify(said)}`;

describe('toldSchema', () => {
  it.each(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'])(
    'should leave the format %s alone',
    (format) => {
      const schema = { type: 'string', format, pattern: '^a' };
      expect(toldSchema(schema)).toBe(schema);
    },
  );

  it.each(['uri', 'starts_with', 'constructor'])('should tell of the format %s', (format) => {
    expect(toldSchema({ type: 'string', format })).toEqual({
      type: 'string',
      description: told({ format }),
    });
  });

  it('should tell of everything that is refused, behind what the description says', () => {
    const schema = {
      type: 'string',
      format: 'base64',
      contentEncoding: 'base64',
      contentMediaType: 'image/png',
      description: 'A picture',
    };
    expect(toldSchema(schema)).toEqual({
      type: 'string',
      description: `A picture\n\n${told({
        format: 'base64',
        contentEncoding: 'base64',
        contentMediaType: 'image/png',
      })}`,
    });
  });

  it.each(['^(?!x).*$', '^(?=a)', '(?<=a)b', '(?<!a)b'])(
    'should tell of the pattern %s, which looks around',
    (pattern) => {
      expect(toldSchema({ type: 'string', format: 'email', pattern })).toEqual({
        type: 'string',
        format: 'email',
        description: told({ pattern }),
      });
    },
  );

  it.each(['^x.*', '^(?:a|b)$', '(?<year>[0-9]{4})'])(
    'should leave the pattern %s alone',
    (pattern) => {
      expect(toldSchema({ type: 'string', pattern })).toEqual({ type: 'string', pattern });
    },
  );

  it('should not begin with nothing', () => {
    expect(toldSchema({ type: 'string', format: 'uri', description: '' })).toEqual({
      type: 'string',
      description: told({ format: 'uri' }),
    });
  });

  it('should change nothing it is given', () => {
    const schema = Object.freeze({ type: 'string', format: 'uri' });
    expect(() => toldSchema(schema)).not.toThrow();
  });
});
