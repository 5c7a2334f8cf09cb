import { describe, expect, it } from '@jest/globals';
import {
  BedrockRuntimeClient,
  type ConverseResponse,
  type ConverseStreamOutput,
  type Message,
  type StopReason,
  type TokenUsage,
  type ToolUseBlock,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import { tool } from 'rx-llm';
import {
  bedrock,
  type BedrockCallOptions,
  type BedrockChunk,
  type BedrockResponse,
} from 'rx-llm/bedrock';
import { toCallResponse } from 'rx-llm/operators';
import { z } from 'zod';
import { writeConverse, writeFrame } from '../../support/bedrock-writer.ts';
import { loopbackServer } from '../../support/loopback-server.ts';
import { outcomeOf } from '../../support/outcome.ts';

const topSong = tool({
  name: 'top_song',
  description: 'Get the most popular song played on a radio station.',
  parameters: z.object({ sign: z.string() }),
  execute: ({ sign }) => ({ sign, song: 'Elemental Hotel' }),
});

const clientFor = (endpoint: string): BedrockRuntimeClient =>
  new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: new NodeHttpHandler(),
  });

/** Frames of a body, from the types and payloads of its events. */
const bodyOf = (...events: readonly (readonly [string, object])[]): Uint8Array =>
  Buffer.concat(events.map(([type, payload]) => writeFrame(type, payload)));

const delta = (contentBlockIndex: number, fields: object) =>
  ['contentBlockDelta', { contentBlockIndex, delta: fields }] as const;
const start = (contentBlockIndex: number, toolUse: object) =>
  ['contentBlockStart', { contentBlockIndex, start: { toolUse } }] as const;
const stop = (contentBlockIndex: number) => ['contentBlockStop', { contentBlockIndex }] as const;

/** The last value of a stream that ends as it should. */
async function lastOf<T>(source: Observable<T>): Promise<T> {
  const { values, error } = await outcomeOf(source);
  expect(error).toBeNull();
  return values.at(-1)!;
}

