import { cutOffTool } from '../../lib/cut-off-tool.ts';
import type {
  CallContext,
  ResponseModel,
  StreamTuple,
  Tool,
  ToolCall,
  ToolCallDelta,
  ToolDefinition,
  Wire,
} from '../../lib/index.ts';
import { closeToolCalls, continueToolCalls, noToolCalls } from '../../lib/open-tool-calls.ts';
import { idOf, isCallOf } from '../../lib/tool-call.ts';
import { liveText, liveTool, type Handing, type LiveText, type LiveTool } from './live-part.ts';
import type { StreamedPart } from './streamed-part.ts';

/** Sorts what tuples bring into the parts of an answer. */
export interface PartAssembly<W extends Wire, D extends ToolDefinition> {
  take(tuple: StreamTuple<W, D, ResponseModel, boolean>): void;
  /** Ends all parts that are open; a tool call among them is cut off. */
  end(): void;
  /** Ends all parts that are open with an error. */
  fail(error: unknown): void;
}

/**
 * The parts of one subscription.
 *
 * @param begin told of every part when it begins, with its first piece; it may leave at once, which calls
 * `fail`
 * @param hand what the Observables of a part go through before they are handed out
 */
export function partAssembly<W extends Wire, D extends ToolDefinition>(
  begin: (part: StreamedPart<W, D>) => void,
  hand: Handing,
): PartAssembly<W, D> {
  let call: CallContext<W> | null = null;
  let text: LiveText<W> | null = null;
  let openCalls = noToolCalls;
  /** Each call that is open has its part under what has arrived of it. */
  const toolParts = new WeakMap<ToolCall, LiveTool<W, D>>();

  const endText = (): void => {
    text?.end();
    text = null;
  };

  const addText = (context: CallContext<W>, type: 'text' | 'thinking', delta: string): void => {
    if (delta === '') return;
    if (text?.part.type === type) return text.add(delta);
    endText();
    text = liveText(type, context, hand);
    text.add(delta);
    begin(text.part);
  };

  const beginTool = (context: CallContext<W>, toolCall: ToolCall): LiveTool<W, D> => {
    endText();
    const { name, index } = toolCall;
    const live = liveTool<W, D>({ id: idOf(toolCall), name, index }, context, hand);
    toolParts.set(toolCall, live);
    if (toolCall.arguments !== '') live.add(toolCall.arguments);
    begin(live.part);
    return live;
  };

  const addPiece = (context: CallContext<W>, delta: ToolCallDelta): void => {
    const { calls } = openCalls;
    openCalls = continueToolCalls(openCalls, delta);
    const position = openCalls.calls.findIndex((each, at) => each !== calls[at]);
    const toolCall = openCalls.calls[position];
    // Without a name it may still be the call that stands for the answer.
    if (toolCall === undefined || toolCall.name === '' || isAnswer(context, toolCall)) return;
    const before = calls[position];
    const live = before && toolParts.get(before);
    if (live === undefined) return void beginTool(context, toolCall);
    toolParts.set(toolCall, live);
    if (delta.arguments !== '') live.add(delta.arguments);
  };

  const endTool = (context: CallContext<W>, tool: Tool<D, W>): void => {
    const toolCall = openCalls.calls.find((each) => isCallOf(tool, each));
    const live = toolCall && toolParts.get(toolCall);
    openCalls = closeToolCalls(openCalls, (each) => each === toolCall);
    (live ?? beginTool(context, { ...tool, arguments: tool.argumentsText })).end(tool);
  };

  const cutOffTools = (): void => {
    for (const toolCall of openCalls.calls) {
      if (call !== null && !isAnswer(call, toolCall))
        endTool(call, cutOffTool<W, D>(call, toolCall));
    }
    openCalls = noToolCalls;
  };

  return {
    take: ([chunk, tool]) => {
      const { call: context } = chunk;
      if (context !== call) {
        if (!context.continues) endText();
        cutOffTools();
        call = context;
      }
      addText(context, 'thinking', chunk.thinking);
      addText(context, 'text', chunk.content);
      for (const delta of chunk.toolCallDeltas) addPiece(context, delta);
      if (tool?.delta === null) endTool(context, tool);
    },
    end: () => {
      endText();
      cutOffTools();
    },
    fail: (error) => {
      text?.fail(error);
      for (const toolCall of openCalls.calls) toolParts.get(toolCall)?.fail(error);
    },
  };
}

/** Whether a call stands for the answer: its pieces are the text. */
const isAnswer = <W extends Wire>({ shape }: CallContext<W>, { name }: ToolCall): boolean =>
  name === shape?.tool;
