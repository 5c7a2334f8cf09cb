import { auditTime, combineLatest } from 'rxjs';
import { stylingOf } from '../style.ts';
import type { View } from './compare.ts';
import { drawOn } from './draw-on.ts';
import { frameOf } from './frame.ts';

/** Between two frames, in ms. */
const frameTime = 50;

/** All rows at once, drawn over and over in the same place of a terminal. */
export function livePanel(prompt: string, stream: NodeJS.WriteStream): View {
  const frame = frameOf(prompt, stylingOf(stream));
  return (rows) => combineLatest(rows).pipe(auditTime(frameTime), drawOn(stream, frame));
}
