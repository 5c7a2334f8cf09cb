import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  catchError,
  combineLatest,
  forkJoin,
  map,
  merge,
  of,
  race,
  switchMap,
  type Observable,
} from 'rxjs';
import {
  promptTemplate,
  tool,
  type CallResponse,
  type DeepPartial,
  type StreamTuple,
  type Tool,
  type ToolDefinition,
  type Wire,
} from 'rx-llm';
import { anthropic, type AnthropicWire } from 'rx-llm/anthropic';
import { google, type GoogleWire } from 'rx-llm/google';
import { openai, type OpenAIWire } from 'rx-llm/openai';
import {
  accumulate,
  continueOnLength,
  elements,
  parts,
  runTools,
  structured,
  takeUntilContains,
  takeUntilCost,
  textDeltas,
  toCallResponse,
  tools,
  type StreamedPart,
} from 'rx-llm/operators';
import { contents, scriptedProvider } from 'rx-llm/testing';
import { z } from 'zod';
import { outcomeOf } from './support/outcome.ts';

const weather = tool({
  name: 'weather',
  parameters: z.object({ city: z.string(), unit: z.enum(['C', 'F']).default('C') }),
  execute: ({ city }) => ({ city, degrees: 4 }),
});
const Book = z.object({ title: z.string(), year: z.string().transform(Number) });

/** Calls of three providers; nothing is sent before they are subscribed to. */
const summarize = openai.call('gpt-4o-mini', (text: string) => `Summarize ${text}`);
const translate = anthropic.call(
  'claude-sonnet-4-5',
  promptTemplate('Translate into {language}: {text}'),
);
const extract = google.call(
  { model: 'gemini-2.5-flash', responseModel: Book, tools: [weather] },
  (text: string, hint?: string) => `${text} ${hint}`,
);

