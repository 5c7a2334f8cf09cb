export { call, type Call } from './call.ts';
export type { CallOptions, CommonCallOptions, WithOptions } from './call-options.ts';
export { caller, type Caller } from './caller.ts';
export type { CallResponse, ResponseTotals } from './call-response.ts';
export type {
  AnyStreamTuple,
  CallContext,
  Chunk,
  Metadata,
  NextStep,
  StreamTuple,
} from './chunk.ts';
export { closedSchema, isStrictSchema } from './closed-schema.ts';
export type { CommonParams, ToolChoice } from './common-params.ts';
export type { DeepPartial } from './deep-partial.ts';
export type { Delta } from './delta.ts';
export type { CommonFinishReason } from './finish-reason.ts';
export { fold, mapItems, type Fold } from './fold.ts';
export { iteratedEvents } from './iterated-events.ts';
export type { JsonElements } from './json/json-elements.ts';
export { jsonInText } from './json/json-in-text.ts';
export {
  jsonReader,
  type JsonFault,
  type JsonReader,
  type JsonReaderOptions,
} from './json/json-reader.ts';
export { jsonEvents, type EventProtocol } from './json-events.ts';
export type {
  AssistantMessage,
  AssistantPart,
  AudioPart,
  CacheControl,
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
export { Messages } from './messages.ts';
export type { Eventual } from './observable-of.ts';
export type { PartialTool } from './partial-tool.ts';
export type { Cost, PricedCall, Prices } from './prices.ts';
export type {
  IsCommon,
  Prompt,
  PromptConfig,
  PromptContent,
  PromptMessages,
  PromptTools,
} from './prompt.ts';
export {
  promptTemplate,
  type ConversationTemplate,
  type PromptTemplate,
} from './prompt-template.ts';
export type { CallInput, EncodedCall, KeptAnswer, Provider, ToolOutput } from './provider.ts';
export type { JsonFormat, ResponseFormat, ResponseMode, SchemaFormat } from './response-format.ts';
export {
  responseModel,
  type ResponseModel,
  type ResponseModelOf,
  type ResponseModelOptions,
  type ResponseSchema,
} from './response-model.ts';
export type { ResponseOf } from './response-of.ts';
export type { ResponseShape } from './response-plan.ts';
export type {
  Issue,
  JsonSchema,
  JsonSchemaValidator,
  StandardSchema,
  Validation,
} from './schema.ts';
export { StreamError, truncated, type ErrorCode, type ErrorFacts } from './stream-error.ts';
export {
  tool,
  type InvalidTool,
  type Tool,
  type ToolContext,
  type ToolDefinition,
  type ValidTool,
} from './tool.ts';
export type { TemplateValues } from './template/value-of.ts';
export type { MediaValue, TextValue } from './template/values.ts';
export { addToolCallDelta, idOf, type ToolCall, type ToolCallDelta } from './tool-call.ts';
export { commonUsage, type CommonUsage, type KnownUsage } from './usage.ts';
export type { Wire } from './wire.ts';
