import { EventStreamCodec } from '@smithy/eventstream-codec';
import type { Act, ToolCallAct, UsageAct, WireEvent } from './conformance/fixture.ts';

const codec = new EventStreamCodec(
  (bytes) => new TextDecoder().decode(bytes as Uint8Array),
  (text) => new TextEncoder().encode(text),
);

/** A frame of an event, with the padding Bedrock puts into every payload. */
export const writeFrame = (type: string, payload: object): Uint8Array =>
  writeMessage({ ':message-type': 'event', ':event-type': type }, { ...payload, p: 'abcdef' });

/** A frame of an exception of the service. */
export const writeException = (type: string, payload: object): Uint8Array =>
  writeMessage({ ':message-type': 'exception', ':exception-type': type }, payload);

/** A frame with any headers. */
export const writeMessage = (
  headers: Readonly<Record<string, string>>,
  payload: object,
): Uint8Array =>
  codec.encode({
    headers: Object.fromEntries(
      Object.entries({ ...headers, ':content-type': 'application/json' }).map(([name, value]) => [
        name,
        { type: 'string', value },
      ]),
    ),
    body: new TextEncoder().encode(JSON.stringify(payload)),
  });

/** Where the frames of a body end. A frame begins with its length, big-endian. */
export function frameEnds(body: Uint8Array): readonly number[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const ends: number[] = [];
  for (let end = 0; end < body.length;) ends.push((end += view.getUint32(end)));
  return ends;
}

/** Type and payload of a frame. */
export function readFrame(frame: Uint8Array): {
  readonly type: unknown;
  readonly payload: unknown;
} {
  const { headers, body } = codec.decode(frame);
  return {
    type: (headers[':event-type'] ?? headers[':exception-type'])?.value,
    payload: JSON.parse(new TextDecoder().decode(body)),
  };
}

/** An event before it is written, by the name of its type. */
interface Event {
  readonly type: string;
  readonly payload: object;
  readonly text?: string;
}

/**
 * Writes an answer as Bedrock's ConverseStream does: texts and reasoning in blocks without a start, a
 * block for each tool call, the usage in `metadata`.
 */
export function writeConverse(acts: readonly Act[]): readonly WireEvent[] {
  let evidence = false;
  return eventsOf(acts).map(({ type, payload, text = '' }) => {
    evidence ||= type === 'messageStop';
    return { bytes: writeFrame(type, payload), text, evidence };
  });
}

function eventsOf(acts: readonly Act[]): readonly Event[] {
  let blocks = 0;
  /** The block that texts or thoughts go on in. */
  let current: { readonly kind: string; readonly block: number } | null = null;
  const blockOfCall = new Map<number, number>();

  const stop = (block: number): Event => event('contentBlockStop', block, {});
  const close = (): readonly Event[] => {
    const closing = current === null ? [] : [stop(current.block)];
    current = null;
    return closing;
  };
  const goOn = (kind: string, delta: object, text = ''): readonly Event[] => {
    const before = current?.kind === kind ? [] : close();
    current ??= { kind, block: blocks++ };
    return [...before, { ...event('contentBlockDelta', current.block, { delta }), text }];
  };
  const start = ({ index, id, name }: Omit<ToolCallAct, 'arguments'>): readonly Event[] => {
    const before = close();
    const block = blocks++;
    blockOfCall.set(index, block);
    const toolUse = { toolUseId: id, name };
    return [...before, event('contentBlockStart', block, { start: { toolUse } })];
  };
  const piece = (index: number, input: string): Event =>
    event('contentBlockDelta', blockOfCall.get(index)!, { delta: { toolUse: { input } } });
  const whole = (call: ToolCallAct): readonly Event[] => [
    ...start(call),
    // A call without arguments has no piece at all.
    ...(call.arguments === '' ? [] : [piece(call.index, call.arguments)]),
    stop(blockOfCall.get(call.index)!),
  ];
  /** A block of a call ends behind its last piece. */
  const stopIfLast = (index: number, position: number): readonly Event[] =>
    acts.slice(position + 1).some((act) => 'callPiece' in act && act.callPiece.index === index)
      ? []
      : [stop(blockOfCall.get(index)!)];

  const write = (act: Act, position: number): readonly Event[] => {
    if ('text' in act) return goOn('text', { text: act.text }, act.text);
    if ('thinking' in act) return goOn('thinking', { reasoningContent: { text: act.thinking } });
    if ('call' in act) return whole(act.call);
    if ('calls' in act) return act.calls.flatMap(whole);
    if ('callStart' in act) {
      return [...start(act.callStart), ...stopIfLast(act.callStart.index, position)];
    }
    if ('callPiece' in act) {
      const { index, arguments: input } = act.callPiece;
      return [piece(index, input), ...stopIfLast(index, position)];
    }
    if ('finish' in act) {
      return [
        ...close(),
        { type: 'messageStop', payload: { stopReason: stopReasons[act.finish] } },
      ];
    }
    if ('usage' in act) return [{ type: 'metadata', payload: metadataOf(act.usage) }];
    throw new Error('Converse has no refusals of their own');
  };
  return [{ type: 'messageStart', payload: { role: 'assistant' } }, ...acts.flatMap(write)];
}

const event = (type: string, contentBlockIndex: number, fields: object): Event => ({
  type,
  payload: { contentBlockIndex, ...fields },
});

const stopReasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'guardrail_intervened',
};

const metadataOf = ({ input, output, cached }: UsageAct): object => ({
  usage: {
    inputTokens: input - (cached ?? 0),
    outputTokens: output,
    totalTokens: input + output,
    ...(cached !== undefined && { cacheReadInputTokens: cached }),
  },
  metrics: { latencyMs: 12 },
});
