/** An answer taken apart: an Observable for each stretch of text and each tool call, for several readers. */
import { concat, concatMap, filter, finalize, merge, mergeMap, of, share, tap } from 'rxjs';
import { tool } from 'rx-llm';
import { parts } from 'rx-llm/operators';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /lights/ },
  response: {
    content: 'I see to it.',
    toolCalls: [
      { id: 'call_1', name: 'switch_light', arguments: '{"room":"hall","on":true}' },
      { id: 'call_2', name: 'switch_light', arguments: '{"room":"attic","on":false}' },
    ],
  },
});

const switchLight = tool({
  name: 'switch_light',
  parameters: z.object({ room: z.string(), on: z.boolean() }),
  execute: ({ room, on }) => `${room}: ${on ? 'on' : 'off'}`,
});

const ask = llm.call({ ...options, tools: [switchLight] }, () => 'Set the lights for the night');

const answer = ask().pipe(parts(), share());

/** Reads the parts one after the other, each from its beginning, however late its turn comes. */
const transcript = answer.pipe(
  concatMap((part) => concat(of(`\n[${part.type}] `), part.deltas)),
  tap((text) => process.stdout.write(text)),
);

/** Reads the tool calls at the same time, and runs each as soon as it is whole. */
const switched = answer.pipe(
  filter((part) => part.type === 'tool'),
  mergeMap((part) => part.tool),
  mergeMap((called) => called.call()),
  tap((result) => process.stdout.write(` (${result}) `)),
);

merge(transcript, switched)
  .pipe(finalize(close))
  .subscribe({ complete: () => console.log() });

// prints: [text] I see to it.
// prints: [tool] {"room":"hall","on":true}…
// prints: [tool] {"room":"attic","on":false}…
