import { StreamError } from 'rx-llm';

/** A failure in one line: what happened and, of a stream, how much had arrived before. */
export function failureLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const facts = error instanceof StreamError ? ` (${streamFacts(error)})` : '';
  return `${message}${facts}`.replace(/\s+/g, ' ');
}

function streamFacts({ code, status, partial }: StreamError): string {
  const { content = '', thinking = '', tools = [] } = partial ?? {};
  const arrived = [
    count(content.length, 'character'),
    thinking && `${count(thinking.length, 'character')} of thinking`,
    tools.length > 0 && count(tools.length, 'tool call'),
  ].filter(Boolean);
  return [
    `code: ${code}`,
    ...(status === null ? [] : [`status: ${status}`]),
    `arrived before: ${partial === null ? 'nothing' : arrived.join(', ')}`,
  ].join('; ');
}

const count = (number: number, thing: string): string =>
  `${number} ${thing}${number === 1 ? '' : 's'}`;
