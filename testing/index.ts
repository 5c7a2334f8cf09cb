export { contents, type Contentful } from './contents.ts';
export { cut, fail, stall, wait, type Direction, type ScriptedFailure } from './directions.ts';
export {
  finish,
  text,
  thinking,
  toolCall,
  toolCallPieces,
  usage,
  type ToolCallOptions,
} from './events.ts';
export type { ScriptedRequest } from './recorded-request.ts';
export type { Script, ScriptStep } from './script.ts';
export {
  scriptedProvider,
  type ScriptedCallOptions,
  type ScriptedProvider,
  type ScriptedProviderOptions,
} from './scripted-provider.ts';
export { streamOf, type StreamOfOptions } from './stream-of.ts';
export { tupleOf, tuplesOf, type TuplesOfOptions } from './tuples-of.ts';
export type {
  ScriptedCallRequest,
  ScriptedConnection,
  ScriptedEvent,
  ScriptedResponse,
  ScriptedToolCall,
  ScriptedWire,
} from './wire.ts';
