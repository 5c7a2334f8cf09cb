import { describe, expect, it } from '@jest/globals';
import { identity, lastValueFrom, toArray } from 'rxjs';
import { z } from 'zod';
import { responseModel, tool, type StreamTuple } from 'rx-llm';
import {
  scriptedProvider,
  streamOf,
  text,
  thinking,
  toolCall,
  toolCallPieces,
  tuplesOf,
  type Script,
  type ScriptedEvent,
  type ScriptedWire,
} from 'rx-llm/testing';
import { partAssembly } from '../../../operators/views/part-assembly.ts';
import type { StreamedPart } from '../../../operators/views/streamed-part.ts';
import { piece } from './tool-call-piece.ts';

const add = tool({ name: 'add', parameters: z.object({ a: z.number() }) });
const now = tool({ name: 'now', parameters: z.object({}) });
const tools = [add, now] as const;

type Definition = (typeof tools)[number];
type Tuple = StreamTuple<ScriptedWire, Definition>;

/** What a part says: its kind, its pieces, its tool, and how it ends. */
interface Said {
  readonly kind: string;
  readonly deltas: string[];
  end?: string;
}

/** An assembly, and what its parts have said so far. */
function assembling() {
  const said: Said[] = [];
  const assembly = partAssembly<ScriptedWire, Definition>(
    (part) => said.push(saidBy(part)),
    identity,
  );
  return { ...assembly, said };
}

function saidBy(part: StreamedPart<ScriptedWire, Definition>): Said {
  const said: Said = { kind: part.type === 'tool' ? part.name : part.type, deltas: [] };
  part.deltas.subscribe({
    next: (delta) => said.deltas.push(delta),
    error: (error: unknown) => (said.end = String(error)),
    complete: () => (said.end = 'whole'),
  });
  if (part.type !== 'tool') return said;
  part.tool.subscribe({
    next: ({ error, argumentsText }) => (said.end = `${error?.code ?? 'valid'} ${argumentsText}`),
    error: (error: unknown) => (said.end = String(error)),
  });
  return said;
}

const tuplesIn = (script: Script): Promise<readonly Tuple[]> =>
  lastValueFrom(streamOf(script, { tools }).pipe(toArray()));

/** What the parts of a stream that ends say. */
async function saidIn(script: Script): Promise<readonly Said[]> {
  const { take, end, said } = assembling();
  for (const tuple of await tuplesIn(script)) take(tuple);
  end();
  return said;
}

