import type { CommonParams, ResponseMode, ToolDefinition } from '../../lib/index.ts';

/**
 * How one service of the wire wants to be told things, and what none of its models takes. Data, so that
 * no code asks for the name of a service. What only some models refuse is not here: the service says so.
 */
export interface Dialect {
  /** Name of the service in errors and on responses. */
  readonly name: string;
  /** What the limit of the answer is called. */
  readonly maxTokens: 'max_completion_tokens' | 'max_tokens';
  /** Common parameters the service does not have. */
  readonly missingParams: readonly (keyof CommonParams)[];
  /** Whether sound is taken. */
  readonly audio: boolean;
  /** Which documents are taken: `any` leaves it to the service. */
  readonly documents: 'none' | 'pdf' | 'any';
  /** Whether the service fetches a document whose URL stands for the id of a file. */
  readonly documentUrls: boolean;
  /** The field of a part that marks the end of what is worth caching; `cache_control` is one of tools as well. */
  readonly cacheMark: 'none' | 'cache_control' | 'prompt_cache_breakpoint';
  /**
   * The fields of an answer's message that hold its reasoning and go back with it in the next turn. Not more
   * than the service knows: many refuse a field they do not.
   */
  readonly keptReasoning: readonly string[];
  /** How a model can be brought to answer in the shape of a schema, the best way first. */
  responseModes(call: AskedModel): readonly ResponseMode[];
}

/** The model a call goes to, with the tools it may call. */
export interface AskedModel {
  readonly model: string;
  readonly tools: readonly ToolDefinition[];
}
