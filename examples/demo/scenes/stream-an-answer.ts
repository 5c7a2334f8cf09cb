import { defer, type Observable } from 'rxjs';
import { answer } from '../answer.ts';
import { announce, type Stage } from './stage.ts';

/** An answer token by token, then everything known about it. */
export function streamAnAnswer({ call, terminal }: Stage): Observable<unknown> {
  const recommendBook = call(
    (genre: string) => `Recommend a ${genre} book in two or three sentences.`,
  );
  return defer(() => {
    announce(terminal, '1. Stream an answer', "recommendBook('fantasy')");
    return answer(recommendBook('fantasy'), terminal);
  });
}
