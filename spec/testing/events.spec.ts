import { describe, expect, it } from '@jest/globals';
import { type } from 'arktype';
import { tool, type StreamError, type StreamTuple, type Tool } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import {
  cut,
  finish,
  streamOf,
  text,
  thinking,
  toolCall,
  toolCallPieces,
  usage,
  type Script,
} from 'rx-llm/testing';
import { inVirtualTime } from '../support/virtual-time.ts';

const weather = tool({
  name: 'get_weather',
  parameters: type({ city: 'string' }),
  execute: ({ city }) => `Sunny in ${city}`,
});

const ping = tool({ name: 'ping', parameters: { type: 'object' } });

function tuplesIn(script: Script) {
  const tuples: StreamTuple[] = [];
  inVirtualTime(({ flush }) => {
    streamOf(script, { tools: [weather, ping] }).subscribe({
      next: (tuple) => tuples.push(tuple),
      error: () => undefined,
    });
    flush();
  });
  return tuples;
}

const toolsIn = (script: Script) => tuplesIn(script).map(([, called]) => summary(called));

const summary = (called: Tool | null) =>
  called && { id: called.id, name: called.name, args: called.args, error: called.error?.code };

describe('text, thinking, usage and finish', () => {
  it('should each be one event', () => {
    const script = [thinking('Hm.'), text('Hello'), finish('length'), usage({ outputTokens: 2 })];
    const chunks = tuplesIn(script).map(([chunk]) => chunk);
    expect(chunks).toMatchObject([
      { thinking: 'Hm.', content: '' },
      { thinking: '', content: 'Hello', finishReasons: null, usage: null },
      { finishReasons: ['length'], commonFinishReasons: ['length'] },
      { usage: { outputTokens: 2 }, inputTokens: null, outputTokens: 2 },
    ]);
    expect(chunks.map(({ chunk }) => chunk)).toEqual(script);
  });

  it('should finish with stop by default', () => {
    expect(finish()).toEqual({ finishReason: 'stop' });
  });
});

describe('toolCall', () => {
  it('should be delivered whole, with its event', () => {
    expect(
      toolsIn(['Let me see', toolCall({ name: 'get_weather', args: { city: 'Oslo' } })]),
    ).toEqual([null, { id: 'call_0_0', name: 'get_weather', args: { city: 'Oslo' } }, null]);
  });

  it('should have an id of its own for each call, or the one it is given', () => {
    const script = [
      toolCall({ name: 'get_weather', args: { city: 'Oslo' } }),
      toolCall({ name: 'get_weather', args: { city: 'Rome' } }),
      toolCall({ name: 'get_weather', args: { city: 'Bonn' }, id: 'mine' }),
    ];
    expect(toolsIn(script).map((called) => called?.id)).toEqual([
      'call_0_0',
      'call_0_1',
      'mine',
      undefined,
    ]);
  });

  it('should mean no arguments when it has none', () => {
    expect(toolCall({ name: 'ping' }).toolCalls?.[0]?.arguments).toBe('');
    expect(toolsIn([toolCall({ name: 'ping' })])[0]).toMatchObject({ name: 'ping', args: {} });
  });

  it('should be invalid when its arguments are not JSON or fail the schema', () => {
    const script = [
      toolCall({ name: 'get_weather', argumentsText: '{"city": ' }),
      toolCall({ name: 'get_weather', args: { city: 7 } }),
      toolCall({ name: 'get_time' }),
    ];
    expect(toolsIn(script).map((called) => called?.error)).toEqual([
      'invalid-tool-arguments',
      'invalid-tool-arguments',
      'unknown-tool',
      undefined,
    ]);
  });

  it('should ride on a continuation when an event has several', () => {
    const calls = ['Oslo', 'Rome'].flatMap(
      (city) => toolCall({ name: 'get_weather', args: { city } }).toolCalls ?? [],
    );
    const tuples = tuplesIn([{ content: 'Both', toolCalls: calls }]);
    expect(
      tuples.map(([{ content, continuation }, called]) => [content, continuation, called?.id]),
    ).toEqual([
      ['Both', false, 'call_0_0'],
      ['', true, 'call_0_1'],
      ['', false, undefined],
    ]);
  });
});

describe('toolCallPieces', () => {
  const options = { name: 'get_weather', args: { city: 'Oslo' } };

  it('should give the tool with the last piece', () => {
    expect(toolsIn([...toolCallPieces(options)])).toEqual([
      null,
      null,
      { id: 'call_0_0', name: 'get_weather', args: { city: 'Oslo' } },
      null,
    ]);
  });

  it('should add up to the same call in any number of pieces', () => {
    for (const count of [1, 2, 5, 40]) {
      const pieces = toolCallPieces({ ...options, id: 'mine' }, count);
      const deltas = pieces.flatMap(({ toolCalls = [] }) => toolCalls);
      expect(pieces).toHaveLength(count);
      expect(deltas.map((delta) => delta.arguments).join('')).toBe('{"city":"Oslo"}');
      expect(toolsIn(pieces).at(count - 1)).toMatchObject({ id: 'mine', args: { city: 'Oslo' } });
    }
  });

  it('should follow one another without a mix-up', () => {
    const other = { name: 'get_weather', args: { city: 'Rome' } };
    const called = toolsIn([...toolCallPieces(options), ...toolCallPieces(other)]);
    expect(called.map((item) => item?.args ?? null)).toEqual([
      null,
      null,
      { city: 'Oslo' },
      null,
      null,
      { city: 'Rome' },
      null,
    ]);
  });

  it('should be completed by the finish reason when the last piece does not', () => {
    const pieces = toolCallPieces({ ...options, args: {} }, 1).map(({ toolCalls = [] }) => ({
      toolCalls: toolCalls.map(({ complete: _, ...call }) => call),
    }));
    expect(toolsIn([...pieces, finish('tool_calls')]).map((called) => called?.id)).toEqual([
      undefined,
      'call_0_0',
    ]);
  });

  it('should be visible as cut off when the last piece is missing', () => {
    inVirtualTime(({ flush }) => {
      let partial: unknown;
      streamOf([...toolCallPieces(options).slice(0, -1), cut()], { tools: [weather] })
        .pipe(toCallResponse())
        .subscribe({ error: (error: unknown) => (partial = (error as StreamError).partial) });
      flush();
      expect(partial).toMatchObject({
        interrupted: true,
        tools: [{ name: 'get_weather', error: { code: 'invalid-tool-arguments' } }],
      });
    });
  });

  it('should refuse a count that is none', () => {
    expect(() => toolCallPieces(options, 0)).toThrow('toolCallPieces(call, 3)');
    expect(() => toolCallPieces(options, 1.5)).toThrow(RangeError);
  });
});
