/** A call is a cold Observable: nothing happens before `subscribe`, each subscription is one request. */
import { finalize } from 'rxjs';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Recommend/ },
  response: {
    content: 'Read "The Left Hand of Darkness". It is as cold and as kind as its planet.',
  },
});

const recommendBook = llm.call(
  { ...options, commonParams: { maxTokens: 200 } },
  (genre: string) => `Recommend a ${genre} book in two sentences`,
);

recommendBook('science fiction')
  .pipe(finalize(close))
  .subscribe({
    next: ([chunk]) => process.stdout.write(chunk.content),
    complete: () => console.log('\n(complete: the model has finished, and said so)'),
  });

// prints: Read "The Left Hand of Darkness". It is as cold and as kind as its planet.
// prints: (complete: the model has finished, and said so)
