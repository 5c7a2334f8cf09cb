import type { Act, ToolCallAct, UsageAct, WireEvent } from './conformance/fixture.ts';

/**
 * Writes an answer as Mistral's servers do: whole tool calls stand in the event that finishes, and so
 * does the usage that follows it.
 */
export function writeMistral(acts: readonly Act[]): readonly WireEvent[] {
  let evidence = false;
  return eventsOf(acts).map((ofEvent) => {
    evidence ||= ofEvent.some((act) => 'finish' in act);
    const bytes = new TextEncoder().encode(writeEvent(mistralChunkOf(...ofEvent)));
    const text = ofEvent.map((act) => ('text' in act ? act.text : '')).join('');
    return { bytes, text, evidence };
  });
}

/** An event as it stands on the wire. */
export const writeEvent = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

/** The acts of each event. */
function eventsOf(acts: readonly Act[]): readonly (readonly Act[])[] {
  const events: Act[][] = [];
  for (const act of acts) {
    const last = events.at(-1)?.at(-1);
    const joins =
      last !== undefined &&
      (('finish' in act && ('call' in last || 'calls' in last)) ||
        ('usage' in act && 'finish' in last));
    if (joins) events.at(-1)?.push(act);
    else events.push([act]);
  }
  return events;
}

const head = {
  id: '4dd1864028c747ccb7742dcb41dc9559',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'test-model-1',
};

/** The chunk of some acts, parsed. */
export function mistralChunkOf(...acts: readonly Act[]): object {
  const usage = acts.find((act) => 'usage' in act);
  const finish = acts.find((act) => 'finish' in act);
  const said = acts.filter((act) => !('usage' in act) && !('finish' in act));
  const choice = {
    index: 0,
    delta: said.length > 0 ? (Object.assign({}, ...said.map(deltaOf)) as object) : { content: '' },
    finish_reason: finish?.finish ?? null,
  };
  return {
    ...head,
    choices: finish || said.length > 0 ? [choice] : [],
    ...(usage && { usage: usageOf(usage.usage) }),
    p: 'abcdefgh',
  };
}

function deltaOf(act: Act): object {
  if ('text' in act) return { content: act.text };
  if ('thinking' in act) {
    const thinking = [{ type: 'text', text: act.thinking }];
    return { content: [{ type: 'thinking', thinking, closed: true }] };
  }
  if ('call' in act) return { tool_calls: [toolCallOf(act.call)] };
  if ('calls' in act) return { tool_calls: act.calls.map(toolCallOf) };
  if ('callStart' in act) return { tool_calls: [toolCallOf({ ...act.callStart, arguments: '' })] };
  if ('callPiece' in act) {
    const { index, arguments: text } = act.callPiece;
    return { tool_calls: [{ index, id: 'null', function: { name: '', arguments: text } }] };
  }
  return {};
}

const toolCallOf = ({ index, id, name, arguments: text }: ToolCallAct): object => ({
  id,
  type: 'function',
  function: { name, arguments: text },
  index,
});

const usageOf = ({ input, output, cached, reasoning }: UsageAct): object => ({
  prompt_tokens: input,
  total_tokens: input + output,
  completion_tokens: output,
  ...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
  ...(reasoning !== undefined && { completion_tokens_details: { reasoning_tokens: reasoning } }),
});
