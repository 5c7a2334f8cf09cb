import { ReplaySubject, type Observable } from 'rxjs';
import type { CallContext, Tool, ToolDefinition, Wire } from '../../lib/index.ts';
import type { StreamedText, StreamedTool } from './streamed-part.ts';

/** A part that is still arriving: what is read of it, and what is told to it. */
interface LivePart<Part> {
  readonly part: Part;
  /** Takes a piece that is not empty. */
  add(delta: string): void;
  /** Ends it with an error, for those who read it and those who will. */
  fail(error: unknown): void;
}

/** A stretch of text that is still arriving. */
export interface LiveText<W extends Wire> extends LivePart<StreamedText<W>> {
  end(): void;
}

/** A tool call that is still arriving. */
export interface LiveTool<W extends Wire, D extends ToolDefinition> extends LivePart<
  StreamedTool<W, D>
> {
  end(tool: Tool<D, W>): void;
}

/** What the Observables of a part go through before they are handed out. */
export type Handing = <T>(source: Observable<T>) => Observable<T>;

/** A stretch of text before its first piece. */
export function liveText<W extends Wire>(
  type: 'text' | 'thinking',
  call: CallContext<W>,
  hand: Handing,
): LiveText<W> {
  const deltas = new ReplaySubject<string>(Infinity);
  const text = new ReplaySubject<string>(1);
  let whole = '';
  return {
    part: { type, deltas: hand(deltas), text: hand(text), call },
    add: (delta) => {
      whole += delta;
      deltas.next(delta);
      text.next(whole);
    },
    end: () => {
      deltas.complete();
      text.complete();
    },
    fail: (error) => {
      deltas.error(error);
      text.error(error);
    },
  };
}

/** A tool call before its first piece. */
export function liveTool<W extends Wire, D extends ToolDefinition>(
  { id, name, index }: Pick<StreamedTool, 'id' | 'name' | 'index'>,
  call: CallContext<W>,
  hand: Handing,
): LiveTool<W, D> {
  const deltas = new ReplaySubject<string>(Infinity);
  const tool = new ReplaySubject<Tool<D, W>>(1);
  return {
    part: { type: 'tool', id, name, index, deltas: hand(deltas), tool: hand(tool), call },
    add: (delta) => deltas.next(delta),
    end: (complete) => {
      deltas.complete();
      tool.next(complete);
      tool.complete();
    },
    fail: (error) => {
      deltas.error(error);
      tool.error(error);
    },
  };
}
