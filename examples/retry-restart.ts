/** A retry in mid-stream is a call of its own: `accumulate` starts anew, and nothing is said twice. */
import { map, retry, timer } from 'rxjs';
import type { StreamError } from 'rx-llm';
import { accumulate } from 'rx-llm/operators';
import { cut, scriptedProvider, text, wait } from 'rx-llm/testing';

// The first answer is cut off in the middle, as by a connection that is lost.
const llm = scriptedProvider((_request, position) =>
  position === 0
    ? [text('Rivers '), wait(10), text('carry '), wait(10), cut()]
    : [text('Rivers '), wait(10), text('carry '), wait(10), text('mountains.')],
);

const write = llm.call('any-model', () => 'A line on erosion');

write()
  .pipe(
    retry({
      count: 2,
      delay: ({ code, partial }: StreamError) => {
        console.log(`${code} after "${partial?.content ?? ''}": once more`);
        return timer(50);
      },
    }),
    accumulate(),
    map(({ content }) => content),
  )
  .subscribe((content) => console.log(content));

// prints: Rivers
// prints: Rivers carry
// prints: truncated after "Rivers carry ": once more
// prints: Rivers
// prints: Rivers carry
// prints: Rivers carry mountains.
