import { describe, expect, it } from '@jest/globals';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { responseModel, tool } from 'rx-llm';
import { bedrock } from 'rx-llm/bedrock';
import { continueOnLength, toCallResponse } from 'rx-llm/operators';
import { writeFrame } from '../../support/bedrock-writer.ts';
import { withServer } from '../../support/conformance/run.ts';
import type { Answer, LoopbackServer } from '../../support/loopback-server.ts';
import { markedHistory } from '../../support/marked-history.ts';
import { outcomeOf } from '../../support/outcome.ts';

type Frame = readonly [type: string, payload: object];

const delta = (contentBlockIndex: number, fields: object): Frame => [
  'contentBlockDelta',
  { contentBlockIndex, delta: fields },
];
const stop = (contentBlockIndex: number): Frame => ['contentBlockStop', { contentBlockIndex }];
const text = (index: number, content: string): readonly Frame[] => [
  delta(index, { text: content }),
  stop(index),
];
const reasoning: readonly Frame[] = [
  delta(0, { reasoningContent: { text: 'Hm' } }),
  delta(0, { reasoningContent: { signature: 'c2ln' } }),
  stop(0),
];
const reasoned = { reasoningContent: { reasoningText: { text: 'Hm', signature: 'c2ln' } } };

const answerOf = (stopReason: string, ...frames: readonly Frame[]): Answer => ({
  headers: { 'content-type': 'application/vnd.amazon.eventstream' },
  steps: [
    ['messageStart', { role: 'assistant' }] as const,
    ...frames,
    ['messageStop', { stopReason }] as const,
    ['metadata', { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } }] as const,
  ].map(([type, payload]) => ({ send: writeFrame(type, payload) })),
});
const hello = answerOf('end_turn', ...text(0, 'Hello'));

const settings = ({ url }: LoopbackServer, model = 'amazon.nova-pro-v1:0') => ({
  model,
  client: new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: new NodeHttpHandler(),
  }),
});

const parameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
};
const weather = tool({ name: 'get_weather', parameters });
const weatherSpec = { toolSpec: { name: 'get_weather', inputSchema: { json: parameters } } };
const closed = { ...parameters, additionalProperties: false };
const user = (content: string) => ({ role: 'user', content: [{ text: content }] });

