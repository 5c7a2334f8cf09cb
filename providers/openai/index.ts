import type { ClientOptions } from 'openai';
import type { CallOptions, CallResponse, Chunk, ToolDefinition } from '../../lib/index.ts';
import type { OpenAIWire } from '../chat-completions/openai-wire.ts';
import { service, type Service } from '../chat-completions/service.ts';
import { responseModes } from './response-modes.ts';

export type { OpenAIConnection, OpenAIWire } from '../chat-completions/openai-wire.ts';
export type { Service } from '../chat-completions/service.ts';

/** A chunk of an OpenAI stream. */
export type OpenAIChunk = Chunk<OpenAIWire>;

/** A message of a conversation, as OpenAI takes it. */
export type OpenAIMessage = OpenAIWire['message'];

/** The response of an OpenAI call. */
export type OpenAIResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  OpenAIWire,
  Tools
>;

/** Options of an OpenAI call. */
export type OpenAICallOptions<Tools extends readonly ToolDefinition[] = readonly ToolDefinition[]> =
  CallOptions<OpenAIWire, Tools>;

/**
 * OpenAI over Chat Completions, through the official SDK (`npm install openai`, version 6 or 7). Without
 * a client the SDK makes one from its environment: `OPENAI_API_KEY`, `OPENAI_BASE_URL`, …
 *
 * All common parameters are sent; reasoning models refuse some of them and say so. `maxTokens` counts
 * reasoning too. Answers of a shape come by `native`, older models' by `tool`. Parts: text, images, sound
 * (WAV or MP3, as data), PDF documents (as data); marks of what to cache, without a `ttl`, from GPT-5.6 on.
 */
export const openai: Service = service<ClientOptions>(
  {
    name: 'openai',
    // `max_tokens` is deprecated, and reasoning models refuse it: the SDK's own comments.
    maxTokens: 'max_completion_tokens',
    missingParams: [],
    audio: true,
    // https://developers.openai.com/api/docs/guides/file-inputs: Chat Completions takes PDF only, no URL.
    documents: 'pdf',
    documentUrls: false,
    cacheMark: 'prompt_cache_breakpoint',
    // The API gives no reasoning out, and refuses fields it does not know.
    keptReasoning: [],
    responseModes,
  },
  { clientOptions: (options = {}) => options },
);
