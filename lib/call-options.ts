import type { SchedulerLike } from 'rxjs';
import type { Metadata } from './chunk.ts';
import type { CommonParams } from './common-params.ts';
import { defined } from './defined.ts';
import type { Prices } from './prices.ts';
import type { PromptSettings } from './prompt.ts';
import { responseModelOf, type ResponseModel, type ResponseSchema } from './response-model.ts';
import type { ToolDefinition } from './tool.ts';
import type { Wire } from './wire.ts';

/** What a call is made with, besides its prompt: what is common to all providers, and the provider's own. */
export type CallOptions<
  W extends Wire,
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
  Schema extends ResponseSchema = never,
  Partials extends boolean = false,
> = W['connection'] &
  CommonCallOptions<Tools, Schema, Partials> & {
    /** Any further parameter of the provider's request, in the SDK's own terms. */
    readonly callParams?: W['params'];
  };

/** The options that mean the same for every provider, and go with a call from one to another. */
export interface CommonCallOptions<
  Tools extends readonly ToolDefinition[] = readonly ToolDefinition[],
  Schema extends ResponseSchema = never,
  Partials extends boolean = false,
> {
  /** Model to call. */
  readonly model: string;
  /** Tools the model may call. */
  readonly tools?: Tools;
  /** Parameters that mean the same for every provider; `callParams` go before them. */
  readonly commonParams?: CommonParams;
  /**
   * What the answer must look like: a schema of Zod, Valibot or ArkType, or a `responseModel()`, also of
   * JSON Schema. The operators `structured()` and `elements()` read such an answer.
   */
  readonly responseModel?: Schema;
  /**
   * Asks for an answer in JSON: by the provider's JSON mode where it has one, by instructions elsewhere. With a
   * response model it is the mode of that, `json` or `text`, unless the model says another.
   */
  readonly jsonMode?: boolean;
  /** Also delivers every piece of a tool call, as a partial tool. Default `false`. */
  readonly partialTools?: Partials;
  /** What tokens cost: fills in `cost` and `costMetadata` of responses. */
  readonly prices?: Prices;
  /** Whatever is to be found again on chunks and the response. */
  readonly metadata?: Metadata;
  /** Ends the call with an `aborted` error when it aborts. Unsubscribing needs no signal. */
  readonly signal?: AbortSignal;
  /**
   * What becomes of a tool call that must not run (unknown, cut off, invalid): `deliver` it with its
   * `error` set, or `error` the stream. Default `deliver`.
   */
  readonly invalidTools?: 'deliver' | 'error';
  /**
   * How long to wait, in ms, for usage and the terminator once the provider has finished. Default 1000.
   */
  readonly usageWait?: number;
  /** Clock and timer of the stream. Default `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

/** Options of any call. */
export type AnyCallOptions<W extends Wire> = CallOptions<
  W,
  readonly ToolDefinition[],
  ResponseSchema,
  boolean
>;

/** What a call is told when it goes to another provider: tools and the shape of its answer stay. */
export type WithOptions<W extends Wire> = W['connection'] &
  Omit<CommonCallOptions, 'tools' | 'responseModel' | 'jsonMode' | 'partialTools'> & {
    /** The new provider's own parameters. */
    readonly callParams?: W['params'];
  };

/** The names of the options that go with a call to another provider. */
const carried = [
  'tools',
  'commonParams',
  'responseModel',
  'jsonMode',
  'partialTools',
  'prices',
  'metadata',
  'signal',
  'invalidTools',
  'usageWait',
  'scheduler',
] as const satisfies readonly (keyof CommonCallOptions)[];

/** What of a call's options holds for any provider. */
export function commonOptions<W extends Wire>(
  options: AnyCallOptions<W>,
): Partial<AnyCallOptions<Wire>> {
  const entries = carried.filter((name) => name in options).map((name) => [name, options[name]]);
  return Object.fromEntries(entries) as Partial<AnyCallOptions<Wire>>;
}

/** Options after further ones: the further win where they say something, parameters and metadata field by field. */
export function mergedOptions<W extends Wire>(
  options: Partial<AnyCallOptions<W>>,
  further: Partial<AnyCallOptions<W>> | PromptSettings<W>,
): AnyCallOptions<W> {
  const both = (name: 'callParams' | 'commonParams' | 'metadata'): object => {
    const [one, other]: (object | undefined)[] = [options[name], further[name]];
    return one && other ? { [name]: { ...one, ...other } } : {};
  };
  return {
    ...options,
    ...defined(further),
    ...both('callParams'),
    ...both('commonParams'),
    ...both('metadata'),
  } as AnyCallOptions<W>;
}

/**
 * Holds options against what a call needs.
 *
 * @throws {TypeError} when the model is missing, two tools share a name, or `usageWait` is no time
 */
export function checkOptions(
  provider: string,
  { model, tools = [], usageWait }: Pick<CommonCallOptions, 'model' | 'tools' | 'usageWait'>,
): void {
  if (typeof model !== 'string' || model === '') {
    const example = `${provider}.call('model-name', (city: string) => \`Weather in \${city}?\`)`;
    throw new TypeError(`[${provider}] A call needs a model: ${example}`);
  }
  const names = tools.map(({ name }) => name);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) {
    throw new TypeError(`[${provider}] Two tools are named "${twice}"; give each its own name`);
  }
  if (usageWait !== undefined && !(usageWait >= 0 && usageWait < 2 ** 31)) {
    throw new TypeError(
      `[${provider}] usageWait must be from 0 to ${2 ** 31 - 1} ms, the longest a timer can wait, not ${usageWait}`,
    );
  }
}

/** The response model of some options, made ready; `null` for none. */
export const responseModelIn = <W extends Wire>({
  responseModel,
}: AnyCallOptions<W>): ResponseModel | null =>
  responseModel === undefined ? null : responseModelOf(responseModel);
