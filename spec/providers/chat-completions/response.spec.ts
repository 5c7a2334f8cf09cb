import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { completion, toolCallOf } from '../../../providers/chat-completions/response.ts';
import type { ChatCompletionChunk } from '../../../providers/chat-completions/wire.ts';

const head = { id: 'chatcmpl-7', created: 1_700_000_000, model: 'gpt-x' };

const chunk = (fields: object): ChatCompletionChunk =>
  ({ ...head, object: 'chat.completion.chunk', ...fields }) as ChatCompletionChunk;

/** A chunk of one choice. */
const piece = (delta: object, choice: object = {}): ChatCompletionChunk =>
  chunk({ choices: [{ index: 0, delta, finish_reason: null, ...choice }] });

const finish = (reason = 'stop', index = 0): ChatCompletionChunk =>
  piece({}, { index, finish_reason: reason });

const rebuild = (chunks: readonly unknown[]) =>
  chunks.reduce<typeof completion>(
    (fold, event) => fold.add(event as ChatCompletionChunk),
    completion,
  );

/** What the API sends for one choice without streaming. */
const whole = (message: object, choice: object = {}, fields: object = {}) => ({
  ...head,
  object: 'chat.completion',
  choices: [
    {
      index: 0,
      finish_reason: 'stop',
      logprobs: null,
      message: { role: 'assistant', content: null, refusal: null, ...message },
      ...choice,
    },
  ],
  ...fields,
});

const call = (index: number, id: string, name: string, text: string, extra: object = {}) => ({
  tool_calls: [{ index, id, type: 'function', function: { name, arguments: text }, ...extra }],
});

const more = (index: number, text: string, extra: object = {}) => ({
  tool_calls: [{ index, function: { arguments: text }, ...extra }],
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const token = (text: string) => ({ token: text, logprob: -0.5, bytes: null, top_logprobs: [] });

const usage = { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 };

type Pair = readonly [name: string, chunks: readonly unknown[], completion: object];

const texts: readonly Pair[] = [
  [
    'text',
    [
      piece({ role: 'assistant', content: '', refusal: null }),
      piece({ content: 'Hel' }),
      piece({ content: 'lo' }),
      finish(),
    ],
    whole({ content: 'Hello' }),
  ],
  [
    'an empty text',
    [piece({ role: 'assistant', content: '' }), finish('length')],
    whole({ content: '' }, { finish_reason: 'length' }),
  ],
  [
    'a refusal',
    [
      piece({ role: 'assistant', content: null, refusal: '' }),
      piece({ refusal: 'I will' }),
      piece({ refusal: ' not' }),
      finish(),
    ],
    whole({ refusal: 'I will not' }),
  ],
  [
    'reasoning, which no SDK type has',
    [
      piece({ reasoning_content: 'Hm' }),
      piece({ reasoning_content: 'm' }),
      piece({ content: 'So', reasoning_content: null }),
      finish(),
    ],
    whole({ content: 'So', reasoning_content: 'Hmm' }),
  ],
  [
    'annotations',
    [
      piece({ content: 'See' }),
      piece({ annotations: [{ type: 'url_citation', url: 'a' }] }),
      piece({ annotations: [] }),
      piece({
        annotations: [
          { type: 'url_citation', url: 'b' },
          { type: 'url_citation', url: 'c' },
        ],
      }),
      finish(),
    ],
    whole({
      content: 'See',
      annotations: ['a', 'b', 'c'].map((url) => ({ type: 'url_citation', url })),
    }),
  ],
  [
    'blocks of thinking, which LiteLLM sends in pieces',
    [
      piece({ thinking_blocks: [{ type: 'thinking', thinking: 'H', signature: null }] }),
      piece({ thinking_blocks: [{ type: 'thinking', thinking: 'mm', signature: null }] }),
      piece({ thinking_blocks: [{ type: 'thinking', thinking: '', signature: 'c2ln' }] }),
      finish(),
    ],
    whole({ thinking_blocks: [{ type: 'thinking', thinking: 'Hmm', signature: 'c2ln' }] }),
  ],
  [
    'details of reasoning, which OpenRouter sends in pieces',
    [
      piece({ reasoning_details: [{ type: 'reasoning.text', text: 'Hm', index: 0 }] }),
      piece({ reasoning_details: [{ type: 'reasoning.text', text: 'm', index: 0 }] }),
      piece({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'eHg=', index: 1 }] }),
      finish(),
    ],
    whole({
      reasoning_details: [
        { type: 'reasoning.text', text: 'Hmm', index: 0 },
        { type: 'reasoning.encrypted', data: 'eHg=', index: 1 },
      ],
    }),
  ],
  [
    'lists of lists',
    [piece({ content: 'Hi', spans: [[0, 1]] }), piece({ spans: [[2, 3], []] }), finish()],
    whole({ content: 'Hi', spans: [[0, 1], [2, 3], []] }),
  ],
];

