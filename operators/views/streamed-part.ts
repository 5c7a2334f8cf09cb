import type { Observable } from 'rxjs';
import type { CallContext, Tool, ToolDefinition, Wire } from '../../lib/index.ts';

/** A part of an answer, readable while it arrives and ever after. */
export type StreamedPart<W extends Wire = Wire, D extends ToolDefinition = ToolDefinition> =
  StreamedText<W> | StreamedTool<W, D>;

/** A stretch of text or of reasoning. */
export interface StreamedText<W extends Wire = Wire> {
  readonly type: 'text' | 'thinking';
  /** The pieces, none empty, from the first; complete when the part ends. */
  readonly deltas: Observable<string>;
  /** The text so far, and again after every piece; the last is the whole. */
  readonly text: Observable<string>;
  /** The call it belongs to: after a `retry`, or in a step of a longer run, another one. */
  readonly call: CallContext<W>;
}

/** A tool call. */
export interface StreamedTool<W extends Wire = Wire, D extends ToolDefinition = ToolDefinition> {
  readonly type: 'tool';
  /** Id of the call; the one made here where the provider had given none when it began. */
  readonly id: string;
  /** Name of the tool, declared or not. */
  readonly name: string;
  /** Position of the call in the turn. */
  readonly index: number;
  /** The pieces of the arguments' JSON text, none empty, from the first. */
  readonly deltas: Observable<string>;
  /** The tool, once the call is complete; one that must not run when it was cut off. */
  readonly tool: Observable<Tool<D, W>>;
  /** The call it belongs to: after a `retry`, or in a step of a longer run, another one. */
  readonly call: CallContext<W>;
}
