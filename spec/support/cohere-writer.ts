import type { Act, ToolCallAct, UsageAct, WireEvent } from './conformance/fixture.ts';

/**
 * Writes an answer as Cohere's v2 chat does: `message-start`, each part of the content and each tool call
 * with its start and end, `message-end` with the finish reason and the usage last reported. A tool call
 * ends after the last piece of its arguments; without arguments it has none.
 */
export function writeChat(acts: readonly Act[]): readonly WireEvent[] {
  const events: WireEvent[] = [wireEvent(messageStart)];
  const write = (...data: readonly object[]): void =>
    void events.push(...data.map((one) => wireEvent(one)));
  const parts = partWriter();

  acts.forEach((act, position) => {
    const later = acts.slice(position + 1);
    if ('text' in act) {
      write(...parts.open('text'));
      events.push(wireEvent(parts.delta({ text: act.text }), act.text));
    } else if ('thinking' in act) {
      write(...parts.open('thinking'), parts.delta({ thinking: act.thinking }));
    } else if ('call' in act) {
      write(...parts.close(), ...callEvents(act.call));
    } else if ('calls' in act) {
      write(...parts.close(), ...act.calls.flatMap(callEvents));
    } else if ('callStart' in act) {
      const { index } = act.callStart;
      write(...parts.close(), callStart(act.callStart));
      if (!hasPiece(later, index)) write(callEnd(index));
    } else if ('callPiece' in act) {
      const { index, arguments: text } = act.callPiece;
      write(callDelta(index, text));
      // A call that the output limit cuts off does not come to its end.
      if (!hasPiece(later, index) && !isCutOff(later)) write(callEnd(index));
    } else if ('finish' in act) {
      write(...parts.close());
      events.push({ ...wireEvent(messageEnd(act.finish, lastUsage(acts))), evidence: true });
    } else if ('refusal' in act) {
      throw new Error('The wire has no refusals');
    }
  });
  return events;
}

/** An event as it stands on the wire. */
export function writeEvent(data: object): string {
  const { type } = data as { type: string };
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

const wireEvent = (data: object, text = ''): WireEvent => ({
  bytes: new TextEncoder().encode(writeEvent(data)),
  text,
  evidence: false,
});

const messageStart = {
  id: 'chat_1',
  type: 'message-start',
  delta: {
    message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] },
  },
};

/** Writes the parts of one message's content: numbers them, and knows which is open. */
function partWriter() {
  let next = 0;
  let opened: { readonly type: 'text' | 'thinking'; readonly index: number } | null = null;

  const close = (): readonly object[] => {
    if (opened === null) return [];
    const { index } = opened;
    opened = null;
    return [{ type: 'content-end', index }];
  };
  const open = (type: 'text' | 'thinking'): readonly object[] => {
    if (opened?.type === type) return [];
    const closing = close();
    opened = { type, index: next++ };
    const content = { type, [type]: '' };
    return [
      ...closing,
      { type: 'content-start', index: opened.index, delta: { message: { content } } },
    ];
  };
  const delta = (content: object): object => ({
    type: 'content-delta',
    index: opened?.index,
    delta: { message: { content } },
  });
  return { open, delta, close };
}

const callEvents = ({ arguments: text, ...call }: ToolCallAct): readonly object[] => [
  callStart(call),
  ...(text === '' ? [] : [callDelta(call.index, text)]),
  callEnd(call.index),
];

const callStart = ({ index, id, name }: Omit<ToolCallAct, 'arguments'>): object => ({
  type: 'tool-call-start',
  index,
  delta: {
    message: { tool_calls: { id, type: 'function', function: { name, arguments: '' } } },
  },
});

const callDelta = (index: number, text: string): object => ({
  type: 'tool-call-delta',
  index,
  delta: { message: { tool_calls: { function: { arguments: text } } } },
});

const callEnd = (index: number): object => ({ type: 'tool-call-end', index });

const hasPiece = (acts: readonly Act[], index: number): boolean =>
  acts.some((act) => 'callPiece' in act && act.callPiece.index === index);

const isCutOff = ([next]: readonly Act[]): boolean =>
  next !== undefined && 'finish' in next && next.finish === 'length';

/** The wire reports usage once, at the end. */
const lastUsage = (acts: readonly Act[]): UsageAct | undefined =>
  acts.flatMap((act) => ('usage' in act ? [act.usage] : [])).at(-1);

const finishReasons = {
  stop: 'COMPLETE',
  length: 'MAX_TOKENS',
  tool_calls: 'TOOL_CALL',
  // The wire has no word for it.
  content_filter: 'COMPLETE',
};

const messageEnd = (finish: keyof typeof finishReasons, usage: UsageAct | undefined): object => ({
  type: 'message-end',
  delta: { finish_reason: finishReasons[finish], ...(usage && { usage: usageOf(usage) }) },
});

const usageOf = ({ input, output, cached, reasoning }: UsageAct): object => ({
  billed_units: { input_tokens: 1, output_tokens: 1 },
  tokens: {
    input_tokens: input,
    output_tokens: output,
    ...(reasoning !== undefined && { reasoning_tokens: reasoning }),
  },
  ...(cached !== undefined && { cached_tokens: cached }),
});
