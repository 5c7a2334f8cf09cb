import { describe, expect, it } from '@jest/globals';
import { lastValueFrom, take } from 'rxjs';
import { StreamError, type CallResponse } from 'rx-llm';
import { accumulate, toCallResponse } from 'rx-llm/operators';
import { finish, streamOf, text, usage } from 'rx-llm/testing';
import { frameOf } from '../../../../examples/demo/panel/frame.ts';
import { firstRow, nextRow, type Row } from '../../../../examples/demo/panel/row.ts';

const frame = frameOf('Which book?', (text) => text);

const stream = streamOf([
  text('A book.\n'),
  text('Read it slowly.\n'),
  usage({ inputTokens: 3, outputTokens: 8 }),
  finish(),
]);

/** The same response, with a first chunk 400 ms and a last one `duration` ms after the request. */
const timed = (response: CallResponse, duration: number): CallResponse => ({
  ...response,
  startTime: 1000,
  endTime: 1000 + duration,
});

async function finishedRow(name: string): Promise<Row> {
  const first = await lastValueFrom(stream.pipe(take(1), accumulate()));
  const whole = await lastValueFrom(stream.pipe(toCallResponse()));
  return [
    { kind: 'arrived', response: timed(first, 400) } as const,
    { kind: 'arrived', response: timed(whole, 2400) } as const,
    { kind: 'finished' } as const,
  ].reduce(nextRow, firstRow(name, true));
}

const failedRow = (name: string): Row => {
  const error = new StreamError(name, { code: 'overloaded', message: 'Too many' });
  return nextRow(firstRow(name, false), { kind: 'failed', error });
};

const headings = 'provider   mode   end               first token            rate   in + out';
const finished = 'acme       live   stop                   400 ms    4.0 tokens/s      3 + 8';
const failed = 'other      local  overloaded                  –               –          –';

describe('a frame', () => {
  it('should show texts beside the facts of a wide terminal', async () => {
    const rows = [await finishedRow('acme'), failedRow('other')];

    expect(frame(rows, { columns: 130, rows: 24 })).toEqual([
      'Which book?',
      headings,
      `${finished}  Read it slowly.`,
      `${failed}  [other] Too many. Retry later. (code: overloaded; arr…`,
      '1 finished, 1 failed · best first token: acme, 400 ms · best rate: acme, 4.0 tokens/s',
    ]);
  });

  it('should show texts below the facts of a narrow terminal', async () => {
    const rows = [await finishedRow('acme'), firstRow('other', false)];

    expect(frame(rows, { columns: 80, rows: 24 })).toEqual([
      'Which book?',
      headings,
      finished,
      '  Read it slowly.',
      'other      local  loading                     –               –          –',
      '  ',
      'Any key stops all',
    ]);
  });

  it('should leave out what a small terminal has no room for', async () => {
    const rows = [await finishedRow('acme'), failedRow('other'), failedRow('third')];

    expect(frame(rows, { columns: 34, rows: 6 })).toEqual([
      'Which book?',
      'provider   mode   end             ',
      'acme       live   stop            ',
      '… and more, in a higher window',
      '1 finished, 2 failed · best first…',
    ]);
  });
});
