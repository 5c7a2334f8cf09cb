import { defer, tap, type Observable } from 'rxjs';
import { takeUntilContains, toCallResponse } from 'rx-llm/operators';
import { printAnswer } from '../print-answer.ts';
import { announce, type Stage } from './stage.ts';

/** A phrase in the text ends the stream, and the text so far is kept. */
export function stopAtAPhrase({ call, terminal }: Stage): Observable<unknown> {
  const tellStory = call(
    (hero: string) =>
      `Tell a story about a ${hero} in two sentences, write THE END, then interpret it at length.`,
  );
  return defer(() => {
    announce(
      terminal,
      '2. Stop early and keep what arrived',
      "tellStory('lighthouse keeper').pipe(takeUntilContains('THE END'), toCallResponse())",
    );
    return tellStory('lighthouse keeper').pipe(
      takeUntilContains('THE END'),
      printAnswer(terminal),
      toCallResponse(),
      tap(({ interrupted, content, usage }) => {
        terminal.fact('interrupted', String(interrupted));
        terminal.fact(
          'text kept',
          `${content.length} characters, ending in "${content.slice(-7)}"`,
        );
        terminal.fact(
          'usage',
          usage ? 'known' : 'unknown: it comes with the end, which was not read',
        );
      }),
    );
  });
}
