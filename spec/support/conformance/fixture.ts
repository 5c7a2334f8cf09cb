import { it } from '@jest/globals';
import type { Answer } from '../loopback-server.ts';
import type { Caller, CommonCallOptions, ResponseSchema, ToolDefinition, Wire } from 'rx-llm';

/** One thing a model does in an answer, in no provider's terms. */
export type Act =
  | { readonly text: string }
  | { readonly thinking: string }
  | { readonly refusal: string }
  /** A tool call in one piece. */
  | { readonly call: ToolCallAct }
  /** Several tool calls in one event. */
  | { readonly calls: readonly ToolCallAct[] }
  /** The beginning of a tool call, without arguments. */
  | { readonly callStart: Omit<ToolCallAct, 'arguments'> }
  /** A piece of the arguments of a call that has begun. */
  | { readonly callPiece: { readonly index: number; readonly arguments: string } }
  | { readonly finish: 'stop' | 'length' | 'tool_calls' | 'content_filter' }
  | { readonly usage: UsageAct };

/** A tool call, whole. */
export interface ToolCallAct {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** Token counts, as common terms define them. */
export interface UsageAct {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly reasoning?: number;
}

/** One event of an answer as the provider's server would write it. */
export interface WireEvent {
  readonly bytes: Uint8Array;
  /** The text it adds to the answer. */
  readonly text: string;
  /** Whether a reader of this event and those before knows that the provider has finished. */
  readonly evidence: boolean;
}

/** The options the suite varies. */
export type SuiteOptions<
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
  Schema extends ResponseSchema = never,
  Partials extends boolean = false,
> = Omit<CommonCallOptions<Tools, Schema, Partials>, 'model'> & { readonly model?: string };

/** What a provider tells the conformance suite about itself. */
export interface ProviderFixture<W extends Wire> {
  readonly name: string;
  /** The key its client is given, which must never show. */
  readonly key: string;
  readonly caller: Caller<W>;
  /** Sends its calls to a server at `url`. */
  connection(url: string): W['connection'];
  /** Headers of a streaming answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Writes an answer, event by event, without the terminator. An act may take several events. */
  write(acts: readonly Act[]): readonly WireEvent[];
  /** What ends a stream on the wire, `''` where nothing does. */
  readonly terminator: string;
  /** Keep-alives and comments that are not events, `''` where the wire has none. */
  readonly keepAlive: string;
  /** An event that breaks the wire's format. */
  readonly garbage: Uint8Array | string;
  /** An error inside a stream, with this message. */
  writeError(message: string): Uint8Array | string;
  /** An answer that refuses a request, with this message. */
  refuse(status: number, message: string): Answer;
  /** The class the SDK throws for an HTTP error. */
  readonly sdkError: abstract new (...args: never[]) => Error;
  /** Text of the user's message in a request this provider received. */
  promptIn(body: unknown): string;
  /** Cases that do not apply, by title, each with its reason. */
  readonly skip: Readonly<Record<string, string>>;
}

/** A case of the suite, with a timeout in ms where it takes its time: `it`, or a skipped `it` whose title says why it does not apply to the provider. */
export const caseOf =
  <W extends Wire>({ skip }: ProviderFixture<W>) =>
  (title: string, run: () => Promise<unknown>, timeout?: number): void => {
    const reason = skip[title];
    if (reason === undefined)
      it(
        title,
        async () => {
          await run();
        },
        timeout,
      );
    else it.skip(`${title} (skipped: ${reason})`, () => undefined);
  };
