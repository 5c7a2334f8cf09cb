import type { ClientOptions } from 'openai';
import type { CallOptions, CallResponse, Chunk, ToolDefinition } from '../../lib/index.ts';
import type { OpenAIWire } from '../chat-completions/openai-wire.ts';
import { service, type Service } from '../chat-completions/service.ts';

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
 */
export const openai: Service = service<ClientOptions>('openai', {
  clientOptions: (options = {}) => options,
});
