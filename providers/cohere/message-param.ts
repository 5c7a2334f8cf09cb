import type { Cohere } from 'cohere-ai';
import { idOf, type KeptAnswer } from '../../lib/index.ts';
import { withArguments } from './tool-call.ts';
import type { CohereWire } from './wire.ts';

type Part = Cohere.AssistantMessageResponseContentItem;

/**
 * The message of a response as the assistant's turn of the next request: as it came, thinking, plan and
 * citations included, which is what Cohere's documentation sends back. Left out is what the API would
 * refuse, empty texts and tool calls that were cut off, and what no longer holds: a plan without its
 * calls, citations of a text that was cut.
 *
 * A turn of which nothing is left has no content; `encode` leaves it out.
 *
 * @see https://docs.cohere.com/v2/docs/tool-use-usage-patterns#parallel-tool-calling
 */
export function messageParam(
  { message }: CohereWire['response'],
  { content: text, openCalls }: KeptAnswer,
): CohereWire['message'] {
  const { content: parts = [], toolCalls = [], toolPlan = '', citations } = message;
  const open = new Set(openCalls.map(idOf));
  const calls = toolCalls.filter(({ id }) => !open.has(id)).map(withArguments);
  if (calls.length > 0) return turnOfCalls(parts, [toolPlan, text], calls);
  const isCut = textOf(parts) !== text;
  const content = (isCut ? withText(parts, text) : parts).filter(saysSomething);
  return {
    role: 'assistant',
    content: content.length > 0 ? content : '',
    ...(citations !== undefined && !isCut && { citations }),
  };
}

/** Beside calls the API refuses text as content, and takes it as the plan. */
function turnOfCalls(
  parts: readonly Part[],
  plans: readonly string[],
  toolCalls: Cohere.ToolCallV2[],
): CohereWire['message'] {
  const thinking = parts.filter((part) => part.type !== 'text' && saysSomething(part));
  const toolPlan = plans.filter((plan) => plan !== '').join('\n');
  return {
    role: 'assistant',
    ...(toolPlan !== '' && { toolPlan }),
    ...(thinking.length > 0 && { content: thinking }),
    toolCalls,
  };
}

const textOf = (parts: readonly Part[]): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

/** The parts with the text an operator left of them, each character in the part it came in. */
function withText(parts: readonly Part[], text: string): readonly Part[] {
  if (!textOf(parts).startsWith(text)) return replaceText(parts, text);
  let left = text;
  return parts.map((part) => {
    if (part.type !== 'text') return part;
    const kept = left.slice(0, part.text.length);
    left = left.slice(kept.length);
    return { ...part, text: kept };
  });
}

/** A text that is another now stands behind the rest. */
const replaceText = (parts: readonly Part[], text: string): readonly Part[] => [
  ...parts.filter(({ type }) => type !== 'text'),
  { type: 'text', text },
];

/** Parts of a type that is not known here speak for themselves. */
const saysSomething = (part: Part): boolean =>
  part.type === 'text' ? part.text !== '' : part.type !== 'thinking' || part.thinking !== '';
