import type { CallResponse } from './call-response.ts';
import type { Issue } from './schema.ts';

/**
 * What went wrong, as a literal to switch on.
 *
 * - `truncated`: the stream stopped before the provider said it had finished
 * - `connection`: the network failed: refused, reset, unknown host
 * - `timeout`: nothing came in time
 * - `rate-limit`: too many requests or tokens
 * - `quota`: the account has nothing left; waiting does not help
 * - `overloaded`: the provider has no capacity at the moment
 * - `server`: the provider failed
 * - `authentication`: the key is missing or not accepted
 * - `permission`: the key may not do this
 * - `not-found`: no such model or endpoint
 * - `invalid-request`: the provider refuses the request as it stands
 * - `invalid-response`: what came is not what the protocol allows: a web page, broken JSON
 * - `provider`: the provider reported a failure that fits none of the above
 * - `prompt`: the prompt function threw, rejected or gave nothing
 * - `unsupported`: the provider cannot take this kind of message part or option
 * - `unknown-tool`: the model called a tool that was not declared
 * - `invalid-tool-arguments`: a tool's arguments are cut off, are not JSON or fail its schema
 * - `tool-execution`: a tool cannot be run
 * - `invalid-output`: the answer is not what was asked for: no JSON, cut off, or against the schema
 * - `refusal`: the model refused to answer
 * - `unknown-cost`: what calls cost cannot be known, so it cannot be limited
 * - `step-limit`: the model went on calling tools for more steps than were allowed
 * - `missing-sdk`: the provider's SDK is not installed
 * - `aborted`: the caller's own signal ended the call; or who was reading a stream left, and more was asked of it
 * - `empty`: the stream ended without a single chunk, or without the audio asked for
 * - `operator`: an operator or callback in the pipe threw
 */
export type ErrorCode =
  | 'truncated'
  | 'connection'
  | 'timeout'
  | 'rate-limit'
  | 'quota'
  | 'overloaded'
  | 'server'
  | 'authentication'
  | 'permission'
  | 'not-found'
  | 'invalid-request'
  | 'invalid-response'
  | 'provider'
  | 'prompt'
  | 'unsupported'
  | 'unknown-tool'
  | 'invalid-tool-arguments'
  | 'tool-execution'
  | 'invalid-output'
  | 'refusal'
  | 'unknown-cost'
  | 'step-limit'
  | 'missing-sdk'
  | 'aborted'
  | 'empty'
  | 'operator';

/** An answer that is not what was asked for. */
export interface InvalidOutput {
  /** The answer's text. */
  readonly text: string;
  /** What of it could be read, not validated; `undefined` when nothing could. */
  readonly value: unknown;
  /** What is wrong with it, and where. */
  readonly issues: readonly Issue[];
}

/** What is known of a failure, without the failure itself. */
export interface ErrorFacts {
  readonly code: ErrorCode;
  /** What happened, in the provider's words where it said something. */
  readonly message: string;
  /** HTTP status, `null` where there was none. */
  readonly status?: number | null;
  /** The provider's own code or type for it, such as `model_not_found`. */
  readonly providerCode?: string | null;
  /** The id to quote to the provider's support. */
  readonly requestId?: string | null;
  /** How long the provider asks to wait, in ms. */
  readonly retryAfter?: number | null;
  /** Whether the same request may succeed later. Default: by `code`. */
  readonly retryable?: boolean;
  /** Whether `message` is made here alone and quotes nobody. Default `false`. */
  readonly ownWords?: boolean;
}

const retryableCodes: ReadonlySet<ErrorCode> = new Set([
  'truncated',
  'connection',
  'timeout',
  'rate-limit',
  'overloaded',
  'server',
]);

/** What to do about it, where there is something a caller can do. */
const advice: Partial<Record<ErrorCode, string>> = {
  truncated: 'Retry, or use what arrived: error.partial.',
  connection: 'Check the network and the base URL.',
  timeout: 'Retry, or allow more time.',
  'rate-limit': 'Retry later.',
  quota: "Check the account's plan and billing.",
  overloaded: 'Retry later.',
  server: 'Retry later.',
  authentication: 'Check the API key.',
  permission: 'Check what the API key may do.',
  'not-found': 'Check the model name and the base URL.',
  'invalid-response': 'Check that the base URL points at the API.',
};

