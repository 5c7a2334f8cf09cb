import { describe, expect, it } from '@jest/globals';
import { from } from 'rxjs';
import { text, toolCall, toolCallPieces, type ScriptedEvent } from 'rx-llm/testing';
import { numberedToolCalls } from '../../testing/numbered-tool-calls.ts';

function numbersOf(events: readonly ScriptedEvent[], position = 0) {
  const numbers: unknown[] = [];
  const numbered = numberedToolCalls(from(events), position);
  const note = ({ toolCalls = [] }: ScriptedEvent): void =>
    void numbers.push(...toolCalls.map(({ index, id }) => [index, id]));
  numbered.subscribe(note);
  return { numbers, again: () => numbered.subscribe(note) };
}

const ping = toolCall({ name: 'ping' });
const pieces = toolCallPieces({ name: 'ping' }, 2);

describe('numberedToolCalls', () => {
  it('should number calls where a name opens one', () => {
    expect(numbersOf([ping, ...pieces, ping], 3).numbers).toEqual([
      [0, 'call_3_0'],
      [1, 'call_3_1'],
      [1, undefined],
      [2, 'call_3_2'],
    ]);
  });

  it('should keep the numbers and ids a call brings', () => {
    const event = { toolCalls: [{ index: 7, id: 'mine', name: 'ping', arguments: '' }] };
    expect(numbersOf([event, toolCall({ name: 'ping', id: 'other' })]).numbers).toEqual([
      [7, 'mine'],
      [1, 'other'],
    ]);
  });

  it('should count anew for each subscription', () => {
    const { numbers, again } = numbersOf([ping]);
    again();
    expect(numbers).toEqual([
      [0, 'call_0_0'],
      [0, 'call_0_0'],
    ]);
  });

  it('should take a piece of nothing for the first call', () => {
    expect(numbersOf([pieces[1]!]).numbers).toEqual([[0, undefined]]);
  });

  it('should leave other events as they are', () => {
    const event = text('Hello');
    const seen: ScriptedEvent[] = [];
    numberedToolCalls(from([event]), 0).subscribe((numbered) => seen.push(numbered));
    expect(seen[0]).toBe(event);
  });
});
