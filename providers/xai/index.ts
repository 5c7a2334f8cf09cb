import type { CallResponse, Chunk, ToolDefinition } from '../../lib/index.ts';
import { compatible } from '../chat-completions/compatible.ts';
import type { OpenAIWire } from '../chat-completions/openai-wire.ts';
import type { Service } from '../chat-completions/service.ts';

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

/** xAI, through OpenAI's SDK (`npm install openai`). The key is in `XAI_API_KEY`. */
export const xai: Service = compatible({
  name: 'xai',
  // https://docs.x.ai/docs/api-reference
  baseURL: 'https://api.x.ai/v1',
  apiKeyVariable: 'XAI_API_KEY',
});
