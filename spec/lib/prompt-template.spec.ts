import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { firstValueFrom } from 'rxjs';
import { toCallResponse } from 'rx-llm/operators';
import { scriptedProvider } from 'rx-llm/testing';
import { caller } from '../../lib/caller.ts';
import type {
  AudioPart,
  DocumentPart,
  ImagePart,
  Message,
  TextPart,
  UserPart,
} from '../../lib/message.ts';
import {
  promptTemplate,
  type ConversationTemplate,
  type PromptTemplate,
} from '../../lib/prompt-template.ts';
import { StreamError } from '../../lib/stream-error.ts';
import type { TemplateValues } from '../../lib/template/value-of.ts';
import type { MediaValue, TextValue } from '../../lib/template/values.ts';
import { outcomeOf } from '../support/outcome.ts';
import { plainProvider, type PlainMessage } from './plain-provider.ts';

const url = 'https://example.com/cover.png';

describe('promptTemplate', () => {
  it('should make messages of values', () => {
    const chat = promptTemplate(`
      SYSTEM: You are a {kind} librarian.
      MESSAGES: {history}
      USER: What should I read next? {cover:image}
    `);
    const history: readonly Message[] = [{ role: 'assistant', content: 'Hello' }];
    expect(chat({ kind: 'friendly', history, cover: url })).toEqual([
      { role: 'system', content: 'You are a friendly librarian.' },
      { role: 'assistant', content: 'Hello' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What should I read next?' },
          { type: 'image', url },
        ],
      },
    ]);
  });

  it('should take no argument without variables', () => {
    const hello = promptTemplate('Hello');
    expect(hello()).toEqual([{ role: 'user', content: 'Hello' }]);
    expectTypeOf(hello).toEqualTypeOf<PromptTemplate<[]>>();
    // @ts-expect-error -- nothing is asked for
    expect(() => hello({ genre: 'fantasy' })).toThrow(/no variable named genre/);
  });

  it('should show the text it was made of', () => {
    expect(promptTemplate('\n  Hello {{}}\n').template).toBe('\n  Hello {{}}\n');
    expectTypeOf(promptTemplate('Hello').template).toBeString();
  });

  it('should read a template when it is made, and never again', () => {
    // @ts-expect-error -- the compiler says so, too
    expect(() => promptTemplate('Recommend a {genre')).toThrow(TypeError);
    expect(() => promptTemplate('SYSTEM: {cover:image}')).toThrow(/^Prompt template, line 1: /);
  });

  it.each([
    [undefined],
    [null],
    [['Hello']],
    [Object.assign(['Hello'], { raw: ['Hello'] })],
    [() => 'Hello'],
  ])('should refuse %p and show the right call', (text) => {
    const make = () => promptTemplate(text as unknown as string);
    expect(make).toThrow(TypeError);
    expect(make).toThrow("promptTemplate('Recommend a {genre} book')");
  });

  it('should be the prompt of a call, whose response shows the template', async () => {
    const llm = scriptedProvider('The Name of the Wind');
    const recommend = llm.call('any-model', promptTemplate('Recommend a {genre} book'));
    expectTypeOf(recommend).parameters.toEqualTypeOf<[values: { readonly genre: TextValue }]>();
    const response = await firstValueFrom(recommend({ genre: 'fantasy' }).pipe(toCallResponse()));
    expect(response.commonMessages[0]).toEqual({
      role: 'user',
      content: 'Recommend a fantasy book',
    });
    expect(response.promptTemplate).toBe('Recommend a {genre} book');
  });

  it('should deliver wrong values as the error of a call', async () => {
    const llm = scriptedProvider('The Name of the Wind');
    const unread = ['Recommend a {genre} book'].join();
    const ask = llm.call('any-model', promptTemplate(unread));
    const { error } = await outcomeOf(ask({ gnre: 'fantasy' }));
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: 'prompt', provider: null });
    expect((error as StreamError).message).toMatch(/no value for genre; no variable named gnre/);
    expect(llm.requests).toEqual([]);
  });
});

