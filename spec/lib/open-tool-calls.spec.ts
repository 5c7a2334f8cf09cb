import { describe, expect, it } from '@jest/globals';
import {
  closeToolCalls,
  continueToolCalls,
  noToolCalls,
  type OpenToolCalls,
} from '../../lib/open-tool-calls.ts';
import type { ToolCallDelta } from '../../lib/tool-call.ts';
import { piece } from './plain-provider.ts';

const continued = (
  start: OpenToolCalls,
  ...pieces: readonly Partial<ToolCallDelta>[]
): OpenToolCalls => pieces.map(piece).reduce(continueToolCalls, start);

const closed = (open: OpenToolCalls, index: number): OpenToolCalls =>
  closeToolCalls(open, (call) => call.index === index);

const indexes = ({ calls }: OpenToolCalls): readonly number[] => calls.map(({ index }) => index);

describe('open tool calls', () => {
  it('should be none at the start of a turn', () => {
    expect(noToolCalls).toEqual({ calls: [], begun: 0 });
  });

  it('should be assembled from their pieces', () => {
    const { calls } = continued(
      noToolCalls,
      { index: 0, id: 'a', name: 'add', arguments: '[' },
      { index: 0, arguments: ']' },
    );
    expect(calls).toEqual([{ index: 0, id: 'a', name: 'add', arguments: '[]' }]);
  });

  it('should be numbered on through the turn where the provider does not number them', () => {
    const two = continued(noToolCalls, { name: 'add' }, { name: 'now' });
    expect(indexes(two)).toEqual([0, 1]);
    const three = continued(closed(closed(two, 0), 1), { name: 'add' });
    expect(indexes(three)).toEqual([2]);
    expect(three.begun).toBe(3);
  });

  it('should keep the provider’s own numbers', () => {
    const open = continued(noToolCalls, { index: 7, name: 'add' }, { index: 0, name: 'now' });
    expect(indexes(open)).toEqual([7, 0]);
    expect(indexes(continued(open, { index: 7, arguments: '{}' }))).toEqual([7, 0]);
  });

  it('should count no call that continues', () => {
    const open = continued(noToolCalls, { name: 'add' }, { arguments: '{' }, { arguments: '}' });
    expect(open.begun).toBe(1);
    expect(continued(noToolCalls, { arguments: '{', continues: true })).toEqual(noToolCalls);
  });

  it('should leave what was open before as it was', () => {
    const open = continued(noToolCalls, { index: 0, name: 'add' });
    closed(continued(open, { index: 0, arguments: '{}' }, { index: 1, name: 'now' }), 0);
    expect(open).toEqual({
      calls: [{ index: 0, id: null, name: 'add', arguments: '' }],
      begun: 1,
    });
    expect(noToolCalls.calls).toEqual([]);
  });
});
