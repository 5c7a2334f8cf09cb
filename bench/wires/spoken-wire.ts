import type { Provider } from 'rx-llm';

/** What a provider sends: the events of an answer that comes in fragments. */
export interface SpokenWire {
  readonly name: string;
  /** One that speaks it. */
  readonly provider: Provider;
  /** The events of a text. */
  readonly text: (fragments: readonly string[]) => readonly object[];
  /** The events of a call of the tool `save`; `null` where its arguments come in one piece. */
  readonly toolCall: ((fragments: readonly string[]) => readonly object[]) | null;
}
