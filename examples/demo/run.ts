import { defer, switchMap, type Observable } from 'rxjs';
import { answer } from './answer.ts';
import type { Task } from './command.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { providerEndpoint } from './provider-endpoint.ts';
import { readRecording } from './recording.ts';
import { replayDuration, replayEndpoint } from './replay-endpoint.ts';
import type { Terminal } from './terminal.ts';
import { tour } from './tour.ts';
import { withOpen } from './with-open.ts';

/**
 * Runs the demo with one provider: a cold Observable that prints as it goes.
 *
 * Completes when everything is through, errors with the first failure. Unsubscribing closes whatever is
 * open and ends the local server.
 */
export function run(task: Task, terminal: Terminal): Observable<unknown> {
  const { provider, model } = task;
  switch (task.kind) {
    case 'tour':
      return withOpen(
        () => providerEndpoint(provider),
        (endpoint) => {
          announce(endpoint, terminal);
          const { place } = endpoint;
          return tour({
            endpoint,
            terminal,
            call: (prompt) => provider.call({ place, model }, prompt),
          });
        },
      );
    case 'prompt':
      return withOpen(
        () => providerEndpoint(provider),
        (endpoint) => {
          announce(endpoint, terminal);
          const ask = provider.call({ place: endpoint.place, model }, () => task.prompt);
          return answer(ask(), terminal);
        },
      );
    case 'replay':
      return replay(task, terminal);
  }
}

function replay(
  { provider, model, file, pace }: Extract<Task, { kind: 'replay' }>,
  terminal: Terminal,
): Observable<unknown> {
  return defer(() => readRecording(file)).pipe(
    switchMap((recording) =>
      withOpen(
        () => replayEndpoint(provider, recording, pace),
        (endpoint) => {
          announce(endpoint, terminal);
          // However slow the replay: usage that follows the finish is still to be waited for.
          const usageWait = 1000 + replayDuration(recording, pace);
          const { place } = endpoint;
          const ask = provider.call({ place, model, usageWait }, () => `Replay ${recording.name}`);
          return answer(ask(), terminal);
        },
      ),
    ),
  );
}

/** Says where the requests go. */
function announce({ description }: Endpoint, terminal: Terminal): void {
  terminal.line(description, 'green');
  terminal.line();
}
