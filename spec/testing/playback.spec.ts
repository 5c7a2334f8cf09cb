import { describe, expect, it } from '@jest/globals';
import { take, VirtualTimeScheduler } from 'rxjs';
import type { StreamError } from 'rx-llm';
import { cut, fail, stall, text, wait, type Direction, type ScriptedEvent } from 'rx-llm/testing';
import { playback } from '../../testing/playback.ts';

function play(steps: readonly (ScriptedEvent | Direction)[]) {
  const scheduler = new VirtualTimeScheduler();
  const log: unknown[] = [];
  const subscription = playback('scripted', steps, scheduler).subscribe({
    next: ({ content }) => log.push([scheduler.now(), content]),
    error: (error: unknown) => log.push([scheduler.now(), 'error', (error as StreamError).code]),
    complete: () => log.push([scheduler.now(), 'complete']),
  });
  return { scheduler, log, subscription };
}

describe('playback', () => {
  it('should start when the clock does, and complete after the last step', () => {
    const { scheduler, log } = play([text('a'), wait(2), text('b'), wait(0), wait(3)]);
    expect(log).toEqual([]);
    scheduler.flush();
    expect(log).toEqual([
      [0, 'a'],
      [2, 'b'],
      [5, 'complete'],
    ]);
  });

  it('should play nothing after a failure, a cut or a stall', () => {
    const endings: [Direction, unknown[]][] = [
      [fail({ code: 'server' }), [[0, 'error', 'server']]],
      [cut(), [[0, 'error', 'truncated']]],
      [stall(), []],
    ];
    for (const [ending, expected] of endings) {
      const { scheduler, log } = play([ending, text('never')]);
      scheduler.flush();
      expect(log).toEqual(expected);
    }
  });

  it('should leave no timer behind when it is unsubscribed from', () => {
    const steps = [wait(2), text('a'), wait(5), text('never')];
    for (const time of [0, 1, 3]) {
      const { scheduler, log, subscription } = play(steps);
      scheduler.maxFrames = time;
      if (time > 0) scheduler.flush();
      subscription.unsubscribe();
      expect(scheduler.actions).toEqual([]);
      expect(log).toEqual(time === 3 ? [[2, 'a']] : []);
    }
  });

  it('should start no timer when an event was the last one wanted', () => {
    const scheduler = new VirtualTimeScheduler();
    playback('scripted', [text('a'), wait(5), text('never')], scheduler)
      .pipe(take(1))
      .subscribe();
    scheduler.flush();
    expect(scheduler.now()).toBe(0);
  });

  it('should play a hundred thousand steps, with waits and without', () => {
    for (const [step, duration] of [[text('a'), 0] as const, [wait(1), 100_000] as const]) {
      const { scheduler, log } = play(Array.from({ length: 100_000 }, () => step));
      scheduler.maxFrames = Infinity;
      scheduler.flush();
      expect(log.at(-1)).toEqual([duration, 'complete']);
    }
  });
});
