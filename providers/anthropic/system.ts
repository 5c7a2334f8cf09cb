import type Anthropic from '@anthropic-ai/sdk';

type SystemPrompt = string | Anthropic.TextBlockParam[];

/** A conversation, and what was said about it as a whole. */
export interface SplitSystem {
  /** `system` of the request; `undefined` when there is none. */
  readonly system: SystemPrompt | undefined;
  readonly conversation: readonly Anthropic.MessageParam[];
}

/**
 * Lifts system messages out of a conversation, for the API has them in a field of their own. They follow
 * what the caller has put there.
 *
 * A system message of blocks in the middle of a conversation stays where it is: that is Anthropic's own,
 * which newer models take as instructions from there on. A text is the common one, of the conversation
 * as a whole.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages
 */
export function splitSystem(
  given: SystemPrompt | undefined,
  messages: readonly Anthropic.MessageParam[],
): SplitSystem {
  const begin = messages.findIndex(({ role }) => role !== 'system');
  const isLifted = ({ role, content }: Anthropic.MessageParam, position: number): boolean =>
    role === 'system' && (typeof content === 'string' || begin < 0 || position < begin);
  const lifted = messages.filter(isLifted).map(({ content }) => content as SystemPrompt);
  return {
    system: joined(given === undefined ? lifted : [given, ...lifted]),
    conversation: messages.filter((message, position) => !isLifted(message, position)),
  };
}

/** One prompt as it is; several as the blocks of one. */
function joined([first, ...more]: readonly SystemPrompt[]): SystemPrompt | undefined {
  if (first === undefined || more.length === 0) return first;
  return [first, ...more].flatMap(blocksOf);
}

const blocksOf = (prompt: SystemPrompt): Anthropic.TextBlockParam[] =>
  typeof prompt === 'string' ? [{ type: 'text', text: prompt }] : prompt;
