import { concat, defer, EMPTY, type Observable } from 'rxjs';
import { cancel } from './scenes/cancel.ts';
import { changeTheText } from './scenes/change-the-text.ts';
import type { Stage } from './scenes/stage.ts';
import { stopAtAPhrase } from './scenes/stop-at-a-phrase.ts';
import { streamAnAnswer } from './scenes/stream-an-answer.ts';

const scenes = [streamAnAnswer, stopAtAPhrase, cancel, changeTheText];

/** All scenes, one after the other, with a blank line between them. */
export const tour = (stage: Stage): Observable<unknown> =>
  concat(
    ...scenes.map((scene, position) =>
      defer(() => {
        if (position > 0) stage.terminal.line();
        return scene(stage);
      }),
    ),
    defer(() => {
      stage.terminal.line();
      stage.terminal.line(
        'Your own prompt: npm run demo -- "…"   More: npm run demo -- --help',
        'dim',
      );
      return EMPTY;
    }),
  );
