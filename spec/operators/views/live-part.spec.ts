import { describe, expect, it } from '@jest/globals';
import { identity, map, type Observable } from 'rxjs';
import { tool } from 'rx-llm';
import { toolCall, tupleOf } from 'rx-llm/testing';
import { liveText, liveTool } from '../../../operators/views/live-part.ts';
import { outcomeOf } from '../../support/outcome.ts';

const now = tool({ name: 'now', parameters: { type: 'object' } });
const [{ call }, given] = tupleOf(toolCall({ name: 'now' }), { tools: [now] });

/** Who has read so far what. */
function reading<T>(source: Observable<T>): unknown[] {
  const said: unknown[] = [];
  source.subscribe({
    next: (value) => said.push(value),
    error: (error: unknown) => said.push('#', error),
    complete: () => said.push('|'),
  });
  return said;
}

describe('liveText', () => {
  it('should give pieces and the text so far to who reads and who comes later', () => {
    const { part, add, end } = liveText('thinking', call, identity);
    expect(part).toMatchObject({ type: 'thinking', call });
    const early = [reading(part.deltas), reading(part.text)];
    add('a');
    const late = [reading(part.deltas), reading(part.text)];
    add('b');
    end();
    expect(early).toEqual([
      ['a', 'b', '|'],
      ['a', 'ab', '|'],
    ]);
    expect(late).toEqual(early);
    expect([reading(part.deltas), reading(part.text)]).toEqual([
      ['a', 'b', '|'],
      ['ab', '|'],
    ]);
  });

  it('should give what had arrived and the error', () => {
    const { part, add, fail } = liveText('text', call, identity);
    const early = reading(part.text);
    add('a');
    fail('mine');
    expect(early).toEqual(['a', '#', 'mine']);
    expect(reading(part.deltas)).toEqual(['a', '#', 'mine']);
  });

  it('should hand out what it is told to', async () => {
    const { part, add, end } = liveText('text', call, (source) =>
      source.pipe(map((value) => value)),
    );
    add('a');
    end();
    expect(await outcomeOf(part.deltas)).toMatchObject({ values: ['a'], completed: true });
  });
});

describe('liveTool', () => {
  const facts = { id: '1', name: 'now', index: 2 };

  it('should give pieces and, at the end, the tool to who reads and who comes later', () => {
    const { part, add, end } = liveTool(facts, call, identity);
    expect(part).toMatchObject({ type: 'tool', ...facts, call });
    const early = [reading(part.deltas), reading(part.tool)];
    add('{');
    expect(early).toEqual([['{'], []]);
    add('}');
    end(given!);
    expect(early).toEqual([
      ['{', '}', '|'],
      [given, '|'],
    ]);
    expect([reading(part.deltas), reading(part.tool)]).toEqual(early);
  });

  it('should give the error in place of the tool', () => {
    const { part, add, fail } = liveTool(facts, call, identity);
    add('{');
    fail('mine');
    expect(reading(part.deltas)).toEqual(['{', '#', 'mine']);
    expect(reading(part.tool)).toEqual(['#', 'mine']);
  });
});
