/** A translation that follows a text while it is written: what is new cancels the translation before it. */
import { distinctUntilChanged, filter, finalize, map, switchMap, tap, throttleTime } from 'rxjs';
import { accumulate, toCallResponse } from 'rx-llm/operators';
import { exampleEndpoint } from './endpoints/example-endpoint.ts';

const german: Readonly<Record<string, string>> = { one: 'eins', two: 'zwei', three: 'drei' };

const { llm, options, close } = await exampleEndpoint(
  { match: { userMessage: /^Count/ }, response: { content: 'one, two, three, '.repeat(5) } },
  {
    match: { userMessage: /^Translate/ },
    response: ({ messages }) => {
      const [, text = ''] = /German: ([^"]*)/.exec(JSON.stringify(messages)) ?? [];
      return { content: text.replaceAll(/\w+/g, (word) => german[word] ?? word) };
    },
  },
);

const count = llm.call(options, () => 'Count to three, five times, in words');
const translate = llm.call(options, (text: string) => `Translate into German: ${text}`);

count()
  .pipe(
    accumulate(),
    map(({ content }) => content),
    filter((content) => content !== ''),
    throttleTime(200, undefined, { leading: true, trailing: true }), // not for every piece
    distinctUntilChanged(),
    switchMap((text) =>
      translate(text).pipe(
        tap({ unsubscribe: () => console.log(`(left: there is more than "${text}")`) }),
        toCallResponse(),
      ),
    ),
    finalize(close),
  )
  .subscribe(({ content }) => console.log(content));

// prints: eins, zwei, drei, eins, zwei, drei, eins, zwei, drei, eins, zwei, drei, eins, zwei, drei,
