import { throwError, type Observable } from 'rxjs';
import type { DeepPartial } from './deep-partial.ts';
import { StreamError } from './stream-error.ts';
import { idOf, type ToolCall } from './tool-call.ts';
import type { ToolDefinition } from './tool.ts';

/**
 * A tool call that is still arriving, one for each piece of it, when the call was made with
 * `partialTools: true`. Of one call the `delta`s add up to the complete tool's `argumentsText`.
 */
export type PartialTool<D extends ToolDefinition = ToolDefinition> =
  D extends ToolDefinition<infer Name, unknown, unknown, infer Input>
    ? PartialToolOf<Name, Input>
    : never;

interface PartialToolOf<Name extends string, Input> {
  /** Id the complete call will have; one made here until the provider gives its own. */
  readonly id: string;
  /** Position of the call in the turn. */
  readonly index: number;
  readonly name: Name;
  /**
   * The piece of the arguments' JSON text that has just arrived; may be empty. Where the name came after
   * the first pieces, all of them are in one.
   */
  readonly delta: string;
  /**
   * The arguments so far, not validated yet: texts may be cut, nothing else is in part. Immutable, and
   * the same object as before where the piece added nothing.
   */
  readonly args: DeepPartial<Input>;
  /** The arguments' JSON text so far. */
  readonly argumentsText: string;
  /** Refuses: a call runs when it is complete. */
  call(): Observable<never>;
}

/** The partial tool of a call after one more piece. */
export const partialTool = (
  provider: string,
  call: ToolCall,
  delta: string,
  args: unknown,
): PartialTool => ({
  id: idOf(call),
  index: call.index,
  name: call.name,
  delta,
  args,
  argumentsText: call.arguments,
  call: () => throwError(() => stillArriving(provider, call)),
});

const stillArriving = (provider: string, { name }: ToolCall): StreamError =>
  new StreamError(provider, {
    code: 'tool-execution',
    message: `Tool "${name}" is still arriving; run it when its delta is null`,
  });
