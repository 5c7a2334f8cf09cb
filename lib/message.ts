/**
 * Messages and their parts in terms every provider shares. A provider's own messages are accepted
 * wherever these are, and reach it untouched.
 */

/**
 * Asks the provider to cache the conversation up to and including a part: for how long is the provider's
 * choice with `true`. Where the provider has no such mark, the call errors with `unsupported`.
 */
export type CacheControl = boolean | { readonly ttl: '5m' | '1h' };

/** Text. */
export interface TextPart {
  readonly type: 'text';
  readonly text: string;
  /** Marks the end of what is worth caching. */
  readonly cacheControl?: CacheControl;
}

/** Binary content: the bytes themselves, base64 text, or where the provider can fetch it. */
export type MediaSource =
  | { readonly data: Uint8Array | string; readonly url?: never }
  | { readonly url: string; readonly data?: never };

/** An image. */
export type ImagePart = MediaSource & {
  readonly type: 'image';
  /** Marks the end of what is worth caching. */
  readonly cacheControl?: CacheControl;
  /** MIME type of `data`. Default `image/png`. */
  readonly mediaType?: string;
  /** How closely to look, where the provider can be told. */
  readonly detail?: 'auto' | 'low' | 'high';
};

/** Sound. */
export type AudioPart = MediaSource & {
  readonly type: 'audio';
  /** Marks the end of what is worth caching. */
  readonly cacheControl?: CacheControl;
  /** MIME type of `data`. Default `audio/wav`. */
  readonly mediaType?: string;
};

/** A document such as a PDF. */
export type DocumentPart = MediaSource & {
  readonly type: 'document';
  /** Marks the end of what is worth caching. */
  readonly cacheControl?: CacheControl;
  /** MIME type of `data`. Default `application/pdf`. */
  readonly mediaType?: string;
  /** File name shown to the model. */
  readonly name?: string;
};

/** What a model thought before it answered. */
export interface ThinkingPart {
  readonly type: 'thinking';
  readonly text: string;
}

/** A tool call the model made. */
export interface ToolCallPart {
  readonly type: 'tool_call';
  readonly id: string;
  readonly name: string;
  /** The arguments, parsed; the text as received where it is not valid JSON. */
  readonly args: unknown;
}

/** What a tool gave back. */
export interface ToolResultPart {
  readonly type: 'tool_result';
  /** Marks the end of what is worth caching. */
  readonly cacheControl?: CacheControl;
  /** The `id` of the call this answers. */
  readonly id: string;
  readonly name: string;
  /** Sent as it is when a string, else as JSON. */
  readonly output: unknown;
  /** True when the tool failed and `output` says how. */
  readonly isError?: boolean;
}

/** What a user may send. */
export type UserPart = TextPart | ImagePart | AudioPart | DocumentPart;

/** What a model may have sent. */
export type AssistantPart = TextPart | ThinkingPart | ToolCallPart;

/** Instructions for the whole conversation: a text, or texts of which one may mark what is worth caching. */
export interface SystemMessage {
  readonly role: 'system';
  readonly content: string | readonly TextPart[];
}

/** What the user says. */
export interface UserMessage {
  readonly role: 'user';
  readonly content: string | readonly UserPart[];
}

/** What the model said. */
export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: string | readonly AssistantPart[];
}

/** What tools gave back. */
export interface ToolMessage {
  readonly role: 'tool';
  readonly content: readonly ToolResultPart[];
}

/** A message in common terms. */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** A part of a message in common terms. */
export type Part = UserPart | AssistantPart | ToolResultPart;