const toolCalls: readonly Pair[] = [
  [
    'a call in pieces',
    [
      piece({ role: 'assistant', content: null, ...call(0, 'a', 'f', '') }),
      piece(more(0, '{"ci')),
      piece(more(0, 'ty":"Oslo"}')),
      finish('tool_calls'),
    ],
    whole(
      {
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{"city":"Oslo"}' } },
        ],
      },
      { finish_reason: 'tool_calls' },
    ),
  ],
  [
    'calls that interleave',
    [
      piece(call(0, 'a', 'f', '')),
      piece(call(1, 'b', 'g', '')),
      piece(more(1, '[')),
      piece(more(0, '{')),
      piece({ tool_calls: [...more(0, '}').tool_calls, ...more(1, ']').tool_calls] }),
      finish('tool_calls'),
    ],
    whole(
      {
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
          { id: 'b', type: 'function', function: { name: 'g', arguments: '[]' } },
        ],
      },
      { finish_reason: 'tool_calls' },
    ),
  ],
  [
    'a call with fields of the server’s own, told in two pieces',
    [
      piece(call(0, 'a', 'f', '{', { extra_content: { google: { thought_signature: 'c2ln' } } })),
      piece(more(0, '}', { note: 1 })),
      finish('tool_calls'),
    ],
    whole(
      {
        tool_calls: [
          {
            id: 'a',
            type: 'function',
            function: { name: 'f', arguments: '{}' },
            extra_content: { google: { thought_signature: 'c2ln' } },
            note: 1,
          },
        ],
      },
      { finish_reason: 'tool_calls' },
    ),
  ],
  [
    'whole calls that all say index 0',
    [piece(call(0, 'a', 'f', '{}')), piece(call(0, 'b', 'f', '[]')), finish()],
    whole({
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
        { id: 'b', type: 'function', function: { name: 'f', arguments: '[]' } },
      ],
    }),
  ],
  [
    'text before a call, and an empty list of calls',
    [
      piece({ content: 'Wait', tool_calls: [] }),
      piece(call(0, 'a', 'f', '{}')),
      finish('tool_calls'),
    ],
    whole(
      {
        content: 'Wait',
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { finish_reason: 'tool_calls' },
    ),
  ],
];

const audio: readonly Pair[] = [
  [
    'audio, each piece of data base64 of its own',
    [
      piece({ role: 'assistant', content: null, audio: { id: 'audio_1', transcript: 'Hel' } }),
      piece({ audio: { transcript: 'lo' } }),
      // One byte and two: joined as texts they would not be base64.
      piece({ audio: { data: base64('a') } }),
      piece({ audio: { data: base64('bc') } }),
      piece({ audio: { expires_at: 1_700_003_600 } }),
      finish(),
    ],
    whole({
      audio: {
        id: 'audio_1',
        data: base64('abc'),
        transcript: 'Hello',
        expires_at: 1_700_003_600,
      },
    }),
  ],
  [
    'audio with a field of the server’s own',
    [
      piece({ audio: { id: 'audio_1', data: base64('a'), transcript: 'A', voice: 'ash' } }),
      finish(),
    ],
    whole({ audio: { id: 'audio_1', data: base64('a'), transcript: 'A', voice: 'ash' } }),
  ],
];

const logprobs: readonly Pair[] = [
  [
    'logprobs of the content',
    [
      piece({ role: 'assistant', content: '' }, { logprobs: { content: [], refusal: null } }),
      piece({ content: 'Hel' }, { logprobs: { content: [token('Hel')], refusal: null } }),
      piece({ content: 'lo' }, { logprobs: { content: [token('lo')], refusal: null } }),
      piece({}, { finish_reason: 'stop', logprobs: null }),
    ],
    whole(
      { content: 'Hello' },
      { logprobs: { content: [token('Hel'), token('lo')], refusal: null } },
    ),
  ],
  [
    'logprobs of the refusal',
    [
      piece({ refusal: 'No' }, { logprobs: { content: null, refusal: [token('No')] } }),
      piece({ refusal: '!' }, { logprobs: { content: null, refusal: [token('!')] } }),
      finish(),
    ],
    whole({ refusal: 'No!' }, { logprobs: { content: null, refusal: [token('No'), token('!')] } }),
  ],
  [
    'logprobs of one kind only',
    [piece({ content: 'Hi' }, { logprobs: { content: [token('Hi')] } }), finish()],
    whole({ content: 'Hi' }, { logprobs: { content: [token('Hi')], refusal: null } }),
  ],
];

