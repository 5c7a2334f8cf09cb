import { call, tool, type Provider, type Tool } from 'rx-llm';
import { toCallResponse } from 'rx-llm/operators';
import { from } from 'rxjs';
import { documentOf, growingText, lengthOf, prose, type Document } from '../documents.ts';
import { costs, growths, headsOf } from '../report/cells.ts';
import { table } from '../report/markdown.ts';
import { streamOf } from '../stream.ts';
import type { Case, Results, Stream, Suite } from '../suite.ts';
import { wires as spoken } from '../wires/index.ts';
import type { SpokenWire } from '../wires/spoken-wire.ts';

/** Whether what a provider makes of its events grows with the answer: to read them, and to rebuild the response. */
export const wires: Suite = {
  name: 'wires',
  quick: true,
  cases: spoken.flatMap((wire): readonly Case[] => [
    { name: `${wire.name}, a text`, stream: (size) => textOver(wire, size) },
    ...(wire.toolCall === null
      ? []
      : [{ name: `${wire.name}, a tool call`, stream: (size: number) => callOver(wire, size) }]),
  ]),
  sizes: (quick) => (quick ? [1_000, 10_000] : [1_000, 10_000, 100_000]),
  report,
};

function textOver(wire: SpokenWire, size: number): Stream {
  const document = documentOf(prose(lengthOf(size)));
  const events = wire.text(document.fragments);
  return responseStream(wire, document, events, ({ content }) => content, document.text);
}

function callOver(wire: SpokenWire, size: number): Stream {
  const document = growingText(size);
  const events = wire.toolCall?.(document.fragments) ?? [];
  const args = JSON.parse(document.text) as unknown;
  return responseStream(wire, document, events, ({ tools: [called] }) => called?.args, args);
}

/** What is read of a response. */
interface Read {
  readonly content: string;
  readonly tools: readonly Tool[];
}

/** The stream of these events: all at once, without the SDK and without a network. */
function responseStream(
  { provider }: SpokenWire,
  document: Document,
  events: readonly object[],
  read: (response: Read) => unknown,
  expected: unknown,
): Stream {
  const offline: Provider = {
    ...provider,
    connect: () => null,
    secrets: () => [],
    open: () => from(events),
  };
  const answer = call(offline, { model: 'bench-model', tools: [save] }, () => 'A prompt');
  return streamOf(
    document,
    answer().pipe(toCallResponse()),
    // The SDK's own response is rebuilt when it is read.
    (response) => (response.response === undefined ? undefined : read(response)),
    expected,
  );
}

const save = tool({ name: 'save', parameters: { type: 'object' } });

function report(results: Results): string {
  const rows = results.cases.map(({ name }) => [
    name,
    ...costs(results, name),
    ...growths(results, name),
  ]);
  return table(['', ...headsOf(results.sizes)], rows);
}
