/**
 * Why a model stopped, in words that mean the same for every provider. The provider's own word stays
 * beside it in `finishReasons`.
 */
export type CommonFinishReason =
  'stop' | 'length' | 'tool_calls' | 'content_filter' | 'error' | 'other';

/**
 * What a turn ended for once it is known whether it called tools: some servers say `stop` for a turn
 * that ends in tool calls.
 */
export const finishReasonOfTurn = (
  reason: CommonFinishReason,
  calledTools: boolean,
): CommonFinishReason => (calledTools && reason === 'stop' ? 'tool_calls' : reason);
