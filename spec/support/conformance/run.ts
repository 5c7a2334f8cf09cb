import type { Observable } from 'rxjs';
import type { StreamTuple, ToolDefinition, Wire } from 'rx-llm';
import { loopbackServer, type Answer, type LoopbackServer, type Step } from '../loopback-server.ts';
import type { Act, ProviderFixture, SuiteOptions } from './fixture.ts';

/** An answer that arrives whole and ends properly. */
export function wholeAnswer<W extends Wire>(
  fixture: ProviderFixture<W>,
  acts: readonly Act[],
): Answer {
  const events = fixture.write(acts).map(({ bytes }) => bytes);
  return answerOf(fixture, [{ send: events.join('') + fixture.terminator }]);
}

/** An answer of these steps, labelled as the provider labels its streams. */
export const answerOf = <W extends Wire>(
  { headers }: ProviderFixture<W>,
  steps: readonly Step[],
): Answer => ({ headers, steps });

/** Runs something against a server that answers so, and closes the server afterwards. */
export async function withServer<T>(
  answer: Parameters<typeof loopbackServer>[0],
  run: (server: LoopbackServer) => Promise<T>,
): Promise<T> {
  const server = await loopbackServer(answer);
  try {
    return await run(server);
  } finally {
    await server.close();
  }
}

/** A stream from a server, of a prompt that does not matter. */
export const streamFrom = <
  W extends Wire,
  const Tools extends readonly ToolDefinition[] = readonly [],
>(
  fixture: ProviderFixture<W>,
  { url }: LoopbackServer,
  options: SuiteOptions<Tools> = {},
): Observable<StreamTuple<W, Tools[number]>> => fixture.call(url, options, () => 'Hello there')();

/** A short answer with usage, as most cases need it. */
export const shortAnswer: readonly Act[] = [
  { text: 'Hel' },
  { text: 'lo, ' },
  { text: 'wörld 😊' },
  { finish: 'stop' },
  { usage: { input: 9, output: 4, cached: 2, reasoning: 1 } },
];

/** Its text. */
export const shortText = 'Hello, wörld 😊';

/** The text of some tuples. */
export const textOf = <W extends Wire>(tuples: readonly StreamTuple<W>[]): string =>
  tuples.map(([chunk]) => chunk.content).join('');
