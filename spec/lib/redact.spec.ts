import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../lib/redact.ts';

describe('redact', () => {
  it('should take every secret out, wherever and however often it is quoted', () => {
    expect(
      redact('key-12345678 is not a key; prompt "Write a poem" (key-12345678)', [
        'key-12345678',
        'Write a poem',
      ]),
    ).toBe('[redacted] is not a key; prompt "[redacted]" ([redacted])');
  });

  it('should leave a text without secrets as it is', () => {
    expect(redact('nothing to hide', [])).toBe('nothing to hide');
    expect(redact('nothing to hide', ['key-12345678'])).toBe('nothing to hide');
  });

  it('should leave texts of fewer than eight characters: they occur by chance', () => {
    expect(redact('Hi, hidden highlights', ['Hi', '', 'hidden'])).toBe('Hi, hidden highlights');
  });

  it('should take a secret for text, whatever it means in an expression or a replacement', () => {
    expect(redact('say a.b*c(d)$& now', ['a.b*c(d)$&'])).toBe('say [redacted] now');
    expect(redact('say axbbc(d) now', ['a.b*c(d)$&'])).toBe('say axbbc(d) now');
  });

  it('should take out the whole of a secret that begins with another', () => {
    expect(
      redact('You said: Translate this and something private', [
        'Translate this',
        'Translate this and something private',
      ]),
    ).toBe('You said: [redacted]');
  });

  it('should leave none of any secrets, in any text that quotes them', () => {
    const letters = fc.string({
      minLength: 8,
      maxLength: 12,
      unit: fc.constantFrom('a', 'b', '$'),
    });
    fc.assert(
      fc.property(fc.array(letters), fc.string(), (secrets, glue) => {
        const clean = redact(secrets.join(glue), secrets);
        for (const secret of secrets) expect(clean).not.toContain(secret);
      }),
    );
  });
});
