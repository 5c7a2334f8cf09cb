import { failureLine } from '../failure.ts';
import type { Row } from './row.ts';

/** The last line of what an answer says, or why there is no more of it. */
export function lastLine({ state, response, error }: Row): string {
  if (state === 'failed') return failureLine(error);
  if (response === null) return '';
  const { content, refusal, thinking, tool } = response;
  const text = content || refusal || thinking;
  return text ? lastLineOf(text) : (tool?.name ?? '');
}

function lastLineOf(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1);
}
