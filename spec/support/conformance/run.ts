import type { Observable } from 'rxjs';
import type {
  Call,
  IsCommon,
  Prompt,
  PromptContent,
  PromptTools,
  ResponseModelOf,
  ResponseSchema,
  StreamTuple,
  ToolDefinition,
  Wire,
} from 'rx-llm';
import { loopbackServer, type Answer, type LoopbackServer, type Step } from '../loopback-server.ts';
import type { Act, ProviderFixture, SuiteOptions, WireEvent } from './fixture.ts';

/** Several pieces as one. */
export const joined = (...pieces: readonly (Uint8Array | string)[]): Uint8Array =>
  Buffer.concat(pieces.map((piece) => Buffer.from(piece)));

/** An answer as the provider writes it, and any beginning of it. */
export interface Written {
  readonly events: readonly WireEvent[];
  /** All of it, terminator included. */
  readonly whole: Uint8Array;
  /** The first `count` events. */
  upTo(count: number): Uint8Array;
  /** The text of the first `count` events. */
  textUpTo(count: number): string;
  /** How many events it takes until a reader knows that the provider has finished. */
  readonly untilEvidence: number;
  /** How many events it takes until the first text is there. */
  readonly untilText: number;
}

/** Writes an answer. */
export function written<W extends Wire>(
  fixture: ProviderFixture<W>,
  acts: readonly Act[],
): Written {
  const events = fixture.write(acts);
  const upTo = (count: number): Uint8Array =>
    joined(...events.slice(0, count).map(({ bytes }) => bytes));
  return {
    events,
    whole: joined(upTo(events.length), fixture.terminator),
    upTo,
    textUpTo: (count) =>
      events
        .slice(0, count)
        .map(({ text }) => text)
        .join(''),
    untilEvidence: events.findIndex(({ evidence }) => evidence) + 1,
    untilText: events.findIndex(({ text }) => text !== '') + 1,
  };
}

/** An answer that arrives whole and ends properly. */
export const wholeAnswer = <W extends Wire>(
  fixture: ProviderFixture<W>,
  acts: readonly Act[],
): Answer => answerOf(fixture, [{ send: written(fixture, acts).whole }]);

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

/** A call that is sent to a server at `url`. */
export const callTo = <
  W extends Wire,
  Args extends readonly unknown[],
  Content extends PromptContent<W>,
  const Tools extends readonly ToolDefinition[] = readonly [],
  Schema extends ResponseSchema = never,
  Partials extends boolean = false,
>(
  { caller, connection }: ProviderFixture<W>,
  url: string,
  options: SuiteOptions<Tools, Schema, Partials>,
  prompt: Prompt<Args, W, Content>,
): Call<
  Args,
  W,
  Tools[number] | PromptTools<Content>,
  ResponseModelOf<Schema>,
  Partials,
  IsCommon<Content>
> => {
  const settings = { model: 'test-model', ...connection(url), ...options };
  return caller.call(settings, prompt);
};

/** A stream from a server, of a prompt that does not matter. */
export const streamFrom = <
  W extends Wire,
  const Tools extends readonly ToolDefinition[] = readonly [],
  Schema extends ResponseSchema = never,
  Partials extends boolean = false,
>(
  fixture: ProviderFixture<W>,
  { url }: LoopbackServer,
  options: SuiteOptions<Tools, Schema, Partials> = {},
): Observable<StreamTuple<W, Tools[number], ResponseModelOf<Schema>, Partials>> =>
  callTo(fixture, url, options, () => 'Hello there')();

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
