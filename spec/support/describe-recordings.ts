import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Observable } from 'rxjs';
import {
  tool,
  type CallResponse,
  type StreamError,
  type StreamTuple,
  type ToolDefinition,
  type Wire,
} from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { loopbackServer, type LoopbackServer, type Step } from './loopback-server.ts';
import { outcomeOf } from './outcome.ts';
import type { Expected, ExpectedUsage, Recording } from './recordings.ts';

/** Where an event of a recording ends. */
export interface Border {
  /** Offset of the byte after the event. */
  readonly end: number;
  /** Whether what lies before shows that the provider has finished. */
  readonly evidence: boolean;
}

/** How to read the recordings of a provider. */
export interface RecordingReader<W extends Wire> {
  readonly title: string;
  readonly recordings: readonly Recording[];
  /** A call of this provider to a server that answers with the recording. */
  stream(
    url: string,
    recording: Recording,
    tools: readonly ToolDefinition[],
  ): Observable<StreamTuple<W>>;
  borders(recording: Recording): readonly Border[];
  /** How many tuples to expect, where it is not the number of payloads on the wire. */
  chunkCount?(recording: Recording): number;
  /** The counts in common terms, where the recording's are not. */
  usage?(usage: ExpectedUsage): Omit<ExpectedUsage, 'raw'> & { readonly raw?: unknown };
  /** What else to expect of a response. */
  expectMore?(response: CallResponse<W>, recording: Recording): void;
  /** What to expect of an error, where it is not the recording's message, status and code. */
  expectError?(error: StreamError, recording: Recording): void;
  /** Differences that stay, by recording, each with its reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

/**
 * Holds a provider against what its servers really sent: exact whole and in any pieces, and never
 * complete when cut before the end shows.
 */
export function describeRecordings<W extends Wire>(reader: RecordingReader<W>): void {
  const { title, skip = {} } = reader;
  const recordings = reader.recordings.filter(({ name }) => !(name in skip));
  const streams = recordings.filter(({ expected }) => expected.error === null);
  let server: LoopbackServer;
  /** What the server is to send for the next request. */
  let next: { readonly recording: Recording; readonly steps: readonly Step[] };

  const replay = (recording: Recording, steps: readonly Step[]): Observable<StreamTuple<W>> => {
    next = { recording, steps };
    return reader.stream(server.url, recording, toolsOf(recording.expected));
  };

  const expectAsRecorded = async (recording: Recording, steps: readonly Step[]): Promise<void> => {
    const { expected } = recording;
    const { values, error } = await outcomeOf(replay(recording, steps));
    const chunks = values.map(([chunk]) => chunk).filter(({ continuation }) => !continuation);
    expect(chunks.map(({ content }) => content).join('')).toBe(expected.text);
    if (expected.error !== null) {
      expect(error).not.toBeNull();
      expect((error as StreamError).partial?.content ?? '').toBe(expected.text);
      (reader.expectError ?? expectError)(error as StreamError, recording);
      return;
    }
    expect(error).toBeNull();
    expect(chunks).toHaveLength(reader.chunkCount?.(recording) ?? expected.chunkCount);
    const { values: responses } = await outcomeOf(replay(recording, steps).pipe(toCallResponse()));
    const response = responses[0]!;
    expectResponse(response, expected, reader.usage?.bind(reader));
    reader.expectMore?.(response, recording);
  };

  (recordings.length > 0 ? describe : describe.skip)(`${recordings.length} ${title}`, () => {
    beforeAll(async () => {
      server = await loopbackServer(() => ({ ...next.recording, steps: next.steps }));
    });
    afterAll(() => server.close());

    for (const [name, reason] of Object.entries(skip))
      it.skip(`${name} (${reason})`, () => undefined);

    it.each(recordings)('should give exactly what $name holds', (recording) =>
      expectAsRecorded(recording, [{ send: recording.body }]),
    );

    it.each(recordings)(
      'should give exactly what $name holds, wherever the network cuts it',
      (recording) =>
        fc.assert(
          fc.asyncProperty(fc.array(fc.nat(recording.body.length), { maxLength: 24 }), (cuts) =>
            expectAsRecorded(recording, split(recording, cuts)),
          ),
          { numRuns: 8 },
        ),
      60_000,
    );

    it.each(streams)(
      'should error with the partial when $name is cut before its end shows',
      async (recording) => {
        const borders = reader.borders(recording);
        expect(borders.length).toBeGreaterThan(0);
        for (const { end, evidence } of borders) {
          const { completed, error, values } = await outcomeOf(
            replay(recording, [{ send: recording.body.subarray(0, end) }]),
          );
          const text = values.map(([chunk]) => chunk.content).join('');
          if (evidence) {
            expect({ end, completed, text }).toEqual({
              end,
              completed: true,
              text: recording.expected.text,
            });
          } else {
            expect({ end, code: (error as StreamError | null)?.code }).toEqual({
              end,
              code: 'truncated',
            });
            expect((error as StreamError).partial?.content ?? '').toBe(text);
            expect(recording.expected.text.startsWith(text)).toBe(true);
          }
        }
      },
      60_000,
    );

    it.each(streams)(
      'should never complete when $name is cut at any byte before its end shows',
      (recording) => {
        const unfinished = reader.borders(recording).filter(({ evidence }) => !evidence);
        const last = unfinished.at(-1)?.end ?? 0;
        return fc.assert(
          fc.asyncProperty(
            fc.nat(last),
            fc.constantFrom<Step>({ wait: 0 }, { cut: 'close' }, { cut: 'reset' }),
            async (end, ending) => {
              const steps = [{ send: recording.body.subarray(0, end) }, ending];
              const { completed, error } = await outcomeOf(replay(recording, steps));
              expect(completed).toBe(false);
              expect(['truncated', 'connection']).toContain((error as StreamError).code);
            },
          ),
          { numRuns: 20 },
        );
      },
      60_000,
    );
  });
}

/** Events of a server-sent event stream end at a blank line. */
export function sseBorders(
  { body }: Recording,
  isEvidence: (event: string) => boolean,
): readonly Border[] {
  // One character per byte, so that positions in the text are offsets in the body.
  const text = new TextDecoder('latin1').decode(body);
  let evidence = false;
  let start = 0;
  return [...text.matchAll(/\r?\n\r?\n/g)].map((blank) => {
    const end = blank.index + blank[0].length;
    evidence ||= isEvidence(text.slice(start, end));
    start = end;
    return { end, evidence };
  });
}

/** A tool for every name the recording calls, open to any arguments. */
const toolsOf = ({ toolCalls }: Expected): readonly ToolDefinition[] =>
  [...new Set(toolCalls.map(({ name }) => name))].map((name) =>
    tool({ name, parameters: { type: 'object' } }),
  );

/** The same bytes in pieces: each piece is a network read of its own. */
function split({ body }: Recording, cuts: readonly number[]): readonly Step[] {
  const borders = [0, ...[...new Set(cuts)].sort((a, b) => a - b), body.length];
  return borders
    .slice(1)
    .map((end, position) => ({ send: body.subarray(borders[position], end) }))
    .filter(({ send }) => send.length > 0);
}

/** By default the error's message, status and code are those of the recording. */
export function expectError(error: StreamError, { expected }: Recording): void {
  const { message, status = null, code, type } = expected.error!;
  expect(error.detail).toBe(message);
  expect(error.status).toBe(status);
  const providerCode = code ?? type ?? null;
  expect(error.providerCode).toBe(providerCode === null ? null : String(providerCode));
}

function expectResponse<W extends Wire>(
  response: CallResponse<W>,
  expected: Expected,
  usage: RecordingReader<W>['usage'] = (counts) => counts,
): void {
  const { input, output, total, cachedInput, reasoning, raw } = expected.usage
    ? { raw: undefined, ...usage(expected.usage) }
    : {};
  const counts = response.commonUsage;
  expect({
    content: response.content,
    thinking: response.thinking,
    refusal: response.refusal,
    finishReason: response.finishReasons?.[0] ?? null,
    id: response.id,
    model: response.model,
    interrupted: response.interrupted,
    tools: response.tools.map(({ id, name, argumentsText, args, error }) => ({
      id,
      name,
      args: argumentsText,
      argsJson: args,
      argsValid: error === null,
    })),
    usage: counts && {
      input: counts.inputTokens,
      output: counts.outputTokens,
      total: counts.totalTokens,
      cachedInput: counts.cachedTokens,
      reasoning: counts.reasoningTokens,
    },
    audioBytes: response.audio?.length ?? null,
    audioTranscript: response.audioTranscript ?? undefined,
  }).toEqual({
    content: expected.text,
    thinking: expected.reasoning,
    refusal: expected.refusal ?? null,
    finishReason: expected.finishReason,
    id: expected.responseId,
    model: expected.model ?? response.model,
    interrupted: false,
    tools: expected.toolCalls.map(({ argsJson, argsValid, ...call }) => ({
      ...call,
      // No arguments on the wire, in whatever form, are no arguments.
      argsJson: argsValid ? (argsJson ?? {}) : null,
      argsValid,
    })),
    usage: expected.usage && { input, output, total, cachedInput, reasoning },
    audioBytes: expected.audioBytes ?? null,
    audioTranscript: expected.audioTranscript,
  });
  if (raw !== undefined) expect(response.usage).toEqual(raw);
  if (response.audio && expected.audioSha256) {
    expect(createHash('sha256').update(response.audio).digest('hex')).toBe(expected.audioSha256);
  }
}