describe('the types of a literal template', () => {
  /** What is made of a text. */
  type Made<Text extends string> = ReturnType<typeof promptTemplate<Text>>;

  /** What the argument of a template has to be. */
  type Values<Prompt> = Prompt extends (values: infer V) => unknown ? V : never;

  it('should name its variables', () => {
    const prompt = promptTemplate('{a} {a} {b.c} {b.d.e} {{f}} {{{g}}} ${h}');
    interface Expected {
      readonly a: TextValue;
      readonly b: { readonly c: TextValue; readonly d: { readonly e: TextValue } };
      readonly g: TextValue;
      readonly h: TextValue;
    }
    expectTypeOf(prompt).toEqualTypeOf<PromptTemplate<[values: Expected]>>();
    expectTypeOf(prompt).returns.toEqualTypeOf<readonly Message[]>();
  });

  it('should say what each is filled in with', () => {
    type Template = `
      {a:list} {b:lists} {c:text} {d:texts} {e:image} {f:images} {g:audio} {h:audios}
      {i:document} {j:documents} {k:part} {l:parts} {:cache_control} {:cache_control 1h}
    `;
    expectTypeOf<Values<Made<Template>>>().toEqualTypeOf<{
      readonly a: readonly TextValue[];
      readonly b: readonly (readonly TextValue[])[];
      readonly c: TextValue | TextPart;
      readonly d: readonly (TextValue | TextPart)[];
      readonly e: MediaValue<ImagePart>;
      readonly f: readonly MediaValue<ImagePart>[];
      readonly g: MediaValue<AudioPart>;
      readonly h: readonly MediaValue<AudioPart>[];
      readonly i: MediaValue<DocumentPart>;
      readonly j: readonly MediaValue<DocumentPart>[];
      readonly k: UserPart;
      readonly l: readonly UserPart[];
    }>();
  });

  it('should ask of a variable that is used in several ways to fit them all', () => {
    const prompt = promptTemplate('{x:text} {x} {y:part} {y.type}');
    const note = { type: 'text', text: 'Hello' } as const;
    expectTypeOf<Values<typeof prompt>['x']>().toExtend<TextValue>();
    expectTypeOf<Values<typeof prompt>['y']['type']>().toEqualTypeOf<UserPart['type']>();
    expect(prompt({ x: 'a', y: note })[0]?.content).toEqual([
      { type: 'text', text: 'a' },
      { type: 'text', text: 'a' },
      note,
      { type: 'text', text: 'text' },
    ]);
  });

  it('should refuse values that are missing, unknown or of another kind', () => {
    const prompt = promptTemplate('{genre} {book.title} {cover:image} {tags:list}');
    const values = { genre: 'a', book: { title: 'b' }, cover: url, tags: ['c'] };
    prompt(values);
    const refused = [
      // @ts-expect-error -- values are missing
      () => prompt(),
      // @ts-expect-error -- genre is missing
      () => prompt({ book: values.book, cover: url, tags: [] }),
      // @ts-expect-error -- gnre is unknown
      () => prompt({ ...values, gnre: 'a' }),
      // @ts-expect-error -- null is no text
      () => prompt({ ...values, genre: null }),
      // @ts-expect-error -- a list is for {genre:list}
      () => prompt({ ...values, genre: ['a'] }),
      // @ts-expect-error -- the title is missing
      () => prompt({ ...values, book: {} }),
      // @ts-expect-error -- a number is no image
      () => prompt({ ...values, cover: 5 }),
      // @ts-expect-error -- sound is no image
      () => prompt({ ...values, cover: { type: 'audio', url } }),
      // @ts-expect-error -- one text is no list
      () => prompt({ ...values, tags: 'c' }),
    ];
    for (const call of refused) expect(call).toThrow(StreamError);
  });

  it('should show what is wrong with a template', () => {
    type Parameter<Text extends string> = Parameters<typeof promptTemplate<Text>>[0];
    expectTypeOf<Parameter<'{x:image}'>>().toEqualTypeOf<'{x:image}'>();
    expectTypeOf<
      Parameter<'{x:imge}'>
    >().toEqualTypeOf<'{x:imge}: imge is none of list, lists, text(s), image(s), audio(s), document(s), part(s); write {{ and }} for braces'>();
    expectTypeOf<Parameter<'a { x'>>().toEqualTypeOf<'A { is not closed; write {{ for a brace'>();
    expectTypeOf<
      Parameter<'{"a": 1}'>
    >().toEqualTypeOf<'{"a": 1} is not a variable; write {name} or {name:word}, and {{ and }} for braces'>();
    expectTypeOf<
      Parameter<'{:image}'>
    >().toEqualTypeOf<'{:image}: write {name:image}, or {:cache_control}, with 5m or 1h after it or nothing'>();
    const refused = [
      // @ts-expect-error -- an unknown word
      () => promptTemplate('{x:imge}'),
      // @ts-expect-error -- what MESSAGES: stands for is not written so
      () => promptTemplate('{x:messages}'),
      // @ts-expect-error -- an unknown lifetime
      () => promptTemplate('a {:cache_control 2h}'),
      // @ts-expect-error -- nothing in braces
      () => promptTemplate('{}'),
      // @ts-expect-error -- white space in braces
      () => promptTemplate('{ x }'),
      // @ts-expect-error -- dots without names
      () => promptTemplate('{x..y}'),
      // @ts-expect-error -- not closed
      () => promptTemplate('{x} {'),
    ];
    for (const make of refused) expect(make).toThrow(TypeError);
  });

  it('should take a list of messages under MESSAGES:, and only there', () => {
    const templates = [
      promptTemplate('MESSAGES: {history}'),
      promptTemplate('MESSAGES:{history}\nUSER: a {{b}}'),
      promptTemplate('\n  USER: {{\n\t MESSAGES: \n\n  {history}\n'),
    ] as const;
    const history: readonly Message[] = [{ role: 'user', content: 'Hello' }];
    for (const prompt of templates) {
      expectTypeOf(prompt).toEqualTypeOf<ConversationTemplate<'history:messages'>>();
      expect(prompt({ history })).toContain(history[0]);
    }
    expectTypeOf<Values<Made<'MESSAGES: {history}'>>>().toEqualTypeOf<{
      readonly history: readonly Message[];
    }>();
    const texts = [
      promptTemplate('Say MESSAGES: {x}'),
      promptTemplate('{{ MESSAGES: {x}'),
      promptTemplate('XMESSAGES: {x}'),
      promptTemplate('MESSAGES {x}'),
    ] as const;
    for (const prompt of texts) {
      expectTypeOf(prompt).toEqualTypeOf<PromptTemplate<[values: { readonly x: TextValue }]>>();
      expect(prompt({ x: 'a' })[0]?.content).toContain('a');
    }
    const twice = promptTemplate('USER: {x} MESSAGES: {y}\nMESSAGES: {a.b}\nUSER: {z}');
    expectTypeOf(twice).toEqualTypeOf<ConversationTemplate<'x:' | 'y:' | 'a.b:messages' | 'z:'>>();
    expectTypeOf<Values<typeof twice>['a']>().toEqualTypeOf<{
      readonly b: readonly Message[];
    }>();
  });

  it('should take a provider’s own messages where that is said', () => {
    const { call } = caller(plainProvider());
    const chat = promptTemplate('MESSAGES: {history}\nUSER: {question}');
    const own: readonly PlainMessage[] = [{ role: 'robot', content: 1 }];

    const common = call('plain-1', chat);
    expectTypeOf(common).parameters.toEqualTypeOf<
      [values: { readonly history: readonly Message[]; readonly question: TextValue }]
    >();
    const ofPlain = call('plain-1', chat<PlainMessage>);
    expectTypeOf(ofPlain).parameters.toEqualTypeOf<
      [
        values: {
          readonly history: readonly (Message | PlainMessage)[];
          readonly question: TextValue;
        },
      ]
    >();

    const messages = chat({ history: own, question: 'Why?' });
    expectTypeOf(messages).toEqualTypeOf<readonly (Message | PlainMessage)[]>();
    expect(messages).toEqual([...own, { role: 'user', content: 'Why?' }]);
    // @ts-expect-error -- another provider's
    call('plain-1', chat<{ readonly parts: readonly string[] }>);
  });

  it('should be loose where the text is not known to the letter', () => {
    const text = ['{genre}'].join();
    expectTypeOf(promptTemplate(text)).toEqualTypeOf<PromptTemplate<[values?: TemplateValues]>>();
    expectTypeOf(promptTemplate(`${text} by {author}`)).toEqualTypeOf<
      PromptTemplate<[values?: TemplateValues]>
    >();
    expect(promptTemplate(`${text} by {author}`)({ genre: 'a', author: 'b' })).toEqual([
      { role: 'user', content: 'a by b' },
    ]);
    expect(() => promptTemplate(text)()).toThrow(/no value for genre/);
  });

  it('should keep variables that two literals share', () => {
    const german = Date.now() < 0;
    const prompt = promptTemplate(german ? 'Empfiehl {genre}' : 'Recommend {genre}');
    expectTypeOf<Values<typeof prompt>>().toEqualTypeOf<{ readonly genre: TextValue }>();
    expect(prompt({ genre: 'fantasy' })).toEqual([{ role: 'user', content: 'Recommend fantasy' }]);
  });

  it('should be loose where there are too many braces for the compiler', () => {
    type Ten<T extends string> = `${T}${T}${T}${T}${T}${T}${T}${T}${T}${T}`;
    type Fifty = `${Ten<'{x} '>}${Ten<'{{ '>}${Ten<'{y.z} '>}${Ten<'}} {{ '>}${Ten<'{x} '>}`;
    type Many = Ten<Fifty>;
    expectTypeOf<Values<Made<`${Ten<'{x} '>}{{`>>>().toEqualTypeOf<{ readonly x: TextValue }>();
    expectTypeOf<Made<Many>>().toEqualTypeOf<PromptTemplate<[values?: TemplateValues]>>();
  });
});
