import type { Message, SystemContentBlock } from '@aws-sdk/client-bedrock-runtime';

/** A conversation without the instructions it began with. */
interface Split {
  /** `system` of the request. */
  readonly system: SystemContentBlock[];
  readonly conversation: Message[];
}

/**
 * Lifts the system messages a conversation begins with into `system`, behind the caller's own. There
 * they are when the messages of an earlier call are sent again.
 *
 * A system message further on stays where it is, and so does one with blocks `system` cannot hold: the
 * role `system` of the SDK's `Message` is the service's own (since 2026).
 */
export function splitSystem(given: readonly SystemContentBlock[], messages: Message[]): Split {
  const begin = messages.findIndex((message) => !isLiftable(message));
  const length = begin < 0 ? messages.length : begin;
  const lifted = messages.slice(0, length).flatMap(({ content }) => content ?? []);
  return {
    // Held against the three kinds of block that both have.
    system: [...given, ...(lifted as SystemContentBlock[])],
    conversation: messages.slice(length),
  };
}

const isLiftable = ({ role, content }: Message): boolean =>
  role === 'system' &&
  (content ?? []).every(
    ({ text, cachePoint, guardContent }) => (text ?? cachePoint ?? guardContent) !== undefined,
  );
