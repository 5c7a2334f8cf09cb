import { describe, expect, it } from '@jest/globals';
import {
  StreamError,
  responseModel,
  tool,
  type Call,
  type CallInput,
  type CallOptions,
  type Caller,
  type CommonParams,
  type Prompt,
  type ResponseMode,
  type UserPart,
  type Wire,
} from 'rx-llm';
import { callInput } from '../../support/call-input.ts';
import { writeChatCompletion } from '../../support/chat-completions-writer.ts';
import { joined, withServer } from '../../support/conformance/run.ts';
import { outcomeOf } from '../../support/outcome.ts';

/** What a service is expected to make of the things that calls to all providers have in common. */
export interface ServiceExpectation<W extends Wire> {
  readonly caller: Caller<W>;
  connection(url: string): W['connection'];
  /** What the limit of the answer is called. */
  readonly maxTokens: 'max_completion_tokens' | 'max_tokens';
  readonly refusedParams: readonly (keyof CommonParams)[];
  /** By kind: the type of the part it becomes, or a piece of the advice with which it is refused. */
  readonly parts: Readonly<Record<Kind, string>>;
  /** The fields of a marked part, or a piece of the advice with which the mark is refused. */
  readonly marks: readonly [plain: object | string, forAnHour: object | string];
  /** Which fields of reasoning go back with the assistant's turn. */
  readonly keptReasoning: readonly string[];
  /** By model, the modes without and with tools. */
  readonly modes: Readonly<
    Record<string, readonly [readonly ResponseMode[], readonly ResponseMode[]]>
  >;
  /** What every request holds besides what a call says. */
  readonly always: object;
}

/** The kinds of parts that services differ in. */
type Kind = 'text' | 'image' | 'imageUrl' | 'audio' | 'audioUrl' | 'pdf' | 'pdfUrl' | 'textFile';

const parts: Readonly<Record<Kind, UserPart>> = {
  text: { type: 'text', text: 'Hi' },
  image: { type: 'image', data: 'AAH+' },
  imageUrl: { type: 'image', url: 'https://x.test/a.png' },
  audio: { type: 'audio', data: 'AAH+' },
  audioUrl: { type: 'audio', url: 'https://x.test/a.wav' },
  pdf: { type: 'document', data: 'AAH+' },
  pdfUrl: { type: 'document', url: 'https://x.test/a.pdf' },
  textFile: { type: 'document', data: 'AAH+', mediaType: 'text/plain' },
};

/** Every common parameter, and what it is called on the wire. */
const params: readonly (readonly [
  Required<CommonParams>[keyof CommonParams],
  keyof CommonParams,
  string,
  unknown,
])[] = [
  [0.2, 'temperature', 'temperature', 0.2],
  [9, 'maxTokens', '', 9],
  [0.5, 'topP', 'top_p', 0.5],
  [0.1, 'frequencyPenalty', 'frequency_penalty', 0.1],
  [0.3, 'presencePenalty', 'presence_penalty', 0.3],
  [7, 'seed', 'seed', 7],
  [['END'], 'stop', 'stop', ['END']],
  ['required', 'toolChoice', 'tool_choice', 'required'],
];

/** Every field in which a service of this wire may send reasoning. */
const reasoning: Readonly<Record<string, unknown>> = {
  reasoning_content: 'Hmm',
  reasoning: 'Hmm',
  reasoning_details: [{ type: 'reasoning.text', text: 'Hmm', index: 0 }],
  thinking_blocks: [{ type: 'thinking', thinking: 'Hmm', signature: 'c2ln' }],
};

const weather = tool({ name: 'weather', parameters: { type: 'object' } });

const schema = {
  type: 'object',
  properties: { title: { type: 'string' } },
  required: ['title'],
  additionalProperties: false,
};

const answer = {
  steps: [{ send: joined(...writeChatCompletion([{ finish: 'stop' }]).map(({ bytes }) => bytes)) }],
};

/**
 * Holds a service of the Chat Completions wire against what is expected of it: by the request it makes of
 * a call, and by the one that arrives over real HTTP through the SDK.
 */