describe('the common options of bedrock', () => {
  it('should send the common parameters, behind the caller’s own', () =>
    withServer(hello, async (server) => {
      const options = {
        ...settings(server),
        tools: [weather],
        commonParams: {
          temperature: 1,
          topP: 0.5,
          maxTokens: 7,
          stop: 'END',
          toolChoice: 'required',
          seed: undefined,
        },
        callParams: { inferenceConfig: { temperature: 0 } },
      } as const;
      const { error } = await outcomeOf(bedrock.call(options, () => 'Hi')());
      expect(error).toBeNull();
      expect(server.requests[0]!.path).toContain('amazon.nova-pro-v1');
      expect(server.requests[0]!.body).toEqual({
        messages: [user('Hi')],
        inferenceConfig: { temperature: 0, topP: 0.5, maxTokens: 7, stopSequences: ['END'] },
        toolConfig: { tools: [weatherSpec], toolChoice: { any: {} } },
      });
    }));

  it('should offer no tools where none may be called', () =>
    withServer(hello, async (server) => {
      const options = {
        ...settings(server),
        tools: [weather],
        callParams: { toolConfig: { tools: [{ systemTool: { name: 'nova_grounding' } }] } },
        commonParams: { toolChoice: 'none' as const },
      };
      await outcomeOf(bedrock.call(options, () => 'Hi')());
      expect(server.requests[0]!.body).toEqual({ messages: [user('Hi')] });
    }));

  it('should refuse the parameters Converse does not have, before it asks', () =>
    withServer(hello, async (server) => {
      const { error } = await outcomeOf(
        bedrock.call({ ...settings(server), commonParams: { seed: 1 } }, () => 'Hi')(),
      );
      expect(error).toMatchObject({ code: 'unsupported', provider: 'bedrock' });
      expect(server.requests).toEqual([]);
    }));

  it('should close the schema of a strict tool', () =>
    withServer(hello, async (server) => {
      const strict = tool({ name: 'get_forecast', parameters, strict: true });
      await outcomeOf(
        bedrock.call({ ...settings(server), tools: [strict, weather] }, () => 'Hi')(),
      );
      expect(server.requests[0]!.body).toMatchObject({
        toolConfig: {
          tools: [
            {
              toolSpec: { name: 'get_forecast', strict: true, inputSchema: { json: closed } },
            },
            weatherSpec,
          ],
        },
      });
    }));

  it('should mark what is worth caching', () =>
    withServer(hello, async (server) => {
      await outcomeOf(
        bedrock.call({ ...settings(server), tools: [weather] }, () => [...markedHistory])(),
      );
      expect(server.requests[0]!.body).toMatchObject({
        messages: [
          {
            content: [
              { document: { format: 'pdf' } },
              { cachePoint: { type: 'default', ttl: '1h' } },
              { image: { format: 'png' } },
              { cachePoint: { type: 'default' } },
              { text: 'Weather?' },
            ],
          },
          { role: 'assistant' },
          {
            content: [
              { toolResult: { toolUseId: 'a', content: [{ text: 'wet' }] } },
              { cachePoint: { type: 'default' } },
            ],
          },
        ],
      });
      expect(JSON.stringify(server.requests[0]!.body)).not.toContain('cacheControl');
    }));

  describe('answers in the shape of a schema: it', () => {
    const named = { name: 'report', description: 'A report' };
    const report = responseModel(parameters, named);
    const json = '{"city":"Oslo"}';

    it('should hold the answer to the schema', () =>
      withServer(answerOf('end_turn', ...reasoning, ...text(1, json)), async (server) => {
        const options = {
          ...settings(server, 'anthropic.claude-opus-4-6-v1'),
          tools: [weather],
          responseModel: report,
        };
        const { values } = await outcomeOf(
          bedrock
            .call(options, () => 'Hi')()
            .pipe(toCallResponse()),
        );
        expect(server.requests[0]!.body).toEqual({
          messages: [user('Hi')],
          toolConfig: { tools: [weatherSpec] },
          outputConfig: {
            textFormat: {
              type: 'json_schema',
              structure: { jsonSchema: { schema: JSON.stringify(closed), ...named } },
            },
          },
        });
        expect(values[0]!.messageParam).toEqual({
          role: 'assistant',
          content: [reasoned, { text: json }],
        });
      }));

    const called = answerOf(
      'tool_use',
      ...reasoning,
      [
        'contentBlockStart',
        { contentBlockIndex: 1, start: { toolUse: { toolUseId: 't1', name: 'report' } } },
      ],
      delta(1, { toolUse: { input: '{"city":' } }),
      delta(1, { toolUse: { input: '"Oslo"}' } }),
      stop(1),
    );
    const reportSpec = { toolSpec: { ...named, inputSchema: { json: parameters } } };

    it('should have Nova answer as the arguments of a tool, and tell it so again', () =>
      withServer(called, async (server) => {
        const options = { ...settings(server), responseModel: report };
        const { values } = await outcomeOf(
          bedrock
            .call(options, () => 'Hi')()
            .pipe(toCallResponse()),
        );
        expect(server.requests[0]!.body).toEqual({
          messages: [user('Hi')],
          toolConfig: { tools: [reportSpec], toolChoice: { any: {} } },
        });
        const response = values[0]!;
        expect(response).toMatchObject({ content: json, tools: [], interrupted: false });
        const history = [...response.messages, response.messageParam];
        await outcomeOf(bedrock.call(settings(server), () => history)());
        expect(server.requests[1]!.body).toEqual({
          messages: [user('Hi'), { role: 'assistant', content: [reasoned, { text: json }] }],
        });
      }));

    it('should tell a model by instructions that can be held to nothing', () =>
      withServer(answerOf('end_turn', ...text(0, json)), async (server) => {
        const options = {
          ...settings(server, 'meta.llama3-1-70b-instruct-v1:0'),
          responseModel: report,
        };
        await outcomeOf(bedrock.call(options, () => 'Hi')());
        expect(server.requests[0]!.body).toEqual({
          system: [{ text: expect.stringContaining('"city"') }],
          messages: [user('Hi')],
        });
      }));

    it('should force no call where the caller says so', () =>
      withServer(called, async (server) => {
        const options = {
          ...settings(server, 'meta.llama3-1-70b-instruct-v1:0'),
          responseModel: responseModel(parameters, { ...named, mode: 'tool' }),
          commonParams: { toolChoice: 'auto' },
        } as const;
        await outcomeOf(bedrock.call(options, () => 'Hi')());
        expect(server.requests[0]!.body).toEqual({
          messages: [user('Hi')],
          toolConfig: { tools: [reportSpec] },
        });
      }));

    it('should ask for JSON by instructions, for Converse has no such mode', () =>
      withServer(hello, async (server) => {
        await outcomeOf(bedrock.call({ ...settings(server), jsonMode: true }, () => 'Hi')());
        expect(server.requests[0]!.body).toEqual({
          system: [{ text: expect.stringContaining('JSON') }],
          messages: [user('Hi')],
        });
      }));
  });

  it('should go on with an answer that is told as one, without the reasoning about a piece', () => {
    const pieces = [
      answerOf('max_tokens', ...reasoning, ...text(1, 'Once ')),
      answerOf('max_tokens', ...reasoning, ...text(1, 'upon ')),
      answerOf('end_turn', ...reasoning, ...text(1, 'a time.')),
    ];
    return withServer(
      (_request, position) => pieces[position]!,
      async (server) => {
        const { values } = await outcomeOf(
          bedrock
            .call(settings(server), () => 'Tell')()
            .pipe(continueOnLength({ prompt: 'Go on' }), toCallResponse()),
        );
        const told = (...content: readonly object[]) => ({
          messages: [user('Tell'), { role: 'assistant', content }, user('Go on')],
        });
        const [, second, third] = server.requests.map(({ body }) => body);
        expect(second).toEqual(told(reasoned, { text: 'Once ' }));
        expect(third).toEqual(told({ text: 'Once upon ' }));
        expect(values[0]!.messageParam).toEqual({
          role: 'assistant',
          content: [{ text: 'Once upon a time.' }],
        });
      },
    );
  });
});
