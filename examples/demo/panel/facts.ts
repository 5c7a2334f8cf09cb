import { StreamError } from 'rx-llm';
import type { Style, Styling } from '../style.ts';
import { fitStart } from './fit.ts';
import type { Row } from './row.ts';

/** A fact about an answer under its heading. */
interface Fact {
  readonly heading: string;
  readonly width: number;
  readonly align?: 'right';
  readonly text: (row: Row) => string;
  readonly style?: (row: Row) => Style | undefined;
}

const unknown = '–';

/** What a row shows besides the text; where there is no room the last ones are left out. */
const facts: readonly Fact[] = [
  { heading: 'provider', width: 9, text: ({ provider }) => provider, style: () => 'bold' },
  {
    heading: 'mode',
    width: 5,
    text: ({ live }) => (live ? 'live' : 'local'),
    style: ({ live }) => (live ? 'cyan' : 'dim'),
  },
  { heading: 'end', width: 16, text: ending, style: endingStyle },
  { heading: 'first token', width: 11, align: 'right', text: firstToken },
  { heading: 'rate', width: 14, align: 'right', text: rate },
  { heading: 'in + out', width: 9, align: 'right', text: usage },
];

const gap = '  ';

/** The headings of the facts that fit into so many columns. */
export const headings = (columns: number): string =>
  within(columns)
    .map((fact) => placed(fact, fact.heading))
    .join(gap);

/** The facts of a row, each below its heading. */
export const factsOf = (row: Row, columns: number, styled: Styling): string =>
  within(columns)
    .map((fact) => styled(placed(fact, fact.text(row)), fact.style?.(row)))
    .join(gap);

function within(columns: number): readonly Fact[] {
  let room = columns + gap.length;
  const end = facts.findIndex(({ width }) => (room -= width + gap.length) < 0);
  return end === -1 ? facts : facts.slice(0, end);
}

const placed = ({ width, align }: Fact, text: string): string =>
  align === 'right' ? text.padStart(width) : fitStart(text, width).padEnd(width);

function firstToken({ timeToFirstToken }: Row): string {
  return timeToFirstToken === null ? unknown : `${timeToFirstToken} ms`;
}

/**
 * Output tokens per second of streaming; chunks where there is no count of the whole: before the end,
 * when it was not reached, and where the provider gives none.
 */
function rate(row: Row): string {
  const perSecond = tokensPerSecond(row);
  if (perSecond !== null) return `${perSecond.toFixed(1)} tokens/s`;
  const seconds = secondsStreamed(row);
  return seconds > 0 ? `${(row.textChunks / seconds).toFixed(1)} chunks/s` : unknown;
}

/** Output tokens per second of streaming, `null` when unknown. */
export function tokensPerSecond(row: Row): number | null {
  const { state, response } = row;
  const tokens = state === 'finished' ? (response?.outputTokens ?? null) : null;
  const seconds = secondsStreamed(row);
  return tokens !== null && seconds > 0 ? tokens / seconds : null;
}

/** From the first token to the last chunk. */
function secondsStreamed({ response, timeToFirstToken }: Row): number {
  if (response === null || timeToFirstToken === null) return 0;
  return (response.endTime - response.startTime - timeToFirstToken) / 1000;
}

function usage({ response }: Row): string {
  if (!response?.commonUsage) return unknown;
  const { inputTokens, outputTokens } = response;
  return `${inputTokens ?? unknown} + ${outputTokens ?? unknown}`;
}

function ending({ state, response, error }: Row): string {
  if (state === 'finished') return response?.finishReasons?.join(', ') ?? 'finished';
  if (state === 'failed') return error instanceof StreamError ? error.code : 'failed';
  return state;
}

function endingStyle({ state }: Row): Style | undefined {
  switch (state) {
    case 'finished':
      return 'green';
    case 'failed':
      return 'red';
    case 'stopped':
      return 'yellow';
    case 'loading':
    case 'ready':
    case 'waiting':
      return 'dim';
    case 'streaming':
      return undefined;
  }
}
