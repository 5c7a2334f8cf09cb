import { describe, expect, it } from '@jest/globals';
import { NEVER, of } from 'rxjs';
import { readers } from '../../../operators/views/readers.ts';
import { inVirtualTime } from '../../support/virtual-time.ts';

describe('readers', () => {
  /** How often nobody read any more. */
  const counting = () => {
    let times = 0;
    return { ...readers(() => times++), times: () => times };
  };

  it('should tell when the last reader has left, across Observables', () => {
    const { join, counted, times } = counting();
    const one = join();
    const two = counted(NEVER).subscribe();
    const three = counted(NEVER).subscribe();
    one.unsubscribe();
    two.unsubscribe();
    expect(times()).toBe(0);
    three.unsubscribe();
    expect(times()).toBe(1);
  });

  it('should count a reader once', () => {
    const { join, times } = counting();
    const [one, two] = [join(), join()];
    one.unsubscribe();
    one.unsubscribe();
    expect(times()).toBe(0);
    two.unsubscribe();
    expect(times()).toBe(1);
  });

  it('should take a reader that is done for one that has left', () => {
    const { counted, times } = counting();
    counted(of(1)).subscribe();
    expect(times()).toBe(1);
  });

  it('should leave the Observables as they are', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-#');
      const { counted } = counting();
      expectObservable(counted(source)).toBe('-a-#');
      expectObservable(counted(source), '--!').toBe('-a-');
      expectSubscriptions(source.subscriptions).toBe(['^--!', '^-!']);
    });
  });
});
