/** Chains are `switchMap`: what the second call asks is what the first answered. */
import { finalize, switchMap } from 'rxjs';
import { toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /^Summarise/ },
    response: { content: 'Rivers carry the mountains to the sea.' },
  },
  {
    match: { userMessage: /^Translate/ },
    response: { content: 'Los ríos llevan las montañas al mar.' },
  },
);

const summarise = llm.call(options, (topic: string) => `Summarise ${topic} in one sentence`);
const translate = llm.call(options, (text: string) => `Translate into Spanish: ${text}`);

summarise('erosion')
  .pipe(
    toCallResponse(),
    switchMap(({ content }) => translate(content)),
    finalize(close),
  )
  .subscribe({
    next: ([chunk]) => process.stdout.write(chunk.content),
    complete: () => console.log(),
  });

// prints: Los ríos llevan las montañas al mar.
