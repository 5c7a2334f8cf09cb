import { defer, type Observable } from 'rxjs';
import { openai } from 'rx-llm/openai';
import { answer } from '../answer.ts';
import { announce, type Stage } from './stage.ts';

/** An answer token by token, then everything known about it. */
export function streamAnAnswer({ options, terminal }: Stage): Observable<unknown> {
  const recommendBook = openai.call(
    options,
    (genre: string) => `Recommend a ${genre} book in two or three sentences.`,
  );
  return defer(() => {
    announce(terminal, '1. Stream an answer', "recommendBook('fantasy')");
    return answer(recommendBook('fantasy'), terminal);
  });
}
