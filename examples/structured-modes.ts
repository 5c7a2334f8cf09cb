/** How a model is brought to answer in a shape: `native`, `tool`, `json` or `text`, by default the best it can. */
import { catchError, concatMap, filter, finalize, from, map, of } from 'rxjs';
import { responseModel, StreamError, type ResponseMode } from 'rx-llm';
import { structured } from 'rx-llm/operators';
import { z } from 'zod';
import { cannedValue } from './endpoints/canned-value.ts';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Dune/ },
  response: cannedValue({ title: 'Dune', year: 1965 }),
});

const Book = z.object({ title: z.string(), year: z.int() });

const extractIn = (mode: ResponseMode) =>
  llm.call({ ...options, responseModel: responseModel(Book, { mode }) }, (text: string) => text);

const modes: readonly ResponseMode[] = ['native', 'tool', 'json', 'text'];

from(modes)
  .pipe(
    concatMap((mode) =>
      extractIn(mode)('Dune, 1965').pipe(
        structured(),
        filter((book) => book.done),
        map(({ value }) => `${mode}: ${JSON.stringify(value)}`),
        // Not every provider can do everything, and some models less than others of theirs.
        catchError((error: unknown) => {
          if (!(error instanceof StreamError)) throw error;
          return of(`${mode}: ${error.code}: ${error.message}`);
        }),
      ),
    ),
    finalize(close),
  )
  .subscribe((line) => console.log(line));

// prints with anthropic, azure, bedrock, cohere, google, litellm, mistral, openai, xai: native: {"title":"Dune","year":1965}
// prints with groq: native: unsupported: [groq] This model cannot answer in mode "native"; it can do …
// prints: tool: {"title":"Dune","year":1965}
// prints with azure, cohere, google, groq, litellm, mistral, openai, xai: json: {"title":"Dune","year":1965}
// prints with anthropic, bedrock: json: unsupported: […] This model cannot answer in mode "json"; it can do …
// prints: text: {"title":"Dune","year":1965}
