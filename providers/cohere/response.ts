import { addToolCallDelta, fold, type Fold, type ToolCall } from '../../lib/index.ts';
import { leave, walk, type Trail } from '../../lib/trail.ts';
import { continuedCall, openedCall, type LooseToolCall } from './decode.ts';
import { toolCallOf } from './tool-call.ts';
import type { ChatEvent, CohereWire } from './wire.ts';

/**
 * Rebuilds the response from its events. What this library does not know is kept: parts of the content as
 * they start, their unknown pieces by field, and whatever else the beginning and the end of the message
 * bring.
 */
export const chatResponse: Fold<ChatEvent, CohereWire['response']> = fold<
  Assembly,
  ChatEvent,
  CohereWire['response']
>(
  {
    fields: {},
    message: {},
    content: [],
    toolPlan: '',
    toolCalls: [],
    citations: null,
    logprobs: null,
  },
  addEvent,
  finished,
);

interface Fields {
  readonly [name: string]: unknown;
}

interface Assembly {
  /** Everything of the response but what follows. */
  readonly fields: Fields;
  /** Everything of the message but what follows. */
  readonly message: Fields;
  readonly content: readonly Part[];
  readonly toolPlan: string;
  readonly toolCalls: readonly ToolCall[];
  readonly citations: Trail<unknown> | null;
  readonly logprobs: Trail<unknown> | null;
}

interface Part {
  readonly index: number;
  readonly fields: Fields;
}

/** The events with every part optional: SDK types are promises about servers. */
interface WireEvent {
  readonly type?: string;
  readonly index?: number | null;
  readonly delta?: Fields | null;
  readonly [field: string]: unknown;
}

function addEvent(assembly: Assembly, event: ChatEvent): Assembly {
  const { type, index, delta, ...fields } = (event ?? {}) as unknown as WireEvent;
  const message = fieldsOf(delta?.['message']);
  switch (type) {
    case 'message-start':
      return begin(assembly, fields, message);
    case 'content-start':
      return openPart(assembly, index ?? 0, fieldsOf(message['content']));
    case 'content-delta':
      return addLogprobs(
        addToPart(assembly, index ?? 0, fieldsOf(message['content'])),
        fields['logprobs'],
      );
    case 'tool-plan-delta':
      return { ...assembly, toolPlan: assembly.toolPlan + textOf(message['toolPlan']) };
    case 'tool-call-start':
    case 'tool-call-delta': {
      const call = fieldsOf(message['toolCalls']) as LooseToolCall;
      const piece =
        type === 'tool-call-start' ? openedCall(index, call) : continuedCall(index, call);
      return { ...assembly, toolCalls: addToolCallDelta(assembly.toolCalls, piece) };
    }
    case 'citation-start':
      return { ...assembly, citations: leave(assembly.citations, message['citations']) };
    case 'message-end':
      return {
        ...assembly,
        fields: { ...assembly.fields, ...known(fields), ...known(delta ?? {}) },
      };
    default:
      return assembly;
  }
}

/** The message starts with its lists and its plan empty; their contents come in events of their own. */
function begin(
  assembly: Assembly,
  fields: Fields,
  {
    content: _content,
    toolPlan: _plan,
    toolCalls: _calls,
    citations: _citations,
    ...message
  }: Fields,
): Assembly {
  return { ...assembly, fields: { ...assembly.fields, ...known(fields) }, message };
}

const openPart = (assembly: Assembly, index: number, fields: Fields): Assembly => ({
  ...assembly,
  content: [...assembly.content, { index, fields }],
});

/** What is a text grows, anything else is replaced. */
function addToPart(assembly: Assembly, index: number, pieces: Fields): Assembly {
  const position = assembly.content.findLastIndex((part) => part.index === index);
  const part = assembly.content[position];
  if (part === undefined) return openPart(assembly, index, { type: typeOf(pieces), ...pieces });
  const fields: Record<string, unknown> = { ...part.fields };
  for (const [name, piece] of Object.entries(pieces)) {
    fields[name] = typeof piece === 'string' ? textOf(fields[name]) + piece : piece;
  }
  return { ...assembly, content: assembly.content.with(position, { index, fields }) };
}

/** A part whose start did not come. */
const typeOf = (pieces: Fields): string => ('thinking' in pieces ? 'thinking' : 'text');

const addLogprobs = (assembly: Assembly, logprobs: unknown): Assembly =>
  logprobs ? { ...assembly, logprobs: leave(assembly.logprobs, logprobs) } : assembly;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const textOf = (piece: unknown): string => (typeof piece === 'string' ? piece : '');

const known = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => (value ?? null) !== null));

/** What did not arrive stays out. */
function finished(assembly: Assembly): CohereWire['response'] {
  const { fields, message, content, toolPlan, toolCalls, citations, logprobs } = assembly;
  const response = {
    ...fields,
    message: {
      role: 'assistant',
      ...message,
      ...(toolPlan !== '' && { toolPlan }),
      ...(toolCalls.length > 0 && { toolCalls: toolCalls.map(toolCallOf) }),
      ...(content.length > 0 && { content: content.map((part) => part.fields) }),
      ...(citations && { citations: walk(citations).flat() }),
    },
    ...(logprobs && { logprobs: walk(logprobs) }),
  };
  // The fields are the server's own, of whom the SDK's type is a promise.
  return response as unknown as CohereWire['response'];
}
