/** Images, sound and documents are parts of a message; a provider that does not take one says so. */
import { catchError, concat, finalize, map, of, type Observable } from 'rxjs';
import { StreamError, type UserPart } from 'rx-llm';
import { toCallResponse, wavFile } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^What is this/ },
  response: { content: 'Something very small.' },
});

const ask = llm.call(options, (part: UserPart) => [{ type: 'text', text: 'What is this?' }, part]);

/** One red point. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const image: UserPart = { type: 'image', data: png, mediaType: 'image/png', detail: 'low' };
const audio: UserPart = { type: 'audio', data: wavFile(new Uint8Array(4800)) };
const document: UserPart = { type: 'document', data: new TextEncoder().encode('%PDF-1.4\n%%EOF') };
const link: UserPart = { type: 'image', url: 'https://example.com/cat.png' };

const answerTo = (name: string, part: UserPart): Observable<string> =>
  ask(part).pipe(
    toCallResponse(),
    map(({ content }) => `${name}: ${content}`),
    catchError((error: unknown) => {
      if (!(error instanceof StreamError)) throw error;
      return of(`${name}: ${error.code}: ${error.message}`);
    }),
  );

concat(
  answerTo('image', image),
  answerTo('image by URL', link),
  answerTo('audio', audio),
  answerTo('document', document),
)
  .pipe(finalize(close))
  .subscribe((line) => console.log(line));

// prints: image: Something very small.
// prints with bedrock: image by URL: unsupported:…
// prints with anthropic, groq, xai, cohere: audio: unsupported:…
// prints with groq, xai, cohere: document: unsupported:…