export function describeService<W extends Wire>(expected: ServiceExpectation<W>): void {
  const { caller, maxTokens, refusedParams } = expected;
  const { provider } = caller;
  const wireName = (name: keyof CommonParams, said: string): string =>
    name === 'maxTokens' ? maxTokens : said;

  const encode = (input: Partial<CallInput<W>>): Readonly<Record<string, unknown>> =>
    provider.encode(callInput<W>({ params: {}, ...input })).request as Readonly<
      Record<string, unknown>
    >;

  const encodePart = (part: UserPart): unknown => {
    const { messages } = encode({ messages: [{ role: 'user', content: [part] }] });
    return (messages as readonly { readonly content: readonly unknown[] }[])[0]?.content[0];
  };

  const adviceOf = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      expect(error).toBeInstanceOf(StreamError);
      expect(error).toMatchObject({ code: 'unsupported', provider: provider.name });
      return (error as StreamError).message;
    }
    throw new Error('was not refused');
  };

  describe(`${provider.name} speaks its dialect: it`, () => {
    it.each(params)('should send %j as %s, or say that it cannot', (value, name, said, sent) => {
      const commonParams: CommonParams = { [name]: value };
      if (refusedParams.includes(name)) {
        expect(adviceOf(() => encode({ commonParams }))).toContain(`${name}; leave it out`);
        return;
      }
      expect(encode({ commonParams })).toMatchObject({ [wireName(name, said)]: sent });
    });

    it.each(params)('should let the caller’s own go before %j of %s', (value, name, said) => {
      const own = { [wireName(name, said)]: 'own' };
      const commonParams: CommonParams = { [name]: value };
      expect(encode({ commonParams, params: own })).toMatchObject(own);
    });

    it.each(Object.entries(parts))(
      'should send a part of kind %s, or say what to do',
      (kind, part) => {
        const becomes = expected.parts[kind as Kind];
        if (becomes.includes(' ')) expect(adviceOf(() => encodePart(part))).toContain(becomes);
        else expect(encodePart(part)).toMatchObject({ type: becomes });
      },
    );

    const controls = [true, { ttl: '1h' }] as const;
    it.each(controls)(
      'should mark what to cache with %j, or say that it cannot',
      (cacheControl) => {
        const mark = expected.marks[controls.indexOf(cacheControl)]!;
        const marked = { ...parts.text, cacheControl };
        if (typeof mark === 'string') expect(adviceOf(() => encodePart(marked))).toContain(mark);
        else expect(encodePart(marked)).toStrictEqual({ ...parts.text, ...mark });
        expect(encodePart({ ...parts.text, cacheControl: false })).toStrictEqual(parts.text);
      },
    );

    it('should send the reasoning back that it takes, and no other', () => {
      const choice = { index: 0, finish_reason: 'stop', message: { content: 'Hi', ...reasoning } };
      const response = { choices: [choice] } as unknown as W['response'];
      const kept = expected.keptReasoning.map((field) => [field, reasoning[field]] as const);
      expect(provider.messageParam(response, { content: 'Hi', openCalls: [] })).toStrictEqual({
        role: 'assistant',
        content: 'Hi',
        ...Object.fromEntries(kept),
      });
    });

    it.each(Object.entries(expected.modes))(
      'should know the modes of %s',
      (model, [alone, besides]) => {
        expect(provider.responseModes?.({ model, tools: [] })).toEqual(alone);
        expect(provider.responseModes?.({ model, tools: [weather] })).toEqual(besides);
      },
    );

    it('should send it all through its SDK', () =>
      withServer(answer, async (server) => {
        const [model, [modes]] = Object.entries(expected.modes)[0]!;
        const isNative = modes[0] === 'native';
        const book = responseModel(schema, { name: 'book', mode: isNative ? 'native' : 'tool' });
        const sent = params.filter(([, name]) => !refusedParams.includes(name));
        const forced = sent.filter(([, name]) => isNative || name !== 'toolChoice');
        const options = {
          ...expected.connection(server.url),
          model,
          responseModel: book,
          commonParams: Object.fromEntries(forced.map(([value, name]) => [name, value])),
        };
        const prompt: Prompt<[], W> = () => [parts.text, parts.imageUrl];
        const ask = caller.call(options as CallOptions<W>, prompt) as Call<[], W>;
        const { error } = await outcomeOf(ask());
        expect(error).toBeNull();
        expect(server.requests[0]!.body).toEqual({
          model,
          messages: [
            {
              role: 'user',
              content: [
                parts.text,
                { type: 'image_url', image_url: { url: 'https://x.test/a.png' } },
              ],
            },
          ],
          stream: true,
          ...expected.always,
          ...Object.fromEntries(
            forced.map(([, name, said, value]) => [wireName(name, said), value]),
          ),
          ...(isNative ? nativeAnswer : toolAnswer),
        });
      }));
  });
}

const nativeAnswer = {
  response_format: { type: 'json_schema', json_schema: { name: 'book', schema, strict: true } },
};

const toolAnswer = {
  tools: [
    {
      type: 'function',
      function: { name: 'book', description: 'Gives the final answer.', parameters: schema },
    },
  ],
  tool_choice: { type: 'function', function: { name: 'book' } },
};
