/** An answer that the output limit cut off goes on: one text, of as many requests as it takes. */
import { finalize } from 'rxjs';
import { continueOnLength, toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint(
  {
    match: { userMessage: /^Tell/ },
    response: { content: 'Once upon a time there was a dra', finishReason: 'length' },
  },
  { match: { userMessage: /^Go on/ }, response: { content: 'gon. It slept.' } },
);

const tell = llm.call(
  { ...options, commonParams: { maxTokens: 8 } },
  (hero: string) => `Tell a story about a ${hero}`,
);

tell('dragon')
  .pipe(continueOnLength({ maxSteps: 3 }), toCallResponse(), finalize(close))
  .subscribe(({ content, commonFinishReasons, steps, outputTokens, totalUsage }) => {
    console.log(content);
    console.log(
      'pieces before the last:',
      steps.map((step) => step.content),
    );
    console.log('ended for:', commonFinishReasons?.[0]);
    console.log('tokens of the last and of all:', outputTokens, totalUsage?.outputTokens);
  });

// prints: Once upon a time there was a dragon. It slept.
// prints: pieces before the last: [ 'Once upon a time there was a dra' ]
// prints: ended for: stop
