import type { Act, ToolCallAct, UsageAct, WireEvent } from './conformance/fixture.ts';

/**
 * Writes an answer as Gemini does: an event per act, and calls whole in one part. A call that comes in
 * pieces is written as Vertex AI streams one, which is argument by argument and not character by
 * character; it has no way to interleave calls.
 */
export function writeContent(acts: readonly Act[]): readonly WireEvent[] {
  let evidence = false;
  return withWholeCalls(acts).flatMap((act) => {
    evidence ||= 'finish' in act;
    return chunksOf(act).map((chunk) => ({
      bytes: new TextEncoder().encode(writeEvent(chunk)),
      text: 'text' in act ? act.text : '',
      evidence,
    }));
  });
}

/** An event as it stands on the wire. */
export const writeEvent = (data: object): string => `data: ${JSON.stringify(data)}\r\n\r\n`;

/** An error after the answer has begun: a bare document, as recorded. */
export const writeError = (code: number, status: string, message: string): string =>
  `${JSON.stringify({ error: { code, message, status } }, null, 2).replaceAll('\n', '\r\n')}\r\n`;

type WholeAct =
  Exclude<Act, { callStart: unknown } | { callPiece: unknown }> | { streamed: ToolCallAct };

/** Calls in pieces, put together and written in the order they began. */
function withWholeCalls(acts: readonly Act[]): readonly WholeAct[] {
  const whole: WholeAct[] = [];
  let calls: ToolCallAct[] = [];
  const flush = (): void => {
    whole.push(...calls.map((streamed) => ({ streamed })));
    calls = [];
  };
  for (const act of acts) {
    if ('callStart' in act) {
      calls.push({ ...act.callStart, arguments: '' });
    } else if ('callPiece' in act) {
      const { index, arguments: text } = act.callPiece;
      calls = calls.map((call) =>
        call.index === index ? { ...call, arguments: call.arguments + text } : call,
      );
    } else {
      flush();
      whole.push(act);
    }
  }
  flush();
  return whole;
}

const head = { modelVersion: 'test-model-1', responseId: 'response-1' };

function chunksOf(act: WholeAct): readonly object[] {
  if ('usage' in act) return [{ ...head, usageMetadata: usageOf(act.usage) }];
  if ('finish' in act) {
    return [
      { ...head, candidates: [{ content: { role: 'model' }, finishReason: reasons[act.finish] }] },
    ];
  }
  return partsOf(act).map((parts) => ({
    ...head,
    candidates: [{ content: { role: 'model', parts }, index: 0 }],
  }));
}

/** The parts of each event an act takes. */
function partsOf(
  act: Exclude<WholeAct, { usage: unknown } | { finish: unknown }>,
): readonly (readonly object[])[] {
  if ('text' in act) return [[{ text: act.text }]];
  if ('thinking' in act) return [[{ text: act.thinking, thought: true }]];
  if ('call' in act) return [[wholeCall(act.call)]];
  if ('calls' in act) return [act.calls.map(wholeCall)];
  if ('streamed' in act) return streamedCall(act.streamed);
  throw new Error('Gemini has no refusals of their own.');
}

const wholeCall = ({ id, name, arguments: text }: ToolCallAct): object => ({
  functionCall: { id, name, ...(text.trim() && { args: JSON.parse(text) as unknown }) },
});

function streamedCall(call: ToolCallAct): readonly (readonly object[])[] {
  const { id, name, arguments: text } = call;
  const args = JSON.parse(text || '{}') as Record<string, unknown>;
  // A container with nothing in it has no value whose path would show it.
  if (Object.values(args).some(holdsNothing)) return [[wholeCall(call)]];
  const pieces = Object.entries(args).flatMap(([key, value]) => valuesOf(`$${step(key)}`, value));
  return [
    { id, name, willContinue: true },
    ...pieces.map((piece) => ({ partialArgs: [piece], willContinue: true })),
    {},
  ].map((functionCall) => [{ functionCall }]);
}

const holdsNothing = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const values: readonly unknown[] = Object.values(value);
  return values.length === 0 || values.some(holdsNothing);
};

/** A step of a path (RFC 9535). */
const step = (key: string | number): string => `[${JSON.stringify(key)}]`;

/** How long the pieces of a text are. */
const textLength = 5;

/** The values of some arguments, each with its path; a long text in pieces. */
function valuesOf(jsonPath: string, value: unknown): readonly object[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => valuesOf(`${jsonPath}${step(index)}`, item));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => valuesOf(jsonPath + step(key), inner));
  }
  if (typeof value === 'number') return [{ jsonPath, numberValue: value }];
  if (typeof value === 'boolean') return [{ jsonPath, boolValue: value }];
  if (typeof value !== 'string') return [{ jsonPath, nullValue: 'NULL_VALUE' }];
  const count = Math.max(1, Math.ceil(value.length / textLength));
  return Array.from({ length: count }, (_, position) => ({
    jsonPath,
    stringValue: value.slice(position * textLength, (position + 1) * textLength),
    ...(position < count - 1 && { willContinue: true }),
  }));
}

/** Gemini says `STOP` after calls as well. */
const reasons = {
  stop: 'STOP',
  tool_calls: 'STOP',
  length: 'MAX_TOKENS',
  content_filter: 'SAFETY',
} as const;

const usageOf = ({ input, output, cached, reasoning = 0 }: UsageAct): object => ({
  promptTokenCount: input,
  candidatesTokenCount: output - reasoning,
  totalTokenCount: input + output,
  ...(cached !== undefined && { cachedContentTokenCount: cached }),
  ...(reasoning > 0 && { thoughtsTokenCount: reasoning }),
});
