import { defer, finalize, tap, type MonoTypeOperatorFunction } from 'rxjs';
import type { Frame, Size } from './frame.ts';
import type { Row } from './row.ts';

/** What a terminal understands: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html */
const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';
/** A sign that is wider than expected is cut off then, and does not push the lines below. */
const wrapOff = '\u001B[?7l';
const wrapOn = '\u001B[?7h';
const eraseToLineEnd = '\u001B[K';
const eraseBelow = '\u001B[J';
const eraseAll = '\u001B[H\u001B[2J';
const lineUp = (lines: number): string => (lines > 0 ? `\r\u001B[${lines}A` : '\r');

/** What is needed of a terminal. */
export interface Screen extends Size {
  write(text: string): unknown;
}

/**
 * Draws the frame of every value over the one before, and passes the value on. The last one stays.
 * However it ends, the cursor is back where a shell expects it.
 */
export const drawOn =
  (screen: Screen, frame: Frame): MonoTypeOperatorFunction<readonly Row[]> =>
  (source) =>
    defer(() => {
      let drawn = { lines: 0, ...sizeOf(screen) };
      const draw = (rows: readonly Row[]): void => {
        const size = sizeOf(screen);
        const lines = frame(rows, size);
        // A terminal that changes its width moves what stands there to other lines.
        const kept = size.columns === drawn.columns && size.rows === drawn.rows;
        const start = kept ? lineUp(drawn.lines) : eraseAll;
        // Erased first: behind a line that fills the width the cursor still stands on its last sign.
        const text = lines.map((line) => `${eraseToLineEnd}${line}\n`).join('');
        screen.write(`${start}${text}${eraseBelow}`);
        drawn = { lines: lines.length, ...size };
      };
      const restore = (): unknown => screen.write(wrapOn + showCursor);
      // A crash is an end, too.
      process.once('exit', restore);
      screen.write(hideCursor + wrapOff);
      return source.pipe(
        tap(draw),
        finalize(() => {
          process.off('exit', restore);
          restore();
        }),
      );
    });

/** A terminal that nobody looks at, such as that of `script` in a job, says 0. */
const sizeOf = ({ columns, rows }: Screen): Size => ({
  columns: columns || 80,
  rows: rows || 24,
});
