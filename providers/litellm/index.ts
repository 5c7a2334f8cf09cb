import type { CallResponse, Chunk, ToolDefinition } from '../../lib/index.ts';
import { compatible } from '../chat-completions/compatible.ts';
import type { OpenAIWire } from '../chat-completions/openai-wire.ts';
import type { Service } from '../chat-completions/service.ts';

export type { Service } from '../chat-completions/service.ts';

/** The types a LiteLLM proxy speaks. */
export type LiteLLMWire = OpenAIWire;

/** A chunk of a LiteLLM stream. */
export type LiteLLMChunk = Chunk<LiteLLMWire>;

/** The response of a LiteLLM call. */
export type LiteLLMResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  LiteLLMWire,
  Tools
>;

/**
 * A LiteLLM proxy, through OpenAI's SDK (`npm install openai`), at `http://localhost:4000` unless
 * `clientOptions.baseURL` says otherwise. A key is sent only when `clientOptions.apiKey` gives one.
 */
export const litellm: Service = compatible({
  name: 'litellm',
  // The proxy's default port: https://docs.litellm.ai/docs/proxy/quick_start
  baseURL: 'http://localhost:4000',
});
