import { defer, finalize, from, switchMap, type Observable } from 'rxjs';
import { openai } from 'rx-llm/openai';
import { answer } from './answer.ts';
import { cannedAnswers } from './canned-answers.ts';
import type { Task } from './command.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { hasKey, liveEndpoint } from '../endpoints/live-endpoint.ts';
import { readRecording, type Recording } from './recording.ts';
import { replayDuration, replayEndpoint } from './replay-endpoint.ts';
import type { Terminal } from './terminal.ts';
import { tour } from './tour.ts';

/**
 * Runs the demo: a cold Observable that prints as it goes.
 *
 * Completes when everything is through, errors with the first failure. Unsubscribing closes whatever is
 * open and ends the local server.
 */
export function run(task: Task, terminal: Terminal): Observable<unknown> {
  const { model } = task;
  switch (task.kind) {
    case 'tour':
      return withEndpoint(endpoint, terminal, (endpoint) =>
        tour({ endpoint, terminal, options: { model, ...endpoint.connection } }),
      );
    case 'prompt':
      return withEndpoint(endpoint, terminal, ({ connection }) => {
        const ask = openai.call({ model, ...connection }, () => task.prompt);
        return answer(ask(), terminal);
      });
    case 'replay':
      return from(readRecording(task.file)).pipe(
        switchMap((recording) => replay(recording, model, task.pace, terminal)),
      );
  }
}

/** The embedded server is loaded only where it is used: it takes longer than everything else. */
async function endpoint(): Promise<Endpoint> {
  if (hasKey()) return liveEndpoint();
  const { embeddedEndpoint } = await import('../endpoints/embedded-endpoint.ts');
  return embeddedEndpoint(cannedAnswers, 'npm run demo');
}

function replay(
  recording: Recording,
  model: string,
  pace: number,
  terminal: Terminal,
): Observable<unknown> {
  return withEndpoint(
    () => replayEndpoint(recording, pace),
    terminal,
    ({ connection }) => {
      // However slow the replay: usage that follows the finish is still to be waited for.
      const usageWait = 1000 + replayDuration(recording, pace);
      const ask = openai.call(
        { model, usageWait, ...connection },
        () => `Replay ${recording.name}`,
      );
      return answer(ask(), terminal);
    },
  );
}

/** Opens an endpoint, says what it is, and closes it however its use ends. */
function withEndpoint(
  open: () => Promise<Endpoint>,
  terminal: Terminal,
  use: (endpoint: Endpoint) => Observable<unknown>,
): Observable<unknown> {
  return defer(open).pipe(
    switchMap((endpoint) => {
      terminal.line(endpoint.description, 'green');
      terminal.line();
      return use(endpoint).pipe(finalize(() => endpoint.close()));
    }),
  );
}
