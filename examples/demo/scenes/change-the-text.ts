import {
  concat,
  defer,
  map,
  of,
  switchMap,
  tap,
  timer,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import type { StreamTuple, ToolDefinition, Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { printAnswer } from '../print-answer.ts';
import type { Terminal } from '../terminal.ts';
import { announce, type Stage } from './stage.ts';

/** When the user changes the text, in ms: the first answer is still streaming. */
const changeAfter = 800;

const lighthouse =
  'The lighthouse at Lindesnes, the oldest in Norway, was lit in 1656 with thirty candles.';
const observatory =
  'The observatory on Mauna Kea stands 4200 metres above the sea, above most of the clouds.';

/** One call feeds the next; a new text cancels whatever runs for the old one. */
export function changeTheText({ call, terminal }: Stage): Observable<unknown> {
  const summarise = call((text: string) => `Summarise in one sentence: ${text}`);
  const translate = call((text: string) => `Translate into French: ${text}`);

  const texts = concat(of(lighthouse), timer(changeAfter).pipe(map(() => observatory)));
  return defer(() => {
    announce(
      terminal,
      '4. Chain calls, and change the question while the first answer streams',
      'texts.pipe(switchMap((text) => summarise(text).pipe(\n' +
        '  toCallResponse(), switchMap(({ content }) => translate(content)))))',
    );
    return texts.pipe(
      switchMap((text) =>
        summarise(text).pipe(
          printStep(terminal, 'summary'),
          toCallResponse(),
          switchMap(({ content }) => translate(content).pipe(printStep(terminal, 'translation'))),
        ),
      ),
    );
  });
}

/** Prints an answer under its name, and that it was cancelled if it was. */
const printStep =
  <W extends Wire, D extends ToolDefinition>(
    terminal: Terminal,
    name: string,
  ): MonoTypeOperatorFunction<StreamTuple<W, D>> =>
  (source) =>
    source.pipe(
      printAnswer(terminal, name),
      tap({ unsubscribe: () => terminal.write(' … cancelled', 'yellow') }),
    );
