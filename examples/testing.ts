/** Code that streams is tested without a network and on a virtual clock. */
import assert from 'node:assert/strict';
import { map, switchMap } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { accumulate } from 'rx-llm/operators';
import { scriptedProvider, text, wait } from 'rx-llm/testing';

const scheduler = new TestScheduler((actual, expected) => assert.deepEqual(actual, expected));

scheduler.run(({ hot, expectObservable, flush }) => {
  const llm = scriptedProvider([wait(10), text('It is '), wait(10), text('sunny')]);
  const ask = llm.call('any-model', (city: string) => `Weather in ${city}?`);

  // The code under test: the newest question counts.
  const answers = hot('a 14ms b', { a: 'Oslo', b: 'Lima' }).pipe(
    switchMap((city) => ask(city).pipe(accumulate())),
    map(({ content }) => content),
  );

  expectObservable(answers).toBe('10ms a 14ms a 9ms (bb)', { a: 'It is ', b: 'It is sunny' });
  flush();
  assert.deepEqual(
    llm.requests.map(({ state }) => state),
    ['unsubscribed', 'finished'],
  );
});

console.log('The first request was cancelled, the second finished, and no time has passed.');

// prints: The first request was cancelled, the second finished, and no time has passed.