const fields: readonly Pair[] = [
  [
    'usage after the finish',
    [
      piece({ content: 'Hi' }, {}),
      chunk({ ...finish(), usage: null }),
      chunk({ choices: [], usage }),
    ],
    whole({ content: 'Hi' }, {}, { usage }),
  ],
  [
    'the last usage where every chunk has one',
    [
      chunk({ ...piece({ content: 'Hi' }), usage: { ...usage, completion_tokens: 1 } }),
      chunk({ ...finish(), usage }),
    ],
    whole({ content: 'Hi' }, {}, { usage }),
  ],
  [
    'service tier and fingerprint',
    [
      chunk({ ...piece({ content: 'Hi' }), service_tier: 'auto', system_fingerprint: 'fp_1' }),
      chunk({ ...finish(), service_tier: 'default' }),
    ],
    whole({ content: 'Hi' }, {}, { service_tier: 'default', system_fingerprint: 'fp_1' }),
  ],
  [
    'unknown fields of the chunk, the choice and the delta',
    [
      chunk({
        choices: [
          { index: 0, delta: { content: 'Hi', mood: 'ca' }, finish_reason: null, score: 1 },
        ],
        citations: ['a'],
        provider: 'acme',
      }),
      chunk({
        choices: [{ index: 0, delta: { mood: 'lm', level: 3 }, finish_reason: 'stop', score: 2 }],
        citations: ['a', 'b'],
      }),
    ],
    whole(
      { content: 'Hi', mood: 'calm', level: 3 },
      { score: 2 },
      { citations: ['a', 'b'], provider: 'acme' },
    ),
  ],
  [
    'Azure’s first chunk, which knows neither id nor model',
    [
      chunk({
        id: '',
        model: '',
        object: '',
        created: 0,
        choices: [],
        prompt_filter_results: [{}],
      }),
      piece({ content: 'Hi' }, { content_filter_results: { hate: { filtered: false } } }),
      finish(),
    ],
    whole(
      { content: 'Hi' },
      { content_filter_results: { hate: { filtered: false } } },
      { prompt_filter_results: [{}] },
    ),
  ],
  [
    'the first id, where the last chunk has another',
    [piece({ content: 'Hi' }), chunk({ ...finish(), id: 'chatcmpl-8' })],
    whole({ content: 'Hi' }),
  ],
  [
    'no padding',
    [
      chunk({ ...piece({ content: 'Hi' }), obfuscation: 'xK2' }),
      chunk({ ...finish(), obfuscation: 'q' }),
    ],
    whole({ content: 'Hi' }),
  ],
  [
    'a choice without an index',
    [
      chunk({ choices: [{ delta: { content: 'Hi' } }] }),
      chunk({ choices: [{ finish_reason: 'stop' }] }),
    ],
    whole({ content: 'Hi' }),
  ],
  [
    'events that say nothing',
    [null, {}, 7, [], { choices: null }, piece({ content: 'Hi' }), { choices: [] }, finish()],
    whole({ content: 'Hi' }),
  ],
];

const choices: readonly Pair[] = [
  [
    'several choices, in order, each with its own',
    [
      piece({ content: 'b' }, { index: 1, logprobs: { content: [token('b')], refusal: null } }),
      piece({ content: 'a' }),
      piece(call(0, 'x', 'f', '{'), { index: 2 }),
      piece({ content: 'B' }, { index: 1, logprobs: { content: [token('B')], refusal: null } }),
      piece(more(0, '}'), { index: 2 }),
      finish('tool_calls', 2),
      finish('length', 1),
      finish(),
    ],
    {
      ...whole({}),
      choices: [
        ...whole({ content: 'a' }).choices,
        ...whole(
          { content: 'bB' },
          {
            index: 1,
            finish_reason: 'length',
            logprobs: { content: [token('b'), token('B')], refusal: null },
          },
        ).choices,
        ...whole(
          { tool_calls: [{ id: 'x', type: 'function', function: { name: 'f', arguments: '{}' } }] },
          { index: 2, finish_reason: 'tool_calls' },
        ).choices,
      ],
    },
  ],
];

