import type { ClientOptions } from 'openai';
import type { CallResponse, Chunk, ToolDefinition } from '../../lib/index.ts';
import { serviceOptions } from '../chat-completions/compatible.ts';
import type { OpenAIWire } from '../chat-completions/openai-wire.ts';
import { service, type Service } from '../chat-completions/service.ts';

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
 *
 * The proxy translates for the model behind it: all common parameters, parts of every kind (sound as data,
 * documents also by URL), `cacheControl`, and answers of a shape by `native`. What that model has not, the
 * proxy refuses, or drops if it is set up to.
 */
export const litellm: Service = service<ClientOptions>(
  {
    name: 'litellm',
    // Known for every model behind it, and renamed for those of OpenAI that want the new name:
    // https://docs.litellm.ai/docs/completion/input
    maxTokens: 'max_tokens',
    missingParams: [],
    audio: true,
    documents: 'any',
    // https://docs.litellm.ai/docs/completion/document_understanding
    documentUrls: true,
    // Passed on to Anthropic and whoever else knows it, ignored by the others:
    // https://docs.litellm.ai/docs/completion/prompt_caching
    cacheMark: 'cache_control',
    // Claude refuses a call whose thinking does not come back: https://docs.litellm.ai/docs/reasoning_content
    keptReasoning: ['thinking_blocks', 'reasoning_content'],
    // https://docs.litellm.ai/docs/completion/json_mode
    responseModes: () => ['native', 'tool', 'json'],
  },
  {
    clientOptions: (given) =>
      // The proxy's default port: https://docs.litellm.ai/docs/proxy/quick_start
      serviceOptions({ name: 'litellm', baseURL: 'http://localhost:4000' }, given),
  },
);