describe('chains', () => {
  it('should be typed from the first call to the last, across providers', () => {
    const chain = summarize('it').pipe(
      toCallResponse(),
      switchMap(({ content, response }) => {
        expectTypeOf(response.choices[0]?.finish_reason).not.toBeAny();
        return translate({ language: 'French', text: content });
      }),
      toCallResponse(),
      switchMap(({ content, response }) => {
        expectTypeOf(response.stop_reason).not.toBeAny();
        return extract(content);
      }),
      structured(),
    );
    void chain.pipe(
      map((book) => {
        if (!book.done) {
          expectTypeOf(book.partial).toEqualTypeOf<DeepPartial<z.input<typeof Book>>>();
          return null;
        }
        expectTypeOf(book.value).toEqualTypeOf<{ title: string; year: number }>();
        expectTypeOf(book.response).toEqualTypeOf<CallResponse<GoogleWire, typeof weather>>();
        return book.value.title;
      }),
    );
    expect(chain).toBeDefined();
  });

  it('should be typed side by side', () => {
    const both = forkJoin({
      summary: summarize('a').pipe(toCallResponse()),
      french: translate({ language: 'French', text: 'b' }).pipe(toCallResponse()),
    });
    expectTypeOf(both).toEqualTypeOf<
      Observable<{
        summary: CallResponse<OpenAIWire, never>;
        french: CallResponse<AnthropicWire, never>;
      }>
    >();
    const latest = combineLatest([
      summarize('a').pipe(accumulate()),
      extract('b').pipe(accumulate()),
    ]);
    expectTypeOf(latest).toEqualTypeOf<
      Observable<[CallResponse<OpenAIWire, never>, CallResponse<GoogleWire, typeof weather>]>
    >();
    const texts = merge(summarize('a').pipe(textDeltas()), extract('b').pipe(textDeltas()));
    expectTypeOf(texts).toEqualTypeOf<Observable<string>>();
  });

  it('should be typed as one or the other where one provider takes the place of another', () => {
    const asClaude = extract.with(anthropic, 'claude-sonnet-4-5');
    type Either =
      CallResponse<GoogleWire, typeof weather> | CallResponse<AnthropicWire, typeof weather>;
    const instead = extract('a').pipe(
      catchError(() => asClaude('a')),
      takeUntilContains('END'),
    );
    expectTypeOf(instead.pipe(toCallResponse())).toEqualTypeOf<Observable<Either>>();
    expectTypeOf(race(extract('a'), asClaude('a')).pipe(accumulate())).toEqualTypeOf<
      Observable<Either>
    >();
    expectTypeOf(
      merge(extract('a'), asClaude('a')).pipe(takeUntilCost(1), accumulate()),
    ).toEqualTypeOf<Observable<Either>>();
    // @ts-expect-error a text is no tuple
    void of('a').pipe(accumulate());
  });

  it('should keep the types of a generic stream', () => {
    const responses = <W extends Wire, D extends ToolDefinition>(
      stream: Observable<StreamTuple<W, D>>,
    ): Observable<CallResponse<W, D>> => stream.pipe(accumulate());
    expectTypeOf(responses(summarize('a'))).toEqualTypeOf<
      Observable<CallResponse<OpenAIWire, never>>
    >();
  });

  it('should keep the types of a stream through the operators that pass tuples on', () => {
    const stream = extract('b').pipe(
      takeUntilContains('END'),
      continueOnLength(),
      runTools(),
      takeUntilCost(1, { onUnknown: 'ignore' }),
    );
    expectTypeOf(stream).toEqualTypeOf<ReturnType<typeof extract>>();
    expectTypeOf(stream.pipe(tools())).toEqualTypeOf<
      Observable<Tool<typeof weather, GoogleWire>>
    >();
    expectTypeOf(stream.pipe(parts())).toEqualTypeOf<
      Observable<StreamedPart<GoogleWire, typeof weather>>
    >();
    expectTypeOf(stream.pipe(elements(Book))).toEqualTypeOf<
      Observable<{ title: string; year: number }>
    >();
  });

  it('should keep the types where a user names the tuple', () => {
    type Weathered = StreamTuple<GoogleWire, typeof weather>;
    const named = (): Observable<Weathered> => extract('b');
    expectTypeOf(named().pipe(toCallResponse())).toEqualTypeOf<
      Observable<CallResponse<GoogleWire, typeof weather>>
    >();
    expectTypeOf(named().pipe(tools())).toEqualTypeOf<
      Observable<Tool<typeof weather, GoogleWire>>
    >();
  });

  it('should be typed as the provider that a call goes to', () => {
    const asClaude = extract.with(anthropic, 'claude-sonnet-4-5');
    expectTypeOf(asClaude).parameters.toEqualTypeOf<[text: string, hint?: string | undefined]>();
    expectTypeOf(asClaude('b').pipe(toCallResponse())).toEqualTypeOf<
      Observable<CallResponse<AnthropicWire, typeof weather>>
    >();
    const wrong = (): void => {
      // @ts-expect-error OpenAI's parameter
      extract.with(anthropic, { model: 'claude-sonnet-4-5', callParams: { logprobs: true } });
      // @ts-expect-error a template's variable is missing
      void translate({ language: 'French' });
      // @ts-expect-error there is no such variable
      void translate({ language: 'French', text: 'b', tone: 'kind' });
    };
    expect(wrong).not.toThrow();
  });

  it('should run', async () => {
    const llm = scriptedProvider(({ messages }) => {
      const content = messages[0]?.content;
      return typeof content === 'string' && content.startsWith('Summarize') ? 'Short.' : 'Court.';
    });
    const short = llm.call('m', (text: string) => `Summarize ${text}`);
    const french = llm.call('m', promptTemplate('Translate into {language}: {text}'));
    const chain = short('it').pipe(
      toCallResponse(),
      switchMap(({ content }) => french({ language: 'French', text: content })),
    );
    expect((await outcomeOf(chain.pipe(toCallResponse(), contents()))).values).toEqual(['Court.']);
    const live = of('a', 'b').pipe(
      switchMap((text) => short(text).pipe(accumulate())),
      contents(),
    );
    expect((await outcomeOf(live)).values.at(-1)).toBe('Short.');
    expect(llm.requests.map(({ state }) => state)).toEqual([
      'finished',
      'finished',
      'unsubscribed',
      'finished',
    ]);
  });
});