describe('completion', () => {
  describe.each([
    ['texts', texts],
    ['tool calls', toolCalls],
    ['audio', audio],
    ['logprobs', logprobs],
    ['fields', fields],
    ['choices', choices],
  ])('rebuilds %s: it', (_group, pairs) => {
    it.each(pairs)('should rebuild %s', (_name, chunks, expected) => {
      expect(rebuild(chunks).result()).toStrictEqual(expected);
    });
  });

  describe('stands for what has arrived: it', () => {
    it('should be an empty completion before any chunk', () => {
      expect(completion.result()).toStrictEqual({ object: 'chat.completion', choices: [] });
    });

    it('should say null for a finish reason that has not come', () => {
      expect(rebuild([piece({ content: 'Hel' })]).result()).toStrictEqual(
        whole({ content: 'Hel' }, { finish_reason: null }),
      );
    });

    it('should hold a call whose arguments are cut off, as received', () => {
      const { choices } = rebuild([piece(call(0, 'a', 'f', '{"ci'))]).result();
      expect(choices[0]?.message.tool_calls).toEqual([
        { id: 'a', type: 'function', function: { name: 'f', arguments: '{"ci' } },
      ]);
    });
  });

  describe('keeps what it knows: it', () => {
    const silent = [null, '', undefined];

    it.each(silent)('should not let %j replace a field of the chunk', (nothing) => {
      const chunks = [
        chunk({
          choices: [],
          system_fingerprint: 'fp_1',
          service_tier: 'default',
          usage,
          note: 'n',
        }),
        chunk({
          id: nothing,
          model: nothing,
          system_fingerprint: nothing,
          service_tier: nothing,
          usage: nothing,
          note: nothing,
          choices: [],
        }),
      ];
      expect(rebuild(chunks).result()).toMatchObject({
        ...head,
        system_fingerprint: 'fp_1',
        service_tier: 'default',
        usage,
        note: 'n',
      });
    });

    it.each(silent)('should not let %j replace a field of the choice', (nothing) => {
      const chunks = [
        piece({}, { finish_reason: 'length', matched_stop: 'END' }),
        piece({}, { finish_reason: nothing, matched_stop: nothing, logprobs: nothing }),
      ];
      expect(rebuild(chunks).result().choices[0]).toMatchObject({
        finish_reason: 'length',
        matched_stop: 'END',
      });
    });

    it.each(silent)('should not let %j replace a text of the message', (nothing) => {
      const chunks = [
        piece({ content: 'Hi', refusal: 'No', level: 3, ...call(0, 'a', 'f', '{}') }),
        piece({
          content: nothing,
          refusal: nothing,
          level: nothing,
          tool_calls: [{ index: 0, id: nothing, function: { name: nothing, arguments: nothing } }],
        }),
      ];
      expect(rebuild(chunks).result().choices[0]?.message).toEqual({
        role: 'assistant',
        content: 'Hi',
        refusal: 'No',
        level: 3,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
      });
    });

    it.each(silent)('should not let %j replace a field of the audio', (nothing) => {
      const chunks = [
        piece({ audio: { id: 'audio_1', expires_at: 9 } }),
        piece({ audio: { id: nothing, expires_at: nothing, data: 'YQ==' } }),
      ];
      expect(rebuild(chunks).result().choices[0]?.message.audio).toMatchObject({
        id: 'audio_1',
        expires_at: 9,
      });
    });

    // Azure's asynchronous filter reports on text already sent, in chunks with an empty head.
    it('should not let the empty head of Azure’s late filter results replace created', () => {
      const results = { hate: { filtered: false } };
      const chunks = [
        piece({ content: 'Hi' }),
        finish(),
        {
          id: '',
          object: '',
          created: 0,
          model: '',
          choices: [{ index: 0, finish_reason: null, content_filter_results: results }],
        },
      ];
      expect(rebuild(chunks).result()).toStrictEqual(
        whole({ content: 'Hi' }, { content_filter_results: results }),
      );
    });

    it('should order tool calls by their index, as the API does', () => {
      const chunks = [piece(call(1, 'b', 'g', '{}')), piece(call(0, 'a', 'f', '{}'))];
      const { choices } = rebuild(chunks).result();
      expect(choices[0]?.message.tool_calls?.map(({ id }) => id)).toEqual(['a', 'b']);
    });

    it('should join the pieces of a custom tool’s input, and keep its type', () => {
      const chunks = [
        piece({
          tool_calls: [{ index: 0, id: 'a', type: 'custom', custom: { name: 'sql', input: '' } }],
        }),
        piece({ tool_calls: [{ index: 0, custom: { input: 'SELECT' } }] }),
        piece({ tool_calls: [{ index: 0, custom: { input: ' 1' } }] }),
        finish('tool_calls'),
      ];
      expect(rebuild(chunks).result().choices[0]?.message.tool_calls).toEqual([
        { id: 'a', type: 'custom', custom: { name: 'sql', input: 'SELECT 1' } },
      ]);
    });

    it('should join the pieces of the deprecated function call', () => {
      const chunks = [
        piece({ function_call: { name: 'f', arguments: '' } }),
        piece({ function_call: { arguments: '{"city":' } }),
        piece({ function_call: { arguments: '"Oslo"}' } }),
        finish('function_call'),
      ];
      expect(rebuild(chunks).result().choices[0]?.message.function_call).toEqual({
        name: 'f',
        arguments: '{"city":"Oslo"}',
      });
    });

    it('should keep text that came before and after parts of a list (Mistral)', () => {
      const parts = [{ type: 'thinking', thinking: 'Hmm' }];
      const chunks = [piece({ content: 'a' }), piece({ content: parts }), piece({ content: 'b' })];
      const text = JSON.stringify(rebuild(chunks).result().choices[0]?.message.content);
      expect(text).toContain('a');
      expect(text).toContain('Hmm');
      expect(text).toContain('b');
    });

    it('should put usage that came inside a choice where the completion has it', () => {
      const chunks = [piece({ content: 'Hi' }), piece({}, { finish_reason: 'stop', usage })];
      expect(rebuild(chunks).result().usage).toEqual(usage);
    });

    // vLLM's `token_ids`: each chunk has those of its own text.
    it('should extend the lists of a choice', () => {
      const chunks = [piece({}, { token_ids: [1, 2] }), piece({}, { token_ids: [3] })];
      expect(rebuild(chunks).result().choices[0]).toMatchObject({ token_ids: [1, 2, 3] });
    });

    it('should keep fields of logprobs that are no lists', () => {
      const logprobs = { content: [token('Hi')], refusal: null, mean: -0.5 };
      const { choices } = rebuild([piece({ content: 'Hi' }, { logprobs })]).result();
      expect(choices[0]?.logprobs).toEqual(logprobs);
    });
  });

  describe('is total: it', () => {
    it('should find nothing in an event that is a text', () => {
      expect(rebuild(['ping']).result()).toStrictEqual(completion.result());
    });

    it.each([
      ['a choice that is null', chunk({ choices: [null] })],
      ['a tool call that is null', piece({ tool_calls: [null] }, { index: 1 })],
      ['audio that is not base64', piece({ audio: { data: '%' } }, { index: 1 })],
      ['a list whose name every object has', piece({ constructor: ['a'] })],
    ])('should not throw on %s', (_name, event) => {
      expect(() => completion.add(event).result()).not.toThrow();
    });
  });

  describe('is immutable: it', () => {
    const everything = [
      ...[...texts, ...toolCalls, ...audio, ...logprobs, ...fields, ...choices].flatMap(
        ([, chunks]) => chunks,
      ),
    ];

    it('should not change an earlier result when chunks are added', () => {
      let fold = completion;
      const results: (readonly [result: object, copy: object])[] = [];
      for (const event of everything) {
        fold = fold.add(event as ChatCompletionChunk);
        const result = fold.result();
        results.push([result, structuredClone(result)]);
      }
      expect(results.length).toBeGreaterThan(50);
      for (const [result, copy] of results) expect(result).toStrictEqual(copy);
    });

    it('should give the same result however often and however late it is asked', () => {
      const folds = everything.map((_, end) => rebuild(everything.slice(0, end)));
      const early = folds.map((fold) => structuredClone(fold.result()));
      expect(folds.map((fold) => fold.result())).toStrictEqual(early);
    });

    it('should let two streams grow from one fold', () => {
      const start = rebuild([piece({ content: 'Hel', list: [0], audio: { data: 'YQ==' } })]);
      const one = start.add(piece({ content: 'lo', list: [1], audio: { data: 'Yg==' } }));
      const two = start.add(piece({ content: 'p', list: [2] }));
      expect(one.result().choices[0]?.message).toMatchObject({
        content: 'Hello',
        list: [0, 1],
        audio: { data: base64('ab') },
      });
      expect(two.result().choices[0]?.message).toMatchObject({
        content: 'Help',
        list: [0, 2],
        audio: { data: base64('a') },
      });
    });

    it('should not change the chunks', () => {
      const copy = structuredClone(everything);
      rebuild(everything).result();
      expect(everything).toStrictEqual(copy);
    });
  });

  describe('does not depend on how it was split: it', () => {
    interface Answer {
      readonly content: string | null;
      readonly refusal: string | null;
      readonly calls: readonly { readonly name: string; readonly arguments: string }[];
      readonly reason: string;
    }

    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const json = fc.json({ maxDepth: 1 });
    const calls = fc.array(fc.record({ name: text, arguments: json }, { noNullPrototype: true }), {
      maxLength: 3,
    });
    const answer: fc.Arbitrary<Answer> = fc.record({
      content: fc.option(text),
      refusal: fc.option(text),
      calls,
      reason: fc.constantFrom('stop', 'length', 'tool_calls'),
    });

    /** Any number up to `max`, that included. */
    type Pick = (max: number) => number;

    /** Cuts a text anywhere, also inside a character. */
    const split = (whole: string, pick: Pick): string[] => {
      const pieces: string[] = [];
      for (let start = 0; start < whole.length;) {
        const end = start + 1 + pick(whole.length - start - 1);
        pieces.push(whole.slice(start, end));
        start = end;
      }
      return pieces;
    };

    /** One sequence of several, each of which keeps its own order. */
    const interleave = <T>(sequences: readonly (readonly T[])[], pick: Pick): T[] => {
      const left = sequences.map((sequence) => [...sequence]);
      const mixed: T[] = [];
      for (;;) {
        const open = left.filter(({ length }) => length > 0);
        if (open.length === 0) return mixed;
        mixed.push(...(open[pick(open.length - 1)]?.splice(0, 1) ?? []));
      }
    };

    const deltasOf = ({ content, refusal, calls }: Answer, pick: Pick): object[] => [
      { role: 'assistant', content: null, refusal: null },
      ...calls.map(({ name }, index) => call(index, `call-${index}`, name, '')),
      ...interleave<object>(
        [
          split(content ?? '', pick).map((text) => ({ content: text })),
          split(refusal ?? '', pick).map((text) => ({ refusal: text })),
          ...calls.map(({ arguments: json }, index) =>
            split(json, pick).map((text) => more(index, text)),
          ),
        ],
        pick,
      ),
    ];

    const choiceOf = ({ content, refusal, calls, reason }: Answer, index: number): object[] => {
      const made = calls.map((called, position) => ({
        id: `call-${position}`,
        type: 'function',
        function: called,
      }));
      const message = { content, refusal, ...(made.length > 0 && { tool_calls: made }) };
      return whole(message, { index, finish_reason: reason }).choices;
    };

    it('should rebuild any answers from any split and any order of choices', () => {
      fc.assert(
        fc.property(
          fc.array(answer, { minLength: 1, maxLength: 3 }),
          fc.gen(),
          (answers, generate) => {
            const pick: Pick = (max) => generate(fc.nat, { max });
            const streams = answers.map((given, index) => [
              ...deltasOf(given, pick).map((delta) => piece(delta, { index })),
              finish(given.reason, index),
            ]);
            expect(rebuild(interleave(streams, pick)).result()).toStrictEqual({
              ...whole({}),
              choices: answers.flatMap(choiceOf),
            });
          },
        ),
        { numRuns: 200 },
      );
    });

    it('should join audio bytewise, wherever it is cut', () => {
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 9 }), { minLength: 1 }), (pieces) => {
          const chunks = pieces.map((bytes) =>
            piece({ audio: { data: Buffer.from(bytes).toString('base64') } }),
          );
          const data = Buffer.concat(pieces).toString('base64');
          expect(rebuild(chunks).result().choices[0]?.message.audio).toMatchObject({ data });
        }),
      );
    });
  });
});

describe('toolCallOf', () => {
  it('should give a call as it stands in a message', () => {
    const extra = { extra_content: { google: { thought_signature: 'c2ln' } } };
    expect(toolCallOf({ index: 3, id: 'a', name: 'f', arguments: '{}', extra })).toStrictEqual({
      id: 'a',
      type: 'function',
      function: { name: 'f', arguments: '{}' },
      ...extra,
    });
  });

  it('should make an id from the position where the server gave none', () => {
    expect(toolCallOf({ index: 3, id: null, name: 'f', arguments: '' }).id).toBe('call_3');
  });
});