describe('bedrock', () => {
  it('should send two parallel calls and their results back as the documentation has it', async () => {
    const answers = [
      bodyOf(
        ['messageStart', { role: 'assistant' }],
        delta(0, { reasoningContent: { text: 'Two stations.' } }),
        delta(0, { reasoningContent: { signature: 'c2lnbmF0dXJl' } }),
        stop(0),
        delta(1, { text: 'Let me ' }),
        delta(1, { text: 'look.' }),
        stop(1),
        start(2, { toolUseId: 'tooluse_1', name: 'top_song' }),
        delta(2, { toolUse: { input: '{"sign":' } }),
        delta(2, { toolUse: { input: '"WZPZ"}' } }),
        stop(2),
        start(3, { toolUseId: 'tooluse_2', name: 'top_song' }),
        delta(3, { toolUse: { input: '{"sign":"WKRP"}' } }),
        stop(3),
        ['messageStop', { stopReason: 'tool_use' }],
        ['metadata', { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } }],
      ),
      Buffer.concat(
        writeConverse([
          { text: 'Done.' },
          { finish: 'stop' },
          { usage: { input: 1, output: 1 } },
        ]).map(({ bytes }) => bytes),
      ),
    ];
    const server = await loopbackServer((_request, position) => ({
      headers: { 'content-type': 'application/vnd.amazon.eventstream' },
      steps: [{ send: answers[position]! }],
    }));
    const options = { model: 'claude', tools: [topSong], client: clientFor(server.url) } as const;
    const first = await lastOf(
      bedrock
        .call(options, () => [
          { role: 'system', content: 'Use the tool.' },
          { role: 'user', content: 'What is the most popular song on WZPZ and WKRP?' },
        ])()
        .pipe(toCallResponse()),
    );
    const [found, missing] = first.tools;
    const results = first.toolMessageParams([
      [found!, { song: 'Elemental Hotel', artist: '8 Storey Hike' }],
      [missing!, new Error('Station WKRP not found.')],
    ]);
    const history = [...first.messages, first.messageParam, ...results];
    const second = await lastOf(
      bedrock
        .call(options, () => history)()
        .pipe(toCallResponse()),
    );
    await server.close();
    expect(second.content).toBe('Done.');
    // https://docs.aws.amazon.com/bedrock/latest/userguide/tool-use-inference-call.html
    expect(server.requests[1]!.body).toEqual({
      system: [{ text: 'Use the tool.' }],
      messages: [
        {
          role: 'user',
          content: [{ text: 'What is the most popular song on WZPZ and WKRP?' }],
        },
        {
          role: 'assistant',
          content: [
            {
              reasoningContent: {
                reasoningText: { text: 'Two stations.', signature: 'c2lnbmF0dXJl' },
              },
            },
            { text: 'Let me look.' },
            { toolUse: { toolUseId: 'tooluse_1', name: 'top_song', input: { sign: 'WZPZ' } } },
            { toolUse: { toolUseId: 'tooluse_2', name: 'top_song', input: { sign: 'WKRP' } } },
          ],
        },
        {
          role: 'user',
          content: [
            {
              toolResult: {
                toolUseId: 'tooluse_1',
                content: [{ json: { song: 'Elemental Hotel', artist: '8 Storey Hike' } }],
              },
            },
            {
              toolResult: {
                toolUseId: 'tooluse_2',
                content: [{ text: 'Station WKRP not found.' }],
                status: 'error',
              },
            },
          ],
        },
      ],
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'top_song',
              description: 'Get the most popular song played on a radio station.',
              inputSchema: { json: topSong.parameters },
            },
          },
        ],
      },
    });
  });

  it('should send again what an answer of encrypted reasoning was', async () => {
    const redactedContent = Buffer.from('encrypted').toString('base64');
    const server = await loopbackServer({
      headers: { 'content-type': 'application/vnd.amazon.eventstream' },
      steps: [
        {
          send: bodyOf(
            delta(0, { reasoningContent: { redactedContent } }),
            delta(1, { text: 'Hi' }),
            ['messageStop', { stopReason: 'end_turn' }],
          ),
        },
      ],
    });
    const client = clientFor(server.url);
    const first = await lastOf(
      bedrock
        .call({ model: 'claude', client }, () => 'Hello')()
        .pipe(toCallResponse()),
    );
    const history = [...first.messages, first.messageParam];
    await lastOf(bedrock.call({ model: 'claude', client }, () => history)());
    await server.close();
    expect(server.requests[1]!.body).toMatchObject({
      messages: [{}, { content: [{ reasoningContent: { redactedContent } }, { text: 'Hi' }] }],
    });
  });

  it('should be typed by the SDK and by the tools', () => {
    const ask = bedrock.call({ model: 'nova', tools: [topSong] }, (sign: string) => sign);
    expectTypeOf(ask).parameters.toEqualTypeOf<[string]>();
    expectTypeOf(ask).returns.toExtend<Observable<unknown>>();
    expectTypeOf<BedrockChunk['chunk']>().toEqualTypeOf<ConverseStreamOutput>();
    expectTypeOf<BedrockChunk['usage']>().toEqualTypeOf<TokenUsage | null>();
    expectTypeOf<BedrockResponse['response']>().toEqualTypeOf<ConverseResponse>();
    expectTypeOf<BedrockResponse['messageParam']>().toEqualTypeOf<Message>();
    expectTypeOf<
      NonNullable<BedrockResponse['finishReasons']>[number]
    >().toEqualTypeOf<StopReason | null>();
    expectTypeOf<NonNullable<BedrockResponse['tool']>['toolCall']>().toEqualTypeOf<ToolUseBlock>();
    type Answered = BedrockResponse<typeof topSong>;
    expectTypeOf<Extract<Answered['tool'], { error: null }>['args']>().toEqualTypeOf<{
      sign: string;
    }>();
    expectTypeOf<{
      model: string;
      callParams: { inferenceConfig: { maxTokens: number } };
    }>().toExtend<BedrockCallOptions>();
    // The call fills in the model and the messages.
    expectTypeOf<{ model: string; callParams: { modelId: string } }>().not.toExtend<
      BedrockCallOptions & { callParams: { modelId?: never } }
    >();
    expectTypeOf<NonNullable<BedrockCallOptions['callParams']>>().not.toHaveProperty('modelId');
    expectTypeOf<NonNullable<BedrockCallOptions['callParams']>>().not.toHaveProperty('messages');
  });
});
