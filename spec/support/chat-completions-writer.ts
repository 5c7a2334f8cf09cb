import type { Act, ToolCallAct, UsageAct, WireEvent } from './conformance/fixture.ts';

/** Writes an answer as a Chat Completions server does: one event per act, usage after the finish. */
export function writeChatCompletion(acts: readonly Act[]): readonly WireEvent[] {
  let evidence = false;
  return acts.map((act) => {
    evidence ||= 'finish' in act;
    const bytes = new TextEncoder().encode(writeEvent(chunkOf(act)));
    return { bytes, text: 'text' in act ? act.text : '', evidence };
  });
}

/** An event as it stands on the wire. */
export const writeEvent = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

const head = {
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'test-model-1',
};

/** A chunk of one act, parsed. */
export function chunkOf(act: Act): object {
  if ('usage' in act) return { ...head, choices: [], usage: usageOf(act.usage) };
  const reason = 'finish' in act ? act.finish : null;
  return { ...head, choices: [{ index: 0, delta: deltaOf(act), finish_reason: reason }] };
}

function deltaOf(act: Act): object {
  if ('text' in act) return { content: act.text };
  if ('thinking' in act) return { reasoning_content: act.thinking };
  if ('refusal' in act) return { refusal: act.refusal };
  if ('call' in act) return { tool_calls: [toolCallOf(act.call)] };
  if ('calls' in act) return { tool_calls: act.calls.map(toolCallOf) };
  if ('callStart' in act) return { tool_calls: [toolCallOf({ ...act.callStart, arguments: '' })] };
  if ('callPiece' in act) {
    const { index, arguments: text } = act.callPiece;
    return { tool_calls: [{ index, function: { arguments: text } }] };
  }
  return {};
}

const toolCallOf = ({ index, id, name, arguments: text }: ToolCallAct): object => ({
  index,
  id,
  type: 'function',
  function: { name, arguments: text },
});

const usageOf = ({ input, output, cached, reasoning }: UsageAct): object => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  ...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
  ...(reasoning !== undefined && { completion_tokens_details: { reasoning_tokens: reasoning } }),
});
