import { defer, map, take, throwIfEmpty, type Observable } from 'rxjs';
import type { Message, Part, UserPart } from './message.ts';
import { observableOf, type Eventual } from './observable-of.ts';
import { StreamError } from './stream-error.ts';
import type { Wire } from './wire.ts';

/**
 * What a prompt function may give: the text or the parts of one user message, or a whole list of
 * messages, in common terms or in the provider's own shape.
 */
export type PromptContent<W extends Wire> =
  string | readonly UserPart[] | readonly (Message | W['message'])[];

/**
 * A prompt: arguments in, content out, now or later; of an Observable the first value counts. Runs
 * once per subscription.
 */
export type Prompt<Args extends readonly unknown[], W extends Wire> = (
  ...args: Args
) => Eventual<PromptContent<W>>;

/**
 * Runs a prompt: a cold Observable of its messages.
 *
 * Emits once, then completes; errors with what the prompt throws or rejects with, and when it gives
 * nothing to send. Unsubscribing unsubscribes from the prompt's Observable.
 */
export function promptMessages<Args extends readonly unknown[], W extends Wire>(
  prompt: Prompt<Args, W>,
  args: Args,
): Observable<readonly (Message | W['message'])[]> {
  return defer(() => observableOf(prompt(...args))).pipe(
    take(1),
    map((content) => messagesOf<W>(content)),
    throwIfEmpty(() => noContent('its Observable completed without a value')),
  );
}

function messagesOf<W extends Wire>(
  content: PromptContent<W>,
): readonly (Message | W['message'])[] {
  if (typeof content === 'string') return [{ role: 'user', content }];
  // Types promise a list; a prompt in plain JavaScript may have forgotten its `return`.
  const list: unknown = content;
  if (!Array.isArray(list)) throw noContent(`it gave ${list === null ? 'null' : typeof list}`);
  if (list.length === 0) throw noContent('it gave an empty list');
  if (!list.every(isObject))
    throw noContent('its list holds something else than parts or messages');
  // A list holds messages or parts, never both. A copy: the caller's may grow with the conversation.
  return isPart(list[0])
    ? [{ role: 'user', content: [...(content as readonly UserPart[])] }]
    : [...(content as readonly (Message | W['message'])[])];
}

const isObject = (item: unknown): item is object => typeof item === 'object' && item !== null;

const isPart = (item: unknown): item is Part =>
  isObject(item) && 'type' in item && !('role' in item);

const noContent = (reason: string): StreamError =>
  new StreamError(null, {
    code: 'prompt',
    message: `The prompt function gave nothing to send: ${reason}; return a string, parts or messages`,
  });
