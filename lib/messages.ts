import type {
  AssistantMessage,
  AssistantPart,
  Part,
  SystemMessage,
  TextPart,
  ToolMessage,
  ToolResultPart,
  UserMessage,
  UserPart,
} from './message.ts';
import { assistantPartTypes, isPart, userPartTypes } from './part.ts';

/**
 * Makes messages in common terms.
 *
 * @example
 * ```ts
 * const describe = openai.call('gpt-4o-mini', (url: string) => [
 *   Messages.system('You are an art critic.'),
 *   Messages.user('Describe this painting:', { type: 'image', url }),
 * ]);
 * ```
 */
export const Messages: {
  /**
   * Instructions for the whole conversation.
   *
   * @param content one text, or texts and text parts; beside others a text becomes a part
   * @throws {TypeError} without content, and for what is neither text nor a text part
   */
  system(...content: readonly (string | TextPart)[]): SystemMessage;
  /**
   * What the user says.
   *
   * @param content one text, or texts and parts in the order they are read in; beside others a text
   * becomes a part
   * @throws {TypeError} without content, and for what is neither text nor a part a user may send
   */
  user(...content: readonly (string | UserPart)[]): UserMessage;
  /**
   * What the model said.
   *
   * @param content one text, or texts and parts in the order they came; beside others a text becomes a
   * part
   * @throws {TypeError} without content, and for what is neither text nor a part of an answer
   */
  assistant(...content: readonly (string | AssistantPart)[]): AssistantMessage;
  /**
   * What tools gave back, all those of one turn.
   *
   * @throws {TypeError} without results, and for what is not a tool result
   */
  tool(...results: readonly ToolResultPart[]): ToolMessage;
} = {
  system: (...content) => ({
    role: 'system',
    content: textOrParts(content, ['text'], "system('Be brief.')"),
  }),
  user: (...content) => ({
    role: 'user',
    content: textOrParts(content, userPartTypes, "user('What is this?', { type: 'image', url })"),
  }),
  assistant: (...content) => ({
    role: 'assistant',
    content: textOrParts(content, assistantPartTypes, "assistant('A cat.')"),
  }),
  tool: (...results) => ({
    role: 'tool',
    content: checked(results, ['tool_result'], "tool({ type: 'tool_result', id, name, output })"),
  }),
};

// Types promise what is checked here; plain JavaScript may not keep it.
function textOrParts<P extends UserPart | AssistantPart>(
  content: readonly (string | P)[],
  types: readonly P['type'][],
  example: string,
): string | readonly (TextPart | P)[] {
  const [first] = content;
  if (content.length === 1 && typeof first === 'string') return first;
  const parts = content.map((item) =>
    typeof item === 'string' ? ({ type: 'text', text: item } as const) : item,
  );
  return checked(parts, types, example);
}

function checked<P extends Part>(
  parts: readonly P[],
  types: readonly Part['type'][],
  example: string,
): readonly P[] {
  const wrong = parts.findIndex((part) => !isPart(part, types));
  if (parts.length > 0 && wrong === -1) return parts;
  const problem =
    parts.length === 0
      ? 'A message needs content'
      : `Argument ${wrong + 1} is not a complete part of type ${types.join(', ')}`;
  throw new TypeError(`${problem}: Messages.${example}`);
}
