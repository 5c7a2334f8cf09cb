import type OpenAI from 'openai';
import type { Wire } from '../../lib/index.ts';

/** One event of a Chat Completions stream. */
export type ChatCompletionChunk = OpenAI.ChatCompletionChunk;

/** What a caller may add to a request; model, messages and streaming are filled in by the call. */
export type ChatCompletionParams = Partial<
  Omit<OpenAI.ChatCompletionCreateParamsStreaming, 'model' | 'messages' | 'stream'>
>;

/** The types of the Chat Completions wire, as OpenAI's SDK has them. */
export interface ChatCompletionsWire extends Wire {
  event: ChatCompletionChunk;
  request: OpenAI.ChatCompletionCreateParamsStreaming;
  params: ChatCompletionParams;
  response: OpenAI.ChatCompletion;
  message: OpenAI.ChatCompletionMessageParam;
  toolCall: OpenAI.ChatCompletionMessageFunctionToolCall;
  usage: OpenAI.CompletionUsage;
  finishReason: OpenAI.ChatCompletion.Choice['finish_reason'];
}