/**
 * Everything that fails on the way of a stream arrives as this one error, through the `error`
 * notification. Never holds a key, a header or a prompt in its message.
 *
 * @example
 * ```ts
 * ask('Oslo').pipe(
 *   retry({ count: 2, delay: (error) => (error.retryable ? timer(error.retryAfter ?? 500) : EMPTY) }),
 *   catchError((error: StreamError) => of(error.partial?.content ?? error.message)),
 * );
 * ```
 */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  /** What went wrong, as a literal to switch on. */
  readonly code: ErrorCode;
  /** Name of the provider, `null` when none was involved. */
  readonly provider: string | null;
  /** What happened, in the provider's words where it said something. */
  readonly detail: string;
  /** HTTP status, `null` where there was none. */
  readonly status: number | null;
  /** The provider's own code or type for it, such as `model_not_found`. */
  readonly providerCode: string | null;
  /** The id to quote to the provider's support. */
  readonly requestId: string | null;
  /** How long the provider asks to wait, in ms. */
  readonly retryAfter: number | null;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /**
   * What had arrived before the failure, marked `interrupted` unless the call itself had finished; `null` when nothing had. Not
   * enumerable: it holds the conversation, which has no business in a log.
   */
  declare readonly partial: CallResponse | null;
  /**
   * The answer that is not what was asked for, with codes `invalid-output` and `refusal`; `null`
   * otherwise. Not enumerable, like `partial`.
   */
  declare readonly output: InvalidOutput | null;

  constructor(
    provider: string | null,
    facts: ErrorFacts,
    options: {
      readonly cause?: unknown;
      readonly partial?: CallResponse | null;
      readonly output?: InvalidOutput | null;
    } = {},
  ) {
    super(
      describe(provider, facts),
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = facts.code;
    this.provider = provider;
    this.detail = facts.message;
    this.status = facts.status ?? null;
    this.providerCode = facts.providerCode ?? null;
    this.requestId = facts.requestId ?? null;
    this.retryAfter = facts.retryAfter ?? null;
    this.retryable = facts.retryable ?? retryableCodes.has(facts.code);
    Object.defineProperties(this, {
      partial: { value: options.partial ?? null },
      output: { value: options.output ?? null },
      [nodeInspect]: { value: print },
    });
  }
}

/** Node's hook for printing a value; a registered symbol, so nothing of Node is imported. */
const nodeInspect: symbol = Symbol.for('nodejs.util.inspect.custom');

/**
 * What Node prints of the error: everything but the insides of the cause, which is the SDK's own error
 * and may hold headers and a key. `error.cause` has it in full.
 */
function print(
  this: StreamError,
  _depth: number,
  options: object,
  inspect: (value: unknown, options: object) => string,
): string {
  const { name: _name, ...facts } = this;
  const cause = this.cause instanceof Error ? this.cause.constructor.name : undefined;
  return `${this.stack ?? this.message} ${inspect({ ...facts, ...(cause && { cause }) }, options)}`;
}

function describe(
  provider: string | null,
  { code, status, message, retryAfter, retryable }: ErrorFacts,
): string {
  const where = `[${provider ?? 'rx-llm'}]`;
  const what = [status, message].filter((part) => part !== null && part !== undefined).join(' ');
  const sentence = /[.!?]$/.test(what) ? what : `${what}.`;
  const mayRetry = retryable ?? retryableCodes.has(code);
  const wait =
    mayRetry && retryAfter ? `Retry in ${Math.ceil(retryAfter / 1000)} s.` : advice[code];
  return [where, sentence, wait].filter(Boolean).join(' ');
}

/** The error of a stream that stopped without evidence that the provider had finished. */
export const truncated = (provider: string): StreamError =>
  new StreamError(provider, {
    code: 'truncated',
    message: 'The stream ended before the provider had finished',
  });

/** The same error with what had arrived before it. */
export const withPartial = (error: StreamError, partial: CallResponse | null): StreamError =>
  new StreamError(
    error.provider,
    { ...error, message: error.detail },
    { cause: error.cause, partial, output: error.output },
  );
