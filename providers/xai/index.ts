import type { ClientOptions } from 'openai';
import type { CallResponse, Chunk, ToolDefinition } from '../../lib/index.ts';
import { serviceOptions } from '../chat-completions/compatible.ts';
import type { OpenAIWire } from '../chat-completions/openai-wire.ts';
import { service, type Service } from '../chat-completions/service.ts';

export type { Service } from '../chat-completions/service.ts';

/** The types xAI speaks: it has no SDK for JavaScript and points to OpenAI's. */
export type XaiWire = OpenAIWire;

/** A chunk of an xAI stream. */
export type XaiChunk = Chunk<XaiWire>;

/** The response of an xAI call. */
export type XaiResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  XaiWire,
  Tools
>;

/**
 * xAI, through OpenAI's SDK (`npm install openai`). The key is in `XAI_API_KEY`.
 *
 * All common parameters are sent; reasoning models refuse `frequencyPenalty`, `presencePenalty` and `stop`
 * and say so. Answers of a shape come by `native`; Grok 2 and 3 cannot do that beside tools. Parts: text and
 * images; sound and documents are refused, and so is `cacheControl`.
 */
export const xai: Service = service<ClientOptions>(
  {
    name: 'xai',
    // https://docs.x.ai/docs/api-reference#chat-completions: `max_tokens` is deprecated.
    maxTokens: 'max_completion_tokens',
    missingParams: [],
    // The endpoint answers "text and/or image chat prompts"; files are for its Responses API:
    // https://docs.x.ai/docs/guides/files/chat-with-files
    audio: false,
    documents: 'none',
    documentUrls: false,
    cacheMark: 'none',
    // Grok 3 mini and others of its time give it; the newer ones' is encrypted, for its Responses API only:
    // https://docs.x.ai/developers/model-capabilities/text/best-practices
    keptReasoning: ['reasoning_content'],
    // https://docs.x.ai/developers/model-capabilities/text/structured-outputs: all models, with tools from Grok 4 on.
    responseModes: ({ model, tools }) =>
      tools.length > 0 && /^grok-[23](-|$)/.test(model)
        ? ['tool', 'json']
        : ['native', 'tool', 'json'],
  },
  {
    clientOptions: (given) =>
      serviceOptions(
        // https://docs.x.ai/docs/api-reference
        { name: 'xai', baseURL: 'https://api.x.ai/v1', apiKeyVariable: 'XAI_API_KEY' },
        given,
      ),
  },
);
