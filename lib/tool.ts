import type { StandardSchemaV1 } from '@standard-schema/spec';
import { defer, Observable, tap, throwError } from 'rxjs';
import type { CacheControl } from './message.ts';
import { observableOf, type Eventual } from './observable-of.ts';
import { StreamError } from './stream-error.ts';
import { compileSchema } from './compile-schema.ts';
import {
  printIssue,
  type Issue,
  type JsonSchema,
  type JsonSchemaValidator,
  type StandardSchema,
  type Validation,
} from './schema.ts';
import { idOf, type ToolCall } from './tool-call.ts';
import type { Wire } from './wire.ts';

/** What a tool's `execute` is told besides its arguments. */
export interface ToolContext {
  /** Id of the call. */
  readonly id: string;
  /** Aborted when whoever waits for the result unsubscribes. */
  readonly signal: AbortSignal;
}

/** A tool a model may call, as made by {@link tool}. */
export interface ToolDefinition<
  Name extends string = string,
  Args = unknown,
  Output = unknown,
  Input = unknown,
> {
  readonly name: Name;
  readonly description: string | null;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonSchema;
  /** Whether the provider is asked to follow the schema to the letter; `null` leaves it to the provider. */
  readonly strict: boolean | null;
  /** Marks the end of what is worth caching: this tool and those before it. */
  readonly cacheControl?: CacheControl;
  /** Holds arguments against the schema. */
  validate(args: unknown): Validation<Args>;
  /** Runs the tool, if it can be run here. */
  execute?(args: Args, context: ToolContext): Eventual<Output>;
  /** In the type system only: the arguments as the model writes them, before the schema converts them. */
  readonly types?: { readonly input: Input };
}

interface ToolOptions<Name extends string> {
  /** Name the model calls it by. */
  readonly name: Name;
  /** What it does and when to use it, for the model to read. */
  readonly description?: string;
  /** Ask the provider to follow the schema to the letter. Default: the provider's own. */
  readonly strict?: boolean;
  /**
   * Ask the provider to cache the tools up to this one. Where it has no such mark, the call errors with
   * `unsupported`.
   */
  readonly cacheControl?: CacheControl;
}

/**
 * Declares a tool from a schema of Zod, ArkType, Valibot or any library that speaks Standard Schema.
 * The arguments `execute` receives are typed by the schema and have passed it.
 *
 * @example
 * ```ts
 * const weather = tool({
 *   name: 'get_weather',
 *   description: 'Current weather of a city',
 *   parameters: z.object({ city: z.string() }),
 *   execute: ({ city }, { signal }) => fetch(`/weather/${city}`, { signal }).then((r) => r.text()),
 * });
 * ```
 * @param options name, description, parameters, and `execute`, which may return a value, a Promise or
 * an Observable; leave it out for a tool that is answered elsewhere
 * @throws {TypeError} when the name is empty or the schema cannot be printed as JSON Schema
 */
export function tool<const Name extends string, Schema extends StandardSchema, Output = never>(
  options: ToolOptions<Name> & {
    readonly parameters: Schema;
    execute?(args: StandardSchemaV1.InferOutput<Schema>, context: ToolContext): Eventual<Output>;
  },
): ToolDefinition<
  Name,
  StandardSchemaV1.InferOutput<Schema>,
  Output,
  StandardSchemaV1.InferInput<Schema>
>;
/**
 * Declares a tool from a JSON Schema. The arguments have passed the schema; their type is what
 * `execute` says it takes.
 *
 * @param options the same, and `validator`, which validates them; default `@cfworker/json-schema`, which
 * reads draft 2020-12
 */
export function tool<
  const Name extends string,
  Args = { readonly [name: string]: unknown },
  Output = never,
>(
  options: ToolOptions<Name> & {
    readonly parameters: JsonSchema;
    readonly validator?: JsonSchemaValidator;
    execute?(args: Args, context: ToolContext): Eventual<Output>;
  },
): ToolDefinition<Name, Args, Output, Args>;
export function tool(
  options: ToolOptions<string> & {
    readonly parameters: StandardSchema | JsonSchema;
    readonly validator?: JsonSchemaValidator;
    execute?(args: unknown, context: ToolContext): unknown;
  },
): ToolDefinition {
  const { name, description = null, strict = null, cacheControl } = options;
  const { parameters, validator, execute } = options;
  if (!name) throw new TypeError('A tool needs a name: tool({ name: "get_weather", … }).');
  const { jsonSchema, validate } = compiled(name, parameters, validator);
  return {
    name,
    description,
    strict,
    parameters: jsonSchema,
    validate,
    ...(cacheControl !== undefined && { cacheControl }),
    ...(execute && { execute }),
  };
}

function compiled(
  name: string,
  parameters: StandardSchema | JsonSchema,
  validator?: JsonSchemaValidator,
) {
  try {
    return compileSchema(parameters, validator);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(`Tool "${name}": ${reason}.`, { cause: error });
  }
}

