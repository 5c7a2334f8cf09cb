import type { CallInput, Wire } from 'rx-llm';

/** What a call is made of, of which a spec says only what it is about. */
export const callInput = <W extends Wire>(
  parts: Partial<CallInput<W>> & { readonly params: W['params'] },
): CallInput<W> => ({
  model: 'test-model',
  messages: [],
  tools: [],
  commonParams: {},
  format: null,
  ...parts,
});
