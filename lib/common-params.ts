/**
 * Parameters that mean the same for every provider and go with a call from one to another. A provider
 * that has no such parameter refuses it with `unsupported`; one that is `undefined` is not sent.
 */
export interface CommonParams {
  /** How random the choice of words is, from 0; how far it goes is the provider's business. */
  readonly temperature?: number | undefined;
  /** The most tokens the answer may take. */
  readonly maxTokens?: number | undefined;
  /** Choose among the likeliest words that make up this share, from 0 to 1. */
  readonly topP?: number | undefined;
  /** How much a word is held back the more often it came, from -2 to 2. */
  readonly frequencyPenalty?: number | undefined;
  /** How much a word is held back once it came, from -2 to 2. */
  readonly presencePenalty?: number | undefined;
  /** Asks for the same answer to the same request, as far as the provider can. */
  readonly seed?: number | undefined;
  /** The answer ends before any of these texts. */
  readonly stop?: string | readonly string[] | undefined;
  /**
   * Whether tools may, must or must not be called, or which one must. Default: the provider's own. A choice
   * that forces a call holds for the first request, not for the steps that follow it.
   */
  readonly toolChoice?: ToolChoice | undefined;
}

/** Whether tools may (`auto`), must (`required`) or must not (`none`) be called, or which one must. */
export type ToolChoice = 'auto' | 'required' | 'none' | { readonly name: string };
