/**
 * The types one provider speaks, under one name, so that everything generic here needs a single
 * type parameter. It exists in the type system only.
 *
 * @example
 * ```ts
 * interface OpenAIWire extends Wire {
 *   event: OpenAI.ChatCompletionChunk;
 *   response: OpenAI.ChatCompletion;
 *   // …
 * }
 * ```
 */
export interface Wire {
  /** One event of the stream, as the SDK types it. */
  event: unknown;
  /** The body of a streaming request. */
  request: object;
  /** What a caller may add to the request: its parameters, less those this library fills in. */
  params: object;
  /** The response as the SDK would give it had the call not streamed. */
  response: unknown;
  /** A message of the conversation in the provider's shape. */
  message: object;
  /** A tool call inside the provider's assistant message. */
  toolCall: unknown;
  /** The provider's token counts. */
  usage: unknown;
  /** The provider's words for why it stopped. */
  finishReason: string;
  /** The SDK's client. */
  client: unknown;
  /** How a caller says which client to use and how to send with it. */
  connection: object;
}
