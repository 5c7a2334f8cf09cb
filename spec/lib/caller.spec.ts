import { describe, expect, it } from '@jest/globals';
import { of } from 'rxjs';
import { caller } from 'rx-llm';
import { outcomeOf } from '../support/outcome.ts';
import { plainProvider } from './plain-provider.ts';

describe('caller', () => {
  it('should call the provider it is made of', async () => {
    const provider = plainProvider(of({ content: 'Hi' }, { end: 'now' as const }));
    const { provider: same, call } = caller(provider);
    expect(same).toBe(provider);
    const { values, completed } = await outcomeOf(call('plain-1', () => 'Hello')());
    expect(completed).toBe(true);
    expect(values.map(([chunk]) => chunk.content)).toEqual(['Hi', '']);
  });
});
