import { describe, expect } from '@jest/globals';
import { lastValueFrom } from 'rxjs';
import { promptTemplate, tool, type Prices, type Wire } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { scriptedProvider } from 'rx-llm/testing';
import { z } from 'zod';
import { outcomeOf } from '../outcome.ts';
import { caseOf, type ProviderFixture } from './fixture.ts';
import { callTo, shortAnswer, shortText, streamFrom, wholeAnswer, withServer } from './run.ts';

const weather = tool({
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: z.object({ city: z.string().meta({ examples: ['Oslo on a Sunday'] }) }),
});

/** What a call is told in common terms reaches every provider. */
export function describeOptions<W extends Wire>(fixture: ProviderFixture<W>): void {
  const it = caseOf(fixture);
  const answer = wholeAnswer(fixture, shortAnswer);

  describe('understands common terms', () => {
    it('should send common parameters, and none that are undefined', () =>
      withServer(answer, async (server) => {
        const commonParams = { maxTokens: 77, stop: ['STOP!'], seed: undefined };
        const { error } = await outcomeOf(streamFrom(fixture, server, { commonParams }));
        expect(error).toBeNull();
        const sent = JSON.stringify(server.requests[0]!.body);
        for (const value of ['77', '"STOP!"']) expect(sent).toContain(value);
        expect(sent).not.toContain('seed');
        expect(sent).not.toContain('commonParams');
      }));

    it('should be asked by a call that was made for another provider', () =>
      withServer(answer, async (server) => {
        const ask = scriptedProvider('Never.').call(
          { model: 'scripted-model', tools: [weather], commonParams: { maxTokens: 77 } },
          (city: string) => `Weather in ${city}?`,
        );
        const options = { model: 'test-model', ...fixture.connection(server.url) };
        const asked = ask.with(fixture.caller, options);
        const response = await lastValueFrom(asked('Oslo').pipe(toCallResponse()));
        expect(response).toMatchObject({ provider: fixture.name, content: shortText });
        const { body } = server.requests[0]!;
        expect(fixture.promptIn(body)).toBe('Weather in Oslo?');
        for (const part of ['get_weather', 'Weather of a city', '77']) {
          expect(JSON.stringify(body)).toContain(part);
        }
      }));

    it('should send the examples of a schema along', () =>
      withServer(answer, async (server) => {
        await outcomeOf(streamFrom(fixture, server, { tools: [weather] }));
        expect(JSON.stringify(server.requests[0]!.body)).toContain('Oslo on a Sunday');
      }));

    it('should take a prompt made of a template', () =>
      withServer(answer, async (server) => {
        const prompt = promptTemplate(`
          SYSTEM: You are a {kind} librarian.
          MESSAGES: {history}
          USER: Recommend a {genre} book
        `);
        const history = [
          { role: 'user', content: 'Hello you' },
          { role: 'assistant', content: 'Hello yourself' },
        ] as const;
        const ask = callTo(fixture, server.url, {}, prompt);
        const { values, error } = await outcomeOf(
          ask({ kind: 'grumpy', genre: 'fantasy', history }),
        );
        expect(error).toBeNull();
        const sent = JSON.stringify(server.requests[0]!.body);
        const parts = ['a grumpy librarian', 'Hello you', 'Hello yourself', 'a fantasy book'];
        for (const part of parts) expect(sent).toContain(part);
        expect(values[0]![0].call.promptTemplate).toContain('{genre}');
      }));

    it('should take settings of the prompt for that call', () =>
      withServer(answer, async (server) => {
        const ask = callTo(
          fixture,
          server.url,
          { commonParams: { maxTokens: 77 } },
          (hot: boolean) => ({
            messages: 'Hello',
            ...(hot && { commonParams: { maxTokens: 99 }, metadata: { hot } }),
          }),
        );
        await outcomeOf(ask(true));
        await outcomeOf(ask(false));
        const [hot, cold] = server.requests.map(({ body }) => JSON.stringify(body));
        expect([hot!.includes('99'), cold!.includes('99')]).toEqual([true, false]);
        expect(cold).toContain('77');
      }));

    it('should give the usage to the price list', () =>
      withServer(answer, async (server) => {
        const prices = ({ provider, model, usage }: Parameters<Prices>[0]) => ({
          total: usage.inputTokens ?? 0,
          input: 0,
          output: 0,
          currency: 'USD',
          provider,
          model,
          source: 'spec',
          pricesDate: null,
        });
        const response = await lastValueFrom(
          streamFrom(fixture, server, { prices }).pipe(toCallResponse()),
        );
        expect(response.cost).toBe(9);
        expect(response.costMetadata).toMatchObject({ provider: fixture.name });
      }));
  });
}
