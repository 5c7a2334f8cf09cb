import { call, tool, type StreamTuple, type ToolDefinition } from 'rx-llm';
import type { Observable } from 'rxjs';
import type { Document } from './documents.ts';
import { providerOf, type BenchWire } from './provider.ts';

/** The stream of an answer. */
export type Answer = Observable<StreamTuple<BenchWire>>;

/** The stream of a tool call, whole and piece by piece. */
export type ToolAnswer = Observable<StreamTuple<BenchWire, ToolDefinition, never, boolean>>;

/** An answer whose text comes in these fragments. */
export function textAnswer({ fragments }: Document): Answer {
  const events = fragments.map((content) => ({ content }));
  const provider = providerOf([...events, { finishReasons: ['stop'], end: 'now' }]);
  return call(provider, 'bench-model', () => 'A prompt')();
}

/** An answer that calls a tool, whose arguments come in these fragments. */
export function toolAnswer({ fragments }: Document, partialTools: boolean): ToolAnswer {
  const events = fragments.map((piece, position) => ({
    toolCalls: [
      {
        index: 0,
        id: position === 0 ? 'call_0' : null,
        name: position === 0 ? save.name : null,
        arguments: piece,
      },
    ],
  }));
  const provider = providerOf([...events, { finishReasons: ['tool_calls'], end: 'now' }]);
  return call(provider, { model: 'bench-model', tools: [save], partialTools }, () => 'A prompt')();
}

const save = tool({ name: 'save', parameters: { type: 'object' } });
