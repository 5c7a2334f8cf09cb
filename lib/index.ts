export { call, type Call, type CallOptions } from './call.ts';
export { caller, type Caller } from './caller.ts';
export type { CallResponse, ResponseTotals } from './call-response.ts';
export type { CallContext, Chunk, Metadata, StreamTuple } from './chunk.ts';
export type { Delta } from './delta.ts';
export type { CommonFinishReason } from './finish-reason.ts';
export { fold, mapItems, type Fold } from './fold.ts';
export { iteratedEvents } from './iterated-events.ts';
export { jsonEvents, type EventProtocol } from './json-events.ts';
export type {
  AssistantMessage,
  AssistantPart,
  AudioPart,
  DocumentPart,
  ImagePart,
  MediaSource,
  Message,
  Part,
  SystemMessage,
  TextPart,
  ThinkingPart,
  ToolCallPart,
  ToolMessage,
  ToolResultPart,
  UserMessage,
  UserPart,
} from './message.ts';
export type { Eventual } from './observable-of.ts';
export type { Prompt, PromptContent } from './prompt.ts';
export type { CallInput, EncodedCall, KeptAnswer, Provider, ToolOutput } from './provider.ts';
export type { JsonSchema, StandardSchema, Validation } from './schema.ts';
export { StreamError, truncated, type ErrorCode, type ErrorFacts } from './stream-error.ts';
export {
  tool,
  type InvalidTool,
  type Tool,
  type ToolContext,
  type ToolDefinition,
  type ValidTool,
} from './tool.ts';
export { addToolCallDelta, idOf, type ToolCall, type ToolCallDelta } from './tool-call.ts';
export { commonUsage, type CommonUsage, type KnownUsage } from './usage.ts';
export type { Wire } from './wire.ts';
