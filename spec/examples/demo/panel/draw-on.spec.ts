import { describe, expect, it } from '@jest/globals';
import { Subject } from 'rxjs';
import { drawOn } from '../../../../examples/demo/panel/draw-on.ts';
import type { Frame } from '../../../../examples/demo/panel/frame.ts';
import { firstRow, type Row } from '../../../../examples/demo/panel/row.ts';

/** A terminal that keeps what is written to it. */
function fakeTerminal(columns: number, rows: number) {
  const written: string[] = [];
  const write = (text: string): boolean => written.push(text) > 0;
  const screen = { columns, rows, write };
  return { screen, written };
}

const frame: Frame = (rows, { columns }) => rows.map(({ provider }) => `${provider} ${columns}`);
const row = firstRow('acme', false);

describe('drawing frames', () => {
  it('should draw each frame over the one before, and give the cursor back', () => {
    const { screen, written } = fakeTerminal(40, 10);
    const rows = new Subject<readonly Row[]>();
    rows.pipe(drawOn(screen, frame)).subscribe();
    rows.next([row, row]);
    rows.next([row]);
    rows.complete();

    expect(written).toEqual([
      '\u001B[?25l\u001B[?7l',
      '\r\u001B[Kacme 40\n\u001B[Kacme 40\n\u001B[J',
      '\r\u001B[2A\u001B[Kacme 40\n\u001B[J',
      '\u001B[?7h\u001B[?25h',
    ]);
  });

  it('should start anew when the terminal changes its size', () => {
    const { screen, written } = fakeTerminal(40, 10);
    const rows = new Subject<readonly Row[]>();
    rows.pipe(drawOn(screen, frame)).subscribe();
    rows.next([row]);
    screen.columns = 20;
    rows.next([row]);
    rows.complete();

    expect(written[2]).toBe('\u001B[H\u001B[2J\u001B[Kacme 20\n\u001B[J');
  });

  it('should give the cursor back when it is left or fails, and leave no listener', () => {
    const before = process.listenerCount('exit');
    const { screen, written } = fakeTerminal(0, 0);
    const rows = new Subject<readonly Row[]>();
    const subscription = rows.pipe(drawOn(screen, frame)).subscribe();
    rows.next([row]);
    subscription.unsubscribe();

    expect(written.slice(-2)).toEqual(['\r\u001B[Kacme 80\n\u001B[J', '\u001B[?7h\u001B[?25h']);
    expect(process.listenerCount('exit')).toBe(before);
  });
});
