import type { CallResponse } from 'rx-llm';

/** How far a provider's answer is. */
export type State =
  'loading' | 'ready' | 'waiting' | 'streaming' | 'finished' | 'failed' | 'stopped';

/** What is known of one provider's answer at a moment. */
export interface Row {
  readonly provider: string;
  readonly live: boolean;
  readonly state: State;
  /** What has arrived, `null` before the first chunk. */
  readonly response: CallResponse | null;
  /** From the request to the first token, in ms; `null` before it. */
  readonly timeToFirstToken: number | null;
  /** How many chunks brought text. */
  readonly textChunks: number;
  /** Why it failed, where it did. */
  readonly error: unknown;
}

/** Something that happens to an answer. */
export type RowEvent =
  | { readonly kind: 'prepared' }
  | { readonly kind: 'asked' }
  | { readonly kind: 'arrived'; readonly response: CallResponse }
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'stopped' };

/** The row of a provider that has not been asked yet. */
export const firstRow = (provider: string, live: boolean): Row => ({
  provider,
  live,
  state: 'loading',
  response: null,
  timeToFirstToken: null,
  textChunks: 0,
  error: null,
});

/** The row after an event. */
export function nextRow(row: Row, event: RowEvent): Row {
  switch (event.kind) {
    case 'prepared':
      return { ...row, state: 'ready' };
    case 'asked':
      return { ...row, state: 'waiting' };
    case 'arrived':
      return arrived(row, event.response);
    case 'failed':
      return { ...row, state: 'failed', error: event.error };
    case 'finished':
    case 'stopped':
      return { ...row, state: event.kind };
  }
}

/** Whether nothing follows. */
export const hasEnded = ({ state }: Row): boolean =>
  state === 'finished' || state === 'failed' || state === 'stopped';

function arrived(row: Row, response: CallResponse): Row {
  const grew = lengthOf(response) > lengthOf(row.response);
  const { startTime, endTime } = response;
  // The end of a snapshot is its last chunk, and not every first chunk holds a token.
  const timeToFirstToken = row.timeToFirstToken ?? (grew ? endTime - startTime : null);
  return {
    ...row,
    state: timeToFirstToken === null ? 'waiting' : 'streaming',
    response,
    timeToFirstToken,
    textChunks: row.textChunks + (grew ? 1 : 0),
  };
}

const lengthOf = (response: CallResponse | null): number =>
  response === null
    ? 0
    : response.content.length + response.thinking.length + (response.refusal?.length ?? 0);
