/** A prompt may decide more than its text: tools, parameters, model and metadata, for the call it is asked for. */
import { concat, finalize, last } from 'rxjs';
import { tool } from 'rx-llm';
import { z } from 'zod';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^Recommend/ },
  response: { content: 'Read "Momo".' },
});

const title = z.object({ title: z.string() });
const lend = tool({ name: 'lend', parameters: title });
const order = tool({ name: 'order', parameters: title });

const recommendBook = llm.call(
  {
    ...options,
    tools: [lend, order],
    commonParams: { maxTokens: 500 },
    metadata: { app: 'books' },
  },
  (genre: string, reader: { readonly name: string; readonly age: number }) => {
    const isChild = reader.age < 14;
    return {
      messages: `Recommend a ${genre} book for ${isChild ? 'a child' : 'an adult'}`,
      model: options.model, // A child may have a smaller one.
      tools: isChild ? [lend] : [lend, order],
      commonParams: isChild ? { stop: '\n\n' } : {},
      metadata: { reader: reader.name },
    };
  },
);

const child = { name: 'Ada', age: 9 };
const adult = { name: 'Bo', age: 40 };
concat(recommendBook('fantasy', child).pipe(last()), recommendBook('fantasy', adult).pipe(last()))
  .pipe(finalize(close))
  .subscribe(([{ call }]) => {
    const offered = call.tools.map(({ name }) => name);
    console.log(offered, call.commonParams, call.metadata);
  });

// prints: [ 'lend' ] { maxTokens: 500, stop: '\n\n' } { app: 'books', reader: 'Ada' }
// prints: [ 'lend', 'order' ] { maxTokens: 500 } { app: 'books', reader: 'Bo' }
