import type { SchedulerLike } from 'rxjs';
import type {
  CommonFinishReason,
  CommonParams,
  KnownUsage,
  Message,
  ResponseFormat,
  ToolCallPart,
  Wire,
} from '../lib/index.ts';

/** One event of a scripted stream, in common terms. A missing field says nothing. */
export interface ScriptedEvent {
  /** Text this event adds. */
  readonly content?: string;
  /** Reasoning this event adds. */
  readonly thinking?: string;
  /** Refusal this event adds. */
  readonly refusal?: string;
  /** Audio bytes this event adds. */
  readonly audio?: Uint8Array;
  /** Transcript of the audio this event adds. */
  readonly audioTranscript?: string;
  /** Tool calls of this event, or pieces of them. */
  readonly toolCalls?: readonly ScriptedToolCall[];
  /** Why the model stops. The stream may go on for the call's `usageWait`: with usage, say. */
  readonly finishReason?: CommonFinishReason;
  /** Token counts so far. */
  readonly usage?: KnownUsage;
  /** Id of the response. */
  readonly id?: string;
  /** Model that answers. */
  readonly model?: string;
}

/** A tool call in an event, or a piece of one: a name opens a call, a piece without a name continues it. */
export interface ScriptedToolCall {
  /** Position of the call in the turn. Default: counted, a piece belongs to the call opened last. */
  readonly index?: number;
  /** Id of the call. Default `call_<request>_<index>`, both counted from 0. */
  readonly id?: string;
  /** Name of the tool. */
  readonly name?: string;
  /** The next piece of the arguments' JSON text. */
  readonly arguments: string;
  /** Whether the call is complete with this piece. Default `false`: the finish reason completes it. */
  readonly complete?: boolean;
}

/** What a call sent. */
export interface ScriptedCallRequest {
  /** Model asked for. */
  readonly model: string;
  /** The messages, as the prompt gave them. */
  readonly messages: readonly Message[];
  /** Names of the tools offered. */
  readonly tools: readonly string[];
  /** The call's `callParams`. */
  readonly params: { readonly [name: string]: unknown };
  /** The call's `commonParams`. */
  readonly commonParams: CommonParams;
  /** What the answer is to be held to, `null` for nothing. */
  readonly format: ResponseFormat | null;
}

/** What a scripted stream adds up to. Audio is on the {@link CallResponse} only. */
export interface ScriptedResponse {
  readonly id: string | null;
  readonly model: string | null;
  readonly content: string;
  readonly thinking: string;
  readonly refusal: string | null;
  /** Every call that began, in order. */
  readonly toolCalls: readonly ToolCallPart[];
  readonly finishReason: CommonFinishReason | null;
  readonly usage: KnownUsage | null;
}

/** How to reach a scripted provider: there is nothing to reach, but time. */
export interface ScriptedConnection {
  /** Clock and timer of the script as well as of the stream. Default: the provider's. */
  readonly scheduler?: SchedulerLike;
}

/** The types of a scripted provider: common terms throughout. */
export interface ScriptedWire extends Wire {
  event: ScriptedEvent;
  request: ScriptedCallRequest;
  params: ScriptedCallRequest['params'];
  response: ScriptedResponse;
  message: Message;
  toolCall: ToolCallPart;
  usage: KnownUsage;
  finishReason: CommonFinishReason;
  client: null;
  connection: ScriptedConnection;
}
