import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CallContext } from 'rx-llm';
import { tupleOf } from 'rx-llm/testing';
import type { CallCost } from '../../../operators/cost/call-cost.ts';
import { costLedger } from '../../../operators/cost/cost-ledger.ts';

const aCall = (): CallContext => tupleOf('Hi')[0].call;

const cost = (total: number, more: Partial<CallCost> = {}): CallCost => ({
  total,
  known: true,
  currency: 'USD',
  doubt: null,
  ...more,
});

const nothing: CallCost = { total: 0, known: false, currency: null, doubt: null };

describe('costLedger', () => {
  it('should begin with nothing', () => {
    const { reading, doubt } = costLedger();
    expect(reading).toEqual({ total: 0, unknown: 0, currency: null });
    expect(doubt).toBeNull();
  });

  it('should put the new cost of a call in place of the old one, and add up over calls', () => {
    const ledger = costLedger();
    const [one, other] = [aCall(), aCall()];
    ledger.enter(one, 1, nothing);
    expect(ledger.reading).toEqual({ total: 0, unknown: 1, currency: null });
    ledger.enter(one, 2, cost(1));
    ledger.enter(other, 1, cost(2));
    expect(ledger.reading).toEqual({ total: 3, unknown: 0, currency: 'USD' });
    ledger.enter(one, 3, cost(4));
    expect(ledger.reading).toEqual({ total: 6, unknown: 0, currency: 'USD' });
  });

  it('should round no more than adding up does, however often the cost of a call changes', () => {
    const ledger = costLedger();
    const [one, other] = [aCall(), aCall()];
    ledger.enter(one, 1, cost(0.1));
    for (const [at, total] of [0.2, 1e6, 0.2, 1e9, 0.3].entries()) {
      ledger.enter(other, at + 1, cost(total));
      expect(ledger.reading.total).toBe(0.1 + total);
    }
  });

  it('should give the same reading while nothing changes', () => {
    const ledger = costLedger();
    const call = aCall();
    ledger.enter(call, 1, cost(1));
    const { reading } = ledger;
    ledger.enter(call, 2, cost(1));
    ledger.enter(call, 3, cost(1));
    expect(ledger.reading).toBe(reading);
  });

  it('should believe who has seen more of a call', () => {
    const ledger = costLedger();
    const call = aCall();
    const same = cost(5);
    ledger.enter(call, 5, same);
    ledger.enter(call, 4, cost(1));
    ledger.enter(call, 5, cost(2));
    ledger.enter(call, 7, same);
    ledger.enter(call, 6, cost(3));
    expect(ledger.reading.total).toBe(5);
    ledger.enter(call, 8, cost(4));
    expect(ledger.reading.total).toBe(4);
  });

  it('should know a call again whose context was copied', () => {
    const ledger = costLedger();
    const call = aCall();
    ledger.enter(call, 1, cost(1));
    ledger.enter({ ...call, ended: () => false }, 1, cost(1));
    expect(ledger.reading.total).toBe(1);
  });

  it('should not add up currencies', () => {
    const ledger = costLedger();
    ledger.enter(aCall(), 1, cost(1));
    ledger.enter(aCall(), 1, cost(2, { currency: 'EUR' }));
    expect(ledger.reading).toEqual({ total: 1, unknown: 1, currency: 'USD' });
    expect(ledger.doubt).toEqual({
      provider: 'scripted',
      message: 'Costs in EUR do not add up with those in USD; measure them apart',
    });
  });

  it('should keep the first doubt', () => {
    const ledger = costLedger();
    ledger.enter(aCall(), 1, { ...nothing, doubt: 'first' });
    ledger.enter(aCall(), 1, { ...nothing, doubt: 'second' });
    expect(ledger.doubt).toEqual({ provider: 'scripted', message: 'first' });
  });

  it('should doubt when a call is over whose cost is not known, and only then', () => {
    const ledger = costLedger();
    const [known, unknown, unheard] = [aCall(), aCall(), aCall()];
    ledger.enter(known, 1, cost(1));
    ledger.enter(unknown, 1, nothing);
    ledger.close(known);
    ledger.close(unheard);
    expect(ledger.doubt).toBeNull();
    ledger.close(unknown);
    expect(ledger.doubt?.message).toContain('ended without its token counts');
    expect(ledger.reading.unknown).toBe(1);
  });

  it('should hold the sum of the last costs, whatever came in between', () => {
    const steps = fc.array(
      fc.record({ call: fc.nat(4), cents: fc.nat(1000), known: fc.boolean() }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (given) => {
        const ledger = costLedger();
        const calls = Array.from({ length: 5 }, aCall);
        const last = new Map<number, { cents: number; known: boolean }>();
        for (const [position, { call, cents, known }] of given.entries()) {
          ledger.enter(calls[call]!, position + 1, cost(cents / 100, { known }));
          last.set(call, { cents, known });
        }
        const sum = [...last.values()].reduce((total, { cents }) => total + cents / 100, 0);
        expect(ledger.reading.total).toBeCloseTo(sum, 9);
        expect(ledger.reading.unknown).toBe(
          [...last.values()].filter(({ known }) => !known).length,
        );
      }),
    );
  });
});
