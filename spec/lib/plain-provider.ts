import { EMPTY, type Observable } from 'rxjs';
import type {
  CommonFinishReason,
  CommonUsage,
  Delta,
  KeptAnswer,
  Provider,
  StreamTuple,
  ToolCallDelta,
  Wire,
} from 'rx-llm';
import { fold } from 'rx-llm';
import { chunkOf, type CallContext } from '../../lib/chunk.ts';
import type { Tool, ToolDefinition } from '../../lib/tool.ts';

/** A wire as plain as can be: an event is what it says, a response is the list of its events. */
export interface PlainWire extends Wire {
  event: Delta<PlainWire>;
  request: PlainRequest;
  params: { readonly temperature?: number };
  response: readonly Delta<PlainWire>[];
  message: PlainMessage;
  toolCall: { readonly id: string | null; readonly name: string; readonly json: string };
  usage: CommonUsage;
  finishReason: 'done' | 'limit' | 'calls';
  client: { readonly key: string };
  connection: { readonly key?: string };
}

export type PlainEvent = Delta<PlainWire>;

export interface PlainRequest {
  readonly model: string;
  readonly messages: readonly PlainMessage[];
  readonly temperature?: number;
}

export interface PlainMessage {
  readonly role: string;
  readonly content: unknown;
}

const commonFinishReasons: Readonly<Record<PlainWire['finishReason'], CommonFinishReason>> = {
  done: 'stop',
  limit: 'length',
  calls: 'tool_calls',
};

/** A provider of the plain wire that opens with these events; any part of it can be another. */
export function plainProvider(
  events: Observable<PlainEvent> = EMPTY,
  parts: Partial<Provider<PlainWire>> = {},
): Provider<PlainWire> {
  return {
    name: 'plain',
    encode: ({ model, messages, params }) => ({
      request: { model, messages, ...params },
      messages,
    }),
    connect: ({ key = 'key-0123456789' }) => Promise.resolve({ key }),
    secrets: ({ key }) => [key],
    open: () => events,
    decode: (event) => event,
    commonFinishReason: (reason) => commonFinishReasons[reason],
    response: fold<readonly PlainEvent[], PlainEvent, readonly PlainEvent[]>(
      [],
      (before, event) => [...before, event],
      (all) => all,
    ),
    messageParam: (_response, { content, openCalls }: KeptAnswer) => ({
      role: 'model',
      content: { text: content, without: openCalls.map(({ name }) => name) },
    }),
    toolCall: ({ id, name, arguments: json }) => ({ id, name, json }),
    toolMessageParams: (outputs) =>
      outputs.map(([{ id }, output]) => ({ role: 'result', content: { id, output } })),
    describe: () => null,
    ...parts,
  };
}

/** The context of a call of the plain provider; any part of it can be another. */
export const plainCall = (parts: Partial<CallContext<PlainWire>> = {}): CallContext<PlainWire> => ({
  provider: plainProvider(),
  model: 'plain-1',
  commonMessages: [{ role: 'user', content: 'Hello there' }],
  messages: [{ role: 'user', content: 'Hello there' }],
  tools: [],
  params: {},
  commonParams: {},
  shape: null,
  partialTools: false,
  args: [],
  promptTemplate: null,
  prices: null,
  steps: [],
  continues: false,
  toolOutputs: [],
  request: { model: 'plain-1', messages: [] },
  metadata: {},
  startTime: 1000,
  signal: null,
  ended: () => false,
  proceed: () => EMPTY,
  ...parts,
});

/** The tuple of an event, and of the tool that came with it. */
export const tupleOf = (
  call: CallContext<PlainWire>,
  event: PlainEvent,
  tool: Tool<ToolDefinition, PlainWire> | null = null,
  time = 1010,
): StreamTuple<PlainWire> => [chunkOf(call, event, event, time), tool];

/** A piece of a tool call; what it does not say is what a silent provider sends. */
export const piece = (parts: Partial<ToolCallDelta>): ToolCallDelta => ({
  index: null,
  id: null,
  name: null,
  arguments: '',
  ...parts,
});
