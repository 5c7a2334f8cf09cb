import type { Act, ToolCallAct, UsageAct, WireEvent } from './conformance/fixture.ts';

/**
 * Writes an answer as Anthropic's server does: `message_start`, a block after the other, each with its
 * start and stop, `message_delta` with the stop reason and the usage, `message_stop`. A tool's block
 * stops after the last piece of its arguments.
 */
export function writeMessage(acts: readonly Act[]): readonly WireEvent[] {
  const startUsage = usageIn(acts[0]);
  const rest = startUsage ? acts.slice(1) : acts;
  const blocks = blockWriter();
  const events: WireEvent[] = [wireEvent(messageStart(startUsage))];
  const write = (...data: readonly object[]): void =>
    void events.push(...data.map((one) => wireEvent(one)));

  rest.forEach((act, position) => {
    const later = rest.slice(position + 1);
    if ('text' in act) {
      write(...blocks.openText('text'));
      events.push(wireEvent(blocks.textPiece({ type: 'text_delta', text: act.text }), act.text));
    } else if ('thinking' in act) {
      write(...blocks.openText('thinking'));
      write(blocks.textPiece({ type: 'thinking_delta', thinking: act.thinking }));
    } else if ('call' in act) {
      write(...blocks.call(act.call));
    } else if ('calls' in act) {
      for (const call of act.calls) write(...blocks.call(call));
    } else if ('callStart' in act) {
      const { index } = act.callStart;
      write(...blocks.openCall(act.callStart));
      if (!hasPiece(later, index)) write(blocks.closeCall(index));
    } else if ('callPiece' in act) {
      const { index, arguments: text } = act.callPiece;
      write(blocks.callPiece(index, text));
      if (!hasPiece(later, index)) write(blocks.closeCall(index));
    } else if ('finish' in act) {
      write(...blocks.closeText(), messageDelta(act.finish, refusalIn(rest), usageIn(later[0])));
    } else if ('usage' in act && !isFinish(rest[position - 1])) {
      write({ type: 'message_delta', delta: {}, usage: usageOf(act.usage) });
    }
  });
  return [...events, { ...wireEvent({ type: 'message_stop' }), evidence: true }];
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

/** Writes the blocks of one message: numbers them, and knows which is open. */
function blockWriter() {
  const callBlocks = new Map<number, number>();
  let next = 0;
  let text: { readonly kind: 'text' | 'thinking'; readonly index: number } | null = null;

  const start = (index: number, content_block: object): object => ({
    type: 'content_block_start',
    index,
    content_block,
  });
  const delta = (index: number | undefined, content: object): object => ({
    type: 'content_block_delta',
    index,
    delta: content,
  });
  const stop = (index: number | undefined): object => ({ type: 'content_block_stop', index });

  const closeText = (): readonly object[] => {
    if (text === null) return [];
    const { kind, index } = text;
    text = null;
    const signature = delta(index, { type: 'signature_delta', signature: 'c2lnbmF0dXJl' });
    return kind === 'thinking' ? [signature, stop(index)] : [stop(index)];
  };
  const openText = (kind: 'text' | 'thinking'): readonly object[] => {
    if (text?.kind === kind) return [];
    const closing = closeText();
    text = { kind, index: next++ };
    const empty = kind === 'text' ? { text: '' } : { thinking: '', signature: '' };
    return [...closing, start(text.index, { type: kind, ...empty })];
  };
  const openCall = ({ index, id, name }: Omit<ToolCallAct, 'arguments'>): readonly object[] => {
    const closing = closeText();
    callBlocks.set(index, next);
    const block = { type: 'tool_use', id, name, input: {}, caller: { type: 'direct' } };
    return [...closing, start(next++, block)];
  };
  const callPiece = (call: number, partial_json: string): object =>
    delta(callBlocks.get(call), { type: 'input_json_delta', partial_json });
  const closeCall = (call: number): object => stop(callBlocks.get(call));

  return {
    openText,
    textPiece: (content: object): object => delta(text?.index, content),
    closeText,
    openCall,
    callPiece,
    closeCall,
    call: ({ arguments: json, ...call }: ToolCallAct): readonly object[] => [
      ...openCall(call),
      callPiece(call.index, json),
      closeCall(call.index),
    ],
  };
}

const usageIn = (act: Act | undefined): UsageAct | undefined =>
  act !== undefined && 'usage' in act ? act.usage : undefined;

const isFinish = (act: Act | undefined): boolean => act !== undefined && 'finish' in act;

const hasPiece = (acts: readonly Act[], index: number): boolean =>
  acts.some((act) => 'callPiece' in act && act.callPiece.index === index);

/** Why a refused request was refused comes in one piece, with the stop reason. */
function refusalIn(acts: readonly Act[]): string | null {
  const pieces = acts.flatMap((act) => ('refusal' in act ? [act.refusal] : []));
  return pieces.length > 0 ? pieces.join('') : null;
}

const messageStart = (usage: UsageAct | undefined): object => ({
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'test-model-1',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    ...(usage && { usage: { ...usageOf(usage), service_tier: 'standard' } }),
  },
});

const stopReasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
};

const messageDelta = (
  finish: keyof typeof stopReasons,
  refusal: string | null,
  usage: UsageAct | undefined,
): object => ({
  type: 'message_delta',
  delta: {
    stop_reason: refusal === null ? stopReasons[finish] : 'refusal',
    stop_sequence: null,
    stop_details:
      refusal === null ? null : { type: 'refusal', category: null, explanation: refusal },
  },
  ...(usage && { usage: usageOf(usage) }),
});

const usageOf = ({ input, output, cached, reasoning }: UsageAct): object => ({
  // Unlike the common count, Anthropic's leaves the cached tokens out.
  input_tokens: input - (cached ?? 0),
  output_tokens: output,
  ...(cached !== undefined && { cache_read_input_tokens: cached }),
  ...(reasoning !== undefined && { output_tokens_details: { thinking_tokens: reasoning } }),
});
