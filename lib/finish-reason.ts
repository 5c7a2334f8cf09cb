/**
 * Why a model stopped, in words that mean the same for every provider. The provider's own word stays
 * beside it in `finishReasons`.
 */
export type CommonFinishReason =
  'stop' | 'length' | 'tool_calls' | 'content_filter' | 'error' | 'other';

/**
 * What a turn ended for once it is known what it called: some servers say `stop` for a turn that ends in
 * tool calls, and a turn whose only call stands for the answer has answered.
 */
export function finishReasonOfTurn(
  reason: CommonFinishReason,
  turn: { readonly calledTools: boolean; readonly answersByTool: boolean },
): CommonFinishReason {
  if (turn.calledTools) return reason === 'stop' ? 'tool_calls' : reason;
  return turn.answersByTool && reason === 'tool_calls' ? 'stop' : reason;
}
