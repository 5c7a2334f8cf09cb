/**
 * `npm run demo`: rx-llm at work in a few seconds, without a key. `npm run demo -- --help` says more.
 */
import {
  fromEvent,
  map,
  merge,
  NEVER,
  take,
  takeUntil,
  tap,
  type MonoTypeOperatorFunction,
  type Observable,
} from 'rxjs';
import { failureLine } from './failure.ts';
import { readCommand, usage, UsageError, type Command } from './command.ts';
import { compare } from './panel/compare.ts';
import { ctrlC, keyPresses } from './panel/key-presses.ts';
import { livePanel } from './panel/live-panel.ts';
import { plainLines } from './panel/plain-lines.ts';
import { run } from './run.ts';
import { terminalOf } from './terminal.ts';

/** What a shell expects of a program that a signal ended: 128 and the signal's number. */
const endedBy = { SIGINT: 130, SIGTERM: 143 };

const { stdin, stdout } = process;
const terminal = terminalOf(stdout);

/** The code to exit with. */
const exitCode: MonoTypeOperatorFunction<number> = tap((code) => (process.exitCode = code));

/** Ctrl-C and its like. */
const interrupted = merge(
  ...Object.entries(endedBy).map(([name, code]) => fromEvent(process, name).pipe(map(() => code))),
).pipe(exitCode);

/** The reader went away (`npm run demo | head`). */
const unread = fromEvent(stdout, 'error').pipe(
  map(() => 0),
  exitCode,
);

// What is still written after that has no reader, which is no failure.
stdout.on('error', () => undefined);

/** Unsubscribing is all it takes to stop a task; those of all providers are shown as stopped. */
function start(command: Exclude<Command, { kind: 'help' }>): Observable<unknown> {
  if (command.kind !== 'all')
    return run(command, terminal).pipe(takeUntil(merge(interrupted, unread)));
  const { prompt } = command;
  const canDraw = stdout.isTTY && process.env['TERM'] !== 'dumb';
  const view = canDraw ? livePanel(prompt, stdout) : plainLines(prompt, terminal);
  const stop = merge(interrupted, canDraw ? keys() : NEVER).pipe(take(1));
  return compare(prompt, view, stop).pipe(takeUntil(unread));
}

/** Any key. A terminal whose keys are read one by one sends no signal for Ctrl-C. */
const keys = (): Observable<number> =>
  keyPresses(stdin).pipe(
    map((key) => (key === ctrlC ? endedBy.SIGINT : 0)),
    exitCode,
  );

function fail(line: string, code: number): void {
  terminal.startLine();
  process.stderr.write(`demo: ${line}\n`);
  process.exitCode = code;
}

try {
  const command = readCommand(process.argv.slice(2));
  if (command.kind === 'help') terminal.write(usage());
  else
    start(command).subscribe({
      error: (error: unknown) => fail(failureLine(error), 1),
      complete: () => terminal.startLine(),
    });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  fail(error.message, 2);
}
