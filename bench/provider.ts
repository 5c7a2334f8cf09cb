import { fold, type Delta, type Provider, type Wire } from 'rx-llm';
import { from } from 'rxjs';

/** A provider whose events are what they say, so that its own work does not show. */
export interface BenchWire extends Wire {
  event: Delta<BenchWire>;
  request: object;
  params: object;
  response: null;
  message: object;
  toolCall: null;
  usage: null;
  finishReason: 'stop' | 'tool_calls';
  client: null;
  connection: object;
}

/** A provider that answers with these events, all at once and without a network. */
export const providerOf = (events: readonly BenchWire['event'][]): Provider<BenchWire> => ({
  name: 'bench',
  encode: ({ messages }) => ({ request: {}, messages }),
  responseModes: () => ['native'],
  connect: () => null,
  secrets: () => [],
  open: () => from(events),
  decode: (event) => event,
  commonFinishReason: (reason) => reason,
  response: fold<null, BenchWire['event'], null>(
    null,
    (state) => state,
    (state) => state,
  ),
  messageParam: () => ({ role: 'assistant' }),
  toolCall: () => null,
  toolMessageParams: () => [],
  describe: () => null,
});