interface ReceivedTool<W extends Wire> {
  /** Id to answer under: the provider's, or one made here where it gave none. */
  readonly id: string;
  /** Position of the call in the turn. */
  readonly index: number;
  /** The arguments' JSON text as received. */
  readonly argumentsText: string;
  /** The call as it stands in the provider's assistant message. */
  readonly toolCall: W['toolCall'];
  /** Says that the call is complete: a partial one has the piece that arrived here. */
  readonly delta: null;
}

/** A complete tool call whose arguments passed the schema. */
export interface ValidTool<
  W extends Wire,
  Name extends string,
  Args,
  Output,
> extends ReceivedTool<W> {
  readonly name: Name;
  readonly args: Args;
  readonly error: null;
  /**
   * Runs the tool: a cold Observable of what `execute` gives.
   *
   * Subscribing runs it, each time anew; emits its value, or every value of the Observable it returns;
   * errors with what it throws; unsubscribing aborts the `signal` it received.
   */
  call(): Observable<Output>;
}

/** A tool call that must not run: unknown, cut off, not JSON, or against its schema. */
export interface InvalidTool<
  W extends Wire = Wire,
  D extends ToolDefinition = ToolDefinition,
> extends ReceivedTool<W> {
  readonly name: string;
  readonly args: null;
  /** Why it must not run. */
  readonly error: StreamError;
  /** Refuses: an Observable that errors with `error`. */
  call(): Observable<never>;
  /** In the type system only: the tools that were declared, for operators to infer them from a tuple. */
  readonly types?: { readonly tools: D };
}

/** A tool call of one of the definitions `D`; check `error` before using `args`. */
export type Tool<D extends ToolDefinition = ToolDefinition, W extends Wire = Wire> =
  | (D extends ToolDefinition<infer Name, infer Args, infer Output>
      ? ValidTool<W, Name, Args, Output>
      : never)
  | InvalidTool<W, D>;

/** The tool a complete call stands for: valid, or invalid with the reason. */
export function receiveTool<W extends Wire>(
  provider: string,
  definitions: readonly ToolDefinition[],
  call: ToolCall,
  toolCall: W['toolCall'],
): Tool<ToolDefinition, W> {
  const definition = definitions.find(({ name }) => name === call.name);
  if (definition === undefined) {
    return refusedTool(call, toolCall, unknownTool(provider, call.name));
  }
  const outcome = readArguments(definition, call.arguments);
  if (!outcome.ok) {
    return refusedTool(call, toolCall, invalidArguments(provider, call.name, outcome.issues));
  }
  return {
    id: idOf(call),
    index: call.index,
    name: call.name,
    args: outcome.value,
    argumentsText: call.arguments,
    toolCall,
    delta: null,
    error: null,
    call: () => run(provider, definition, outcome.value, idOf(call)),
  };
}

/** A call that must not run, for a given reason. */
export function refusedTool<W extends Wire, D extends ToolDefinition = ToolDefinition>(
  call: ToolCall,
  toolCall: W['toolCall'],
  error: StreamError,
): InvalidTool<W, D> {
  return {
    id: idOf(call),
    index: call.index,
    name: call.name,
    args: null,
    argumentsText: call.arguments,
    toolCall,
    delta: null,
    error,
    call: () => throwError(() => error),
  };
}

/** Arguments of a call; nothing at all on the wire (`""`, `"null"`, blanks) means no arguments. */
export function parseArguments(text: string): unknown {
  const json = text.trim();
  return json === '' || json === 'null' ? {} : JSON.parse(json);
}

function readArguments(definition: ToolDefinition, text: string): Validation<unknown> {
  try {
    return definition.validate(parseArguments(text));
  } catch (error) {
    const message = error instanceof SyntaxError ? 'not valid JSON' : String(error);
    return { ok: false, issues: [{ path: [], message }] };
  }
}

function run(
  provider: string,
  definition: ToolDefinition,
  args: unknown,
  id: string,
): Observable<unknown> {
  if (definition.execute === undefined) {
    const message = `Tool "${definition.name}" has no execute function; add one, or answer the call yourself`;
    return throwError(() => new StreamError(provider, { code: 'tool-execution', message }));
  }
  return new Observable((subscriber) => {
    const controller = new AbortController();
    let ended = false;
    const end = (): void => void (ended = true);
    // Before it runs: `execute` itself may bring about that nobody waits for the result any more.
    subscriber.add(() => {
      if (!ended) controller.abort();
    });
    return defer(() => observableOf(definition.execute?.(args, { id, signal: controller.signal })))
      .pipe(tap({ complete: end, error: end }))
      .subscribe(subscriber);
  });
}

function unknownTool(provider: string, name: string): StreamError {
  const message = `Tool "${name}" was called but not declared; add it to tools`;
  return new StreamError(provider, { code: 'unknown-tool', message });
}

function invalidArguments(provider: string, name: string, issues: readonly Issue[]): StreamError {
  const reasons = issues.map(printIssue).join('; ');
  const message = `Tool "${name}" was called with invalid arguments: ${reasons}`;
  return new StreamError(provider, { code: 'invalid-tool-arguments', message });
}
