import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tool, type StreamError, type ToolDefinition } from 'rx-llm';
import { openai, type OpenAIChunk, type OpenAIResponse } from 'rx-llm/openai';
import { toCallResponse } from 'rx-llm/operators';
import { loopbackServer, type LoopbackServer, type Step } from '../../support/loopback-server.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { recordingsOf, type Expected, type Recording } from '../../support/recordings.ts';

const recordings = recordingsOf('openai-chat', ['openai', 'openai-compatible']);
const streams = recordings.filter(({ expected }) => expected.error === null);

/** What the server is to send for the next request. */
let next: { readonly recording: Recording; readonly steps: readonly Step[] };
let server: LoopbackServer;

beforeAll(async () => {
  server = await loopbackServer(() => ({ ...next.recording, steps: next.steps }));
});
afterAll(() => server.close());

function replay(recording: Recording, steps: readonly Step[]) {
  next = { recording, steps };
  const n = recording.request.body?.n;
  const ask = openai.call(
    {
      model: 'recorded',
      clientOptions: { apiKey: 'test', baseURL: `${server.url}/v1` },
      tools: toolsOf(recording.expected),
      ...(n !== undefined && { callParams: { n } }),
    },
    () => 'recorded',
  );
  return ask();
}

/** A tool for every name the recording calls, open to any arguments. */
const toolsOf = ({ toolCalls }: Expected): readonly ToolDefinition[] =>
  [...new Set(toolCalls.map(({ name }) => name))].map((name) =>
    tool({ name, parameters: { type: 'object' } }),
  );

const whole = ({ body }: Recording): readonly Step[] => [{ send: body }];

/** The same bytes in pieces: each piece is a network read of its own. */
function split({ body }: Recording, cuts: readonly number[]): readonly Step[] {
  const borders = [0, ...[...new Set(cuts)].sort((a, b) => a - b), body.length];
  return borders
    .slice(1)
    .map((end, position) => ({ send: body.subarray(borders[position], end) }))
    .filter(({ send }) => send.length > 0);
}

async function expectAsRecorded(recording: Recording, steps: readonly Step[]): Promise<void> {
  const chunks: OpenAIChunk[] = [];
  const stream = replay(recording, steps);
  const { expected } = recording;
  const { values, error } = await outcomeOf(stream);
  chunks.push(...values.map(([chunk]) => chunk).filter(({ continuation }) => !continuation));
  expect(chunks.map(({ content }) => content).join('')).toBe(expected.text);
  if (expected.error !== null) {
    expectError(error as StreamError, expected.error);
    expect(chunks).toHaveLength(expected.error.atChunk ?? 0);
    expect((error as StreamError).partial?.content ?? '').toBe(expected.text);
    return;
  }
  expect(error).toBeNull();
  expect(chunks).toHaveLength(expected.chunkCount);
  const { values: responses } = await outcomeOf(replay(recording, steps).pipe(toCallResponse()));
  expectResponse(responses[0]!, expected);
}

function expectError(error: StreamError, expected: NonNullable<Expected['error']>): void {
  expect(error.detail).toBe(expected.message);
  expect(error.status).toBe(expected.status ?? null);
  const code = expected.code ?? expected.type ?? null;
  expect(error.providerCode).toBe(code === null ? null : String(code));
}

function expectResponse(response: OpenAIResponse, expected: Expected): void {
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
    usage: response.usage && {
      input: response.inputTokens,
      output: response.outputTokens,
      total: response.commonUsage?.totalTokens,
      cachedInput: response.cachedTokens,
      reasoning: response.commonUsage?.reasoningTokens,
      raw: response.usage,
    },
    audioBytes: response.audio?.length ?? null,
    audioTranscript: response.audioTranscript ?? undefined,
    texts: response.response.choices.map(({ message }) => message.content ?? ''),
  }).toEqual({
    content: expected.text,
    thinking: expected.reasoning,
    refusal: expected.refusal ?? null,
    finishReason: expected.finishReason,
    id: expected.responseId,
    model: expected.model,
    interrupted: false,
    tools: expected.toolCalls,
    usage: expected.usage,
    audioBytes: expected.audioBytes ?? null,
    audioTranscript: expected.audioTranscript,
    texts: expected.choices?.map(({ text }) => text) ?? [expected.text],
  });
  if (response.audio && expected.audioSha256) {
    expect(createHash('sha256').update(response.audio).digest('hex')).toBe(expected.audioSha256);
  }
}

/** Where the events of a body end, and whether what lies before shows that the provider has finished. */
function eventBorders({ body, request }: Recording): readonly { end: number; evidence: boolean }[] {
  const text = new TextDecoder('latin1').decode(body);
  let evidence = false;
  return [...text.matchAll(/\r?\n\r?\n/g)].map((blank) => {
    const end = blank.index + blank[0].length;
    const event = text.slice(text.lastIndexOf('data:', blank.index), blank.index);
    const several = (request.body?.n ?? 1) > 1;
    evidence ||= event.includes('[DONE]') || (!several && /"finish_reason":\s*"/.test(event));
    return { end, evidence };
  });
}

(recordings.length > 0 ? describe : describe.skip)(
  `${recordings.length} recorded Chat Completions responses`,
  () => {
    it.each(recordings)('should give exactly what $name holds', (recording) =>
      expectAsRecorded(recording, whole(recording)),
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
        const borders = eventBorders(recording);
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
        const unfinished = eventBorders(recording).filter(({ evidence }) => !evidence);
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
  },
);
