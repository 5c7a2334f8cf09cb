import { describe, expect } from '@jest/globals';
import { responseModel, type ResponseMode, type Wire } from 'rx-llm';
import { elements, structured, toCallResponse } from 'rx-llm/operators';
import { lastValueFrom } from 'rxjs';
import { z } from 'zod';
import { outcomeOf } from '../outcome.ts';
import { caseOf, type Act, type ProviderFixture } from './fixture.ts';
import { callTo, streamFrom, wholeAnswer, withServer } from './run.ts';

const Book = z.object({ title: z.string(), pages: z.number() });
const json = '{"title":"Dune","pages":412}';

/** A text in pieces, and the end of the answer. */
const said = (...pieces: readonly string[]): readonly Act[] => [
  ...pieces.map((text) => ({ text })),
  { finish: 'stop' },
];

/** The arguments of the tool that stands for the answer, and the end of it. */
const answered = (...pieces: readonly string[]): readonly Act[] => [
  { callStart: { index: 0, id: 'call_1', name: 'book' } },
  ...pieces.map((text) => ({ callPiece: { index: 0, arguments: text } })),
  { finish: 'tool_calls' },
];

/** Answers of a shape, in every mode that the provider has. */
export function describeShapes<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const { provider } = fixture.caller;
  const offered = provider.responseModes?.({ model: 'test-model', tools: [] }) ?? [];
  const best = offered[0] ?? 'text';
  const modes = new Set<ResponseMode>([...offered, 'text']);
  const modelIn = (mode: ResponseMode) => responseModel(Book, { name: 'book', mode });
  const answerIn = (mode: ResponseMode): readonly Act[] => {
    const pieces = ['{"title":"Du', 'ne","pages":4', '12}'];
    if (mode === 'tool') return answered(...pieces);
    return mode === 'text' ? said('Here:\n```json\n', ...pieces, '\n```\nEnjoy!') : said(...pieces);
  };

  describe('answers in the shape of a schema', () => {
    for (const mode of modes) {
      it(`should give the value, partial and whole, in mode ${mode}`, () =>
        withServer(wholeAnswer(fixture, answerIn(mode)), async (server) => {
          const options = { responseModel: modelIn(mode) };
          const { values, error } = await outcomeOf(
            streamFrom(fixture, server, options).pipe(structured()),
          );
          expect(error).toBeNull();
          const last = values.at(-1)!;
          expect(last).toMatchObject({ done: true, value: JSON.parse(json) as unknown });
          const partials = values.flatMap((each) => (each.done ? [] : [each.partial]));
          expect(partials.at(-1)).toEqual(JSON.parse(json));
          for (const { title } of partials) expect('Dune').toContain(title ?? '');
          // Wherever a provider puts it: the model is told of the schema.
          expect(JSON.stringify(server.requests[0]!.body)).toContain('pages');
        }));

      it(`should leave a history that can go on, in mode ${mode}`, () =>
        withServer(wholeAnswer(fixture, answerIn(mode)), async (server) => {
          const response = await lastValueFrom(
            streamFrom(fixture, server, { responseModel: modelIn(mode) }).pipe(toCallResponse()),
          );
          expect(response.tools).toEqual([]);
          expect(response.commonFinishReasons).toEqual(['stop']);
          expect(response.content).toContain(json);
          const history = [...response.messages, response.messageParam];
          await outcomeOf(callTo(fixture, server.url, {}, () => history)());
          const sent = JSON.stringify(server.requests[1]!.body);
          expect(sent).toContain('Dune');
          // A call of a tool that is no more offered, and that nobody has answered.
          expect(sent).not.toContain('call_1');
        }));
    }

    it('should choose the best mode itself', () =>
      withServer(wholeAnswer(fixture, answerIn(best)), async (server) => {
        const model = responseModel(Book, { name: 'book' });
        const stream = streamFrom(fixture, server, { responseModel: model });
        const { values } = await outcomeOf(stream);
        expect(values[0]![0].call.shape?.mode).toBe(best);
      }));

    it('should hand on the elements of a list', () => {
      const list = ['{"value":[{"title":"Dune","pages":1},', '{"title":"Ubik","pages":2}]}'];
      const acts = best === 'tool' ? answered(...list) : said(...list);
      return withServer(wholeAnswer(fixture, acts), async (server) => {
        const model = responseModel(z.array(Book), { name: 'book' });
        const { values, completed } = await outcomeOf(
          streamFrom(fixture, server, { responseModel: model }).pipe(elements(Book)),
        );
        expect(completed).toBe(true);
        expect(values).toEqual([
          { title: 'Dune', pages: 1 },
          { title: 'Ubik', pages: 2 },
        ]);
      });
    });

    it('should ask for JSON without a schema', () =>
      withServer(wholeAnswer(fixture, said(json)), async (server) => {
        const { values } = await outcomeOf(
          streamFrom(fixture, server, { jsonMode: true }).pipe(structured()),
        );
        expect(values.at(-1)).toMatchObject({ done: true, value: JSON.parse(json) as unknown });
        expect(JSON.stringify(server.requests[0]!.body)).toContain('JSON');
      }));
  });
}
