/**
 * `npm run demo`: rx-llm at work in a few seconds, without a key. `npm run demo -- --help` says more.
 */
import { fromEvent, map, merge, take, takeUntil, tap } from 'rxjs';
import { failureLine } from './failure.ts';
import { readCommand, usage, UsageError, type Task } from './command.ts';
import { run } from './run.ts';
import { terminalOf } from './terminal.ts';

/** What a shell expects of a program that Ctrl-C ended: 128 and the signal's number. */
const endedBySigint = 130;

const terminal = terminalOf(process.stdout);

/** Ctrl-C, or a reader that went away (`npm run demo | head`): unsubscribing is all it takes. */
const stopped = merge(
  fromEvent(process, 'SIGINT').pipe(map(() => endedBySigint)),
  fromEvent(process.stdout, 'error').pipe(map(() => 0)),
).pipe(
  take(1),
  tap((code) => (process.exitCode = code)),
);

// What is still written after that has no reader, which is no failure.
process.stdout.on('error', () => undefined);

function start(task: Task): void {
  run(task, terminal)
    .pipe(takeUntil(stopped))
    .subscribe({
      error: (error: unknown) => fail(failureLine(error), 1),
      complete: () => terminal.startLine(),
    });
}

function fail(line: string, code: number): void {
  terminal.startLine();
  process.stderr.write(`demo: ${line}\n`);
  process.exitCode = code;
}

try {
  const command = readCommand(process.argv.slice(2));
  if (command.kind === 'help') terminal.write(usage);
  else start(command);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  fail(error.message, 2);
}
