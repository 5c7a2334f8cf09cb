/** Stopping early keeps the result: the text so far, marked interrupted, ready for the next turn. */
import { finalize } from 'rxjs';
import { takeUntilContains, toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const { llm, options, close } = await exampleEndpoint({
  match: { userMessage: /^List/ },
  response: { content: '1. Mercury\n2. Venus\n3. Earth\n4. Mars\n5. Jupiter\n6. Saturn\n' },
});

const list = llm.call(options, () => 'List the planets, numbered');

list()
  .pipe(takeUntilContains('\n4.', { include: false }), toCallResponse(), finalize(close))
  .subscribe(({ content, interrupted, messageParam }) => {
    console.log(content);
    console.log({ interrupted, messageParam });
  });

// prints: 1. Mercury
// prints: 3. Earth
// prints: interrupted: true,
