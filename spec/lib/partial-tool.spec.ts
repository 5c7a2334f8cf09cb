import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { z } from 'zod';
import { partialTool, type PartialTool } from '../../lib/partial-tool.ts';
import { StreamError } from '../../lib/stream-error.ts';
import { tool } from '../../lib/tool.ts';
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
    const seen = (partial: PartialTool<typeof add | typeof now>): void => {
      expectTypeOf(partial.name).toEqualTypeOf<'add' | 'now'>();
      expectTypeOf(partial.delta).toEqualTypeOf<string>();
      if (partial.name === 'add')
        expectTypeOf(partial.args).toEqualTypeOf<{ readonly a?: string }>();
      else expectTypeOf(partial.args).toEqualTypeOf<{ readonly zone?: string }>();
      // @ts-expect-error it has no error: it cannot be valid or invalid yet
      void partial.error;
    };
    expect(seen).toBeInstanceOf(Function);
  });
});
