/** Sentences, lines and words as they complete, whatever pieces the text comes in. */
import { finalize, map, merge, share } from 'rxjs';
import { lines, sentences, textDeltas, words } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Describe/ },
  response: { content: 'It rains 1.5 mm a day. Bring a coat!\nIn May it is dry.' },
});

const describe = llm.call(options, (city: string) => `Describe the weather in ${city}`);

const text = describe('Bergen').pipe(textDeltas(), share());

merge(
  text.pipe(
    sentences(), // to be read aloud one by one
    map((sentence) => ({ sentence })),
  ),
  text.pipe(
    lines(), // of a list, a table, a log
    map((line) => ({ line })),
  ),
  text.pipe(
    words(), // to be typed at an even pace
    map((word) => ({ word })),
  ),
)
  .pipe(finalize(close))
  .subscribe((unit) => console.log(JSON.stringify(unit)));

// prints: {"word":"It "}
// prints: {"sentence":"It rains 1.5 mm a day. "}
// prints: {"line":"It rains 1.5 mm a day. Bring a coat!\n"}
// prints: {"sentence":"In May it is dry."}
