import { isObservable, map, type Observable, type SchedulerLike } from 'rxjs';
import { isDirection, wait, type Direction } from './directions.ts';
import { finish, text } from './events.ts';
import { playback } from './playback.ts';
import type { ScriptedEvent } from './wire.ts';

/** One step of a script: an event, a string for an event with that text, or a direction. */
export type ScriptStep = string | ScriptedEvent | Direction;

/**
 * What a scripted provider answers:
 *
 * - a string: its text, word by word
 * - a list of steps. One that neither finishes, fails, stalls nor is cut finishes by itself, after its
 *   last step: with `tool_calls` when it calls tools, else with `stop`
 * - an Observable of events, such as a marble, with its own time: completing is the provider's end, as it
 *   is, and an error is its failure
 */
export type Script = string | readonly ScriptStep[] | Observable<string | ScriptedEvent>;

/** How a script is played. */
export interface Playing {
  /** Name for errors. */
  readonly provider: string;
  /** How long each event takes to come, in ms. */
  readonly interval: number;
  readonly scheduler: SchedulerLike;
}

/**
 * The events of a script: a cold Observable, as its directions say.
 *
 * @throws {TypeError} when it is no script
 */
export function eventsOf(script: Script, playing: Playing): Observable<ScriptedEvent> {
  if (isObservable(script)) return script.pipe(map(eventOf));
  if (typeof script !== 'string' && !Array.isArray(script)) throw notAScript(script);
  const steps = (typeof script === 'string' ? wordsOf(script) : script).map(stepOf);
  return playback(playing.provider, paced(finished(steps), playing.interval), playing.scheduler);
}

const eventOf = (event: string | ScriptedEvent): ScriptedEvent =>
  typeof event === 'string' ? text(event) : event;

const stepOf = (step: ScriptStep): ScriptedEvent | Direction =>
  typeof step === 'string' ? text(step) : step;

/** Words as models write them: a space belongs to the word it precedes. */
const wordsOf = (content: string): readonly string[] => content.match(/\s*\S+|\s+$/g) ?? [];

/** What follows a failure, a cut or a stall is never played, so only a finish makes another one too many. */
function finished(
  steps: readonly (ScriptedEvent | Direction)[],
): readonly (ScriptedEvent | Direction)[] {
  const says = (field: keyof ScriptedEvent): boolean =>
    steps.some((step) => !isDirection(step) && step[field] !== undefined);
  if (says('finishReason')) return steps;
  return [...steps, finish(says('toolCalls') ? 'tool_calls' : 'stop')];
}

function paced(
  steps: readonly (ScriptedEvent | Direction)[],
  interval: number,
): readonly (ScriptedEvent | Direction)[] {
  if (interval === 0) return steps;
  return steps.flatMap((step) => (isDirection(step) ? [step] : [wait(interval), step]));
}

const notAScript = (given: unknown): TypeError =>
  new TypeError(
    `A script is a string, a list of steps or an Observable of events, not ${String(given)}.`,
  );
