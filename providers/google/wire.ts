import type {
  BlockedReason,
  Content,
  FinishReason,
  FunctionCall,
  GenerateContentConfig,
  GenerateContentResponse,
  GenerateContentResponseUsageMetadata,
  GoogleGenAI,
} from '@google/genai';
import type { Wire } from '../../lib/index.ts';
import type { GoogleConnection } from './client.ts';

/**
 * What a caller may add to a request: the SDK's `config`, less what is filled in by the call. The SDK's
 * automatic function calling is off: it would run tools out of sight and send requests of its own.
 *
 * `httpOptions.timeout` is a deadline for the whole stream: leave it out, and use RxJS's `timeout`.
 */
export type GoogleParams = Omit<GenerateContentConfig, 'abortSignal' | 'automaticFunctionCalling'>;

/** A request, as `models.generateContentStream` takes it. */
export interface GoogleRequest {
  readonly model: string;
  readonly contents: Content[];
  readonly config: GenerateContentConfig;
}

/** The types Gemini speaks, on the Gemini API and on Vertex AI, as the SDK has them. */
export interface GoogleWire extends Wire {
  event: GenerateContentResponse;
  request: GoogleRequest;
  params: GoogleParams;
  response: GenerateContentResponse;
  message: Content;
  toolCall: FunctionCall;
  usage: GenerateContentResponseUsageMetadata;
  /** The finish reason, or `promptFeedback.blockReason` where the prompt was blocked before any answer. */
  finishReason: `${FinishReason | BlockedReason}`;
  client: GoogleGenAI;
  connection: GoogleConnection;
}
