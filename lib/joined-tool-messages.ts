import type { Message, ToolMessage } from './message.ts';

/**
 * Messages in which the results of tools that follow each other are one: some APIs want all results of a turn in
 * one message, and conversations in common terms may have one for each.
 */
export function joinedToolMessages<M extends object>(
  messages: readonly (Message | M)[],
): readonly (Message | M)[] {
  const joined: (Message | M)[] = [];
  for (const message of messages) {
    const before = joined.at(-1);
    if (before !== undefined && isToolMessage(before) && isToolMessage(message)) {
      joined[joined.length - 1] = {
        role: 'tool',
        content: [...before.content, ...message.content],
      };
    } else {
      joined.push(message);
    }
  }
  return joined;
}

/** In common terms: Gemini's own messages have `parts`, and Anthropic's no such role. */
const isToolMessage = (message: object): message is ToolMessage =>
  'role' in message && message.role === 'tool' && 'content' in message;
