import { describe, expect, it } from '@jest/globals';
import { withUsage } from '../../../providers/groq/usage.ts';
import type { GroqWire } from '../../../providers/groq/wire.ts';

describe('withUsage', () => {
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
  const event = { id: 'a', choices: [] } as unknown as GroqWire['event'];

  it('should put the counts of x_groq where the wire has them', () => {
    const reporting = { ...event, x_groq: { id: 'b', usage } } as GroqWire['event'];
    expect(withUsage(reporting)).toEqual({ ...reporting, usage });
  });

  it('should leave every other event alone', () => {
    expect(withUsage(event)).toBe(event);
    const own = { ...event, usage } as GroqWire['event'];
    expect(withUsage(own)).toEqual(own);
  });
});
