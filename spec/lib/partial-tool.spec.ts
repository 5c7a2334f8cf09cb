import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { z } from 'zod';
import { partialTool, type PartialTool } from '../../lib/partial-tool.ts';
import { StreamError } from '../../lib/stream-error.ts';
import { tool } from '../../lib/tool.ts';
import { scriptedProvider } from '../../testing/index.ts';
import { outcomeOf } from '../support/outcome.ts';

describe('partialTool', () => {
  const call = { index: 2, id: null, name: 'add', arguments: '{"a":1' };
  const args = { a: 1 };

  it('should show a call as far as it has arrived', () => {
    expect(partialTool('plain', call, '"a":1', args)).toMatchObject({
      id: 'call_2',
      index: 2,
      name: 'add',
      delta: '"a":1',
      args,
      argumentsText: '{"a":1',
    });
  });

  it('should refuse to run', async () => {
    const { error } = await outcomeOf(partialTool('plain', call, '', args).call());
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: 'tool-execution', provider: 'plain' });
    expect((error as StreamError).message).toMatch(/"add" is still arriving/);
  });

  it('should know the arguments of each tool, before the schema converts them', () => {
    const add = tool({ name: 'add', parameters: z.object({ a: z.string().transform(Number) }) });
    const now = tool({ name: 'now', parameters: z.object({ zone: z.enum(['utc', 'local']) }) });
    const ask = scriptedProvider(['Hi']).call(
      { model: 'm', tools: [add, now], partialTools: true },
      () => 'Hello',
    );
    ask().subscribe(([, called]) => {
      if (typeof called?.delta !== 'string') return;
      expectTypeOf(called).toEqualTypeOf<PartialTool<typeof add | typeof now>>();
      expectTypeOf(called.name).toEqualTypeOf<'add' | 'now'>();
      expectTypeOf(called.delta).toEqualTypeOf<string>();
      if (called.name === 'add') expectTypeOf(called.args).toEqualTypeOf<{ readonly a?: string }>();
      else expectTypeOf(called.args).toEqualTypeOf<{ readonly zone?: string }>();
      // @ts-expect-error it has no error: it cannot be valid or invalid yet
      expect(called.error).toBeUndefined();
    });
  });
});