describe('partAssembly', () => {
  it('should begin a part where the other kind or a tool call begins', async () => {
    const call = toolCall({ name: 'now' });
    expect(await saidIn([thinking('1'), '2', '3', thinking('4'), call, thinking('5')])).toEqual([
      { kind: 'thinking', deltas: ['1'], end: 'whole' },
      { kind: 'text', deltas: ['2', '3'], end: 'whole' },
      { kind: 'thinking', deltas: ['4'], end: 'whole' },
      { kind: 'now', deltas: [], end: 'valid ' },
      { kind: 'thinking', deltas: ['5'], end: 'whole' },
    ]);
  });

  it('should take thinking before text before tool calls where one event has all', async () => {
    const all: ScriptedEvent = { ...text('2'), ...thinking('1'), ...toolCall({ name: 'now' }) };
    expect((await saidIn([all, '3'])).map(({ kind }) => kind)).toEqual([
      'thinking',
      'text',
      'now',
      'text',
    ]);
  });

  it('should tell interleaved tool calls apart, and not end a text at a further piece', async () => {
    const script = [
      piece(0, '{"a"', { name: 'add' }),
      piece(1, '{', { name: 'now' }),
      'one',
      piece(0, ':1'),
      piece(0, ''),
      ' text',
      piece(1, '}', { complete: true }),
      piece(0, '}', { complete: true }),
    ];
    expect(await saidIn(script)).toEqual([
      { kind: 'add', deltas: ['{"a"', ':1', '}'], end: 'valid {"a":1}' },
      { kind: 'now', deltas: ['{', '}'], end: 'valid {}' },
      { kind: 'text', deltas: ['one', ' text'], end: 'whole' },
    ]);
  });

  it('should tell calls of one id apart by their index', async () => {
    const script = [
      piece(0, '{"a":1', { name: 'add', id: 'x' }),
      piece(1, '{}', { name: 'now', id: 'x', complete: true }),
      piece(0, '}', { complete: true }),
    ];
    expect(await saidIn(script)).toEqual([
      { kind: 'add', deltas: ['{"a":1', '}'], end: 'valid {"a":1}' },
      { kind: 'now', deltas: ['{}'], end: 'valid {}' },
    ]);
  });

  it('should tell calls of one index apart by their ids', async () => {
    const script = [
      piece(0, '{"a":1}', { name: 'add', id: 'x' }),
      piece(0, '{"a":2}', { name: 'add', id: 'y' }),
    ];
    expect(await saidIn(script)).toEqual([
      { kind: 'add', deltas: ['{"a":1}'], end: 'valid {"a":1}' },
      { kind: 'add', deltas: ['{"a":2}'], end: 'valid {"a":2}' },
    ]);
  });

  it('should give several calls that one event finishes', async () => {
    const calls = [toolCall({ name: 'add', args: { a: 1 } }), toolCall({ name: 'now' })];
    const event = { toolCalls: calls.flatMap(({ toolCalls = [] }) => toolCalls) };
    expect(await saidIn([event])).toEqual([
      { kind: 'add', deltas: ['{"a":1}'], end: 'valid {"a":1}' },
      { kind: 'now', deltas: [], end: 'valid ' },
    ]);
  });

  it('should give calls of tools that were not declared, and those that must not run', async () => {
    const script = [toolCall({ name: 'who' }), toolCall({ name: 'add', argumentsText: '{' })];
    expect(await saidIn(script)).toEqual([
      { kind: 'who', deltas: [], end: 'unknown-tool ' },
      { kind: 'add', deltas: ['{'], end: 'invalid-tool-arguments {' },
    ]);
  });

  it('should begin a tool call when it has a name, with what had arrived', async () => {
    const script = [piece(0, '{'), piece(0, '"a"'), piece(0, ':1', { name: 'add' }), piece(0, '}')];
    expect(await saidIn(script)).toEqual([
      { kind: 'add', deltas: ['{"a":1', '}'], end: 'valid {"a":1}' },
    ]);
    expect(await saidIn([piece(0, '{'), piece(0, '}')])).toEqual([
      { kind: '', deltas: ['{}'], end: 'unknown-tool {}' },
    ]);
  });

  it('should take a tool whose pieces did not come for a part as well', async () => {
    const [tuple] = await tuplesIn([toolCall({ name: 'add', args: { a: 1 } })]);
    const [chunk, given] = tuple!;
    const { take, end, said } = assembling();
    take([{ ...chunk, toolCallDeltas: [] }, given]);
    end();
    expect(said).toEqual([{ kind: 'add', deltas: ['{"a":1}'], end: 'valid {"a":1}' }]);
  });

  it('should give the same with partial tools', async () => {
    const script = [
      ...toolCallPieces({ name: 'add', args: { a: 1 } }),
      'text',
      toolCall({ name: 'now' }),
    ];
    const llm = scriptedProvider(script);
    const partial = llm.call({ model: 'm', tools, partialTools: true }, () => 'Hi')();
    const { take, end, said } = assembling();
    for (const tuple of await lastValueFrom(partial.pipe(toArray()))) take(tuple);
    end();
    expect(said).toEqual(await saidIn(script));
  });

  it('should not show the tool that stands for the answer, whole or cut off', async () => {
    const model = responseModel(z.object({ a: z.number() }), { mode: 'tool' });
    const script = [
      piece(0, '{"a":', { name: 'response' }),
      piece(1, '{}', { name: 'now' }),
      piece(0, '1}'),
    ];
    const llm = scriptedProvider(script);
    const options = { model: 'm', tools, responseModel: model, partialTools: true } as const;
    const tuples = await lastValueFrom(
      llm
        .call(options, () => 'Hi')()
        .pipe(toArray()),
    );
    for (const whole of [true, false]) {
      const { take, end, said } = assembling();
      for (const tuple of whole ? tuples : tuples.slice(0, 1)) take(tuple);
      end();
      const first = { kind: 'text', deltas: ['{"a":'], end: 'whole' };
      const others = [
        { kind: 'now', deltas: ['{}'], end: 'valid {}' },
        { kind: 'text', deltas: ['1}'], end: 'whole' },
      ];
      expect(said).toEqual(whole ? [first, ...others] : [first]);
    }
  });

  it('should end what is open at the end: a tool call as cut off', async () => {
    const tuples = await tuplesIn([piece(0, '{"a":', { name: 'add' }), 'text', piece(0, '1}')]);
    const { take, end, said } = assembling();
    for (const tuple of tuples.slice(0, 2)) take(tuple);
    end();
    expect(said).toEqual([
      { kind: 'add', deltas: ['{"a":'], end: 'invalid-tool-arguments {"a":' },
      { kind: 'text', deltas: ['text'], end: 'whole' },
    ]);
  });

  it('should end what is open, and nothing else, with an error', async () => {
    const tuples = await tuplesIn([
      'text',
      toolCall({ name: 'now' }),
      piece(1, '{"a":', { name: 'add' }),
      thinking('Hm'),
    ]);
    const { take, fail, said } = assembling();
    for (const tuple of tuples.slice(0, 4)) take(tuple);
    fail('mine');
    expect(said).toEqual([
      { kind: 'text', deltas: ['text'], end: 'whole' },
      { kind: 'now', deltas: [], end: 'valid ' },
      { kind: 'add', deltas: ['{"a":'], end: 'mine' },
      { kind: 'thinking', deltas: ['Hm'], end: 'mine' },
    ]);
  });

  it('should begin anew with another call', () => {
    const opened = tuplesOf({ a: 'one', w: piece(0, '{', { name: 'add' }) }, { tools });
    const after = tuplesOf(
      { b: 'two', w: piece(0, '{}', { name: 'now', complete: true }) },
      { tools },
    );
    const { take, end, said } = assembling();
    for (const tuple of [opened.a, opened.w, opened.a, after.b, after.w]) take(tuple);
    end();
    expect(said).toEqual([
      { kind: 'text', deltas: ['one'], end: 'whole' },
      { kind: 'add', deltas: ['{'], end: 'invalid-tool-arguments {' },
      { kind: 'text', deltas: ['one'], end: 'whole' },
      { kind: 'text', deltas: ['two'], end: 'whole' },
      { kind: 'now', deltas: ['{}'], end: 'valid {}' },
    ]);
  });

  it('should go on with a text where the next call does', () => {
    const { a } = tuplesOf({ a: 'one' });
    const [chunk] = tuplesOf({ b: ' two' }).b;
    const { take, end, said } = assembling();
    take(a);
    take([{ ...chunk, call: { ...chunk.call, continues: true } }, null]);
    end();
    expect(said).toEqual([{ kind: 'text', deltas: ['one', ' two'], end: 'whole' }]);
  });

  it('should say which call a part belongs to, and what it is', async () => {
    const begun: StreamedPart<ScriptedWire, Definition>[] = [];
    const { take } = partAssembly<ScriptedWire, Definition>((part) => begun.push(part), identity);
    const tuples = await tuplesIn(['text', toolCall({ name: 'now', id: 'x' })]);
    for (const tuple of tuples) take(tuple);
    const [{ call }] = tuples[0]!;
    expect(begun).toMatchObject([
      { type: 'text', call },
      { type: 'tool', id: 'x', name: 'now', index: 0, call },
    ]);
  });
});
