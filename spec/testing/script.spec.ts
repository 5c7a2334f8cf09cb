import { describe, expect, it } from '@jest/globals';
import { map, Subject, throwError } from 'rxjs';
import { toCallResponse } from 'rx-llm/operators';
import {
  contents,
  finish,
  streamOf,
  text,
  toolCall,
  usage,
  wait,
  type Script,
  type ScriptedEvent,
} from 'rx-llm/testing';
import { inVirtualTime } from '../support/virtual-time.ts';

/** What a script gives at once, by the texts of its events. */
function textsOf(script: Script): readonly string[] {
  const texts: string[] = [];
  inVirtualTime(({ flush }) => {
    streamOf(script)
      .pipe(contents())
      .subscribe((content) => texts.push(content));
    flush();
  });
  return texts;
}

function finishReasonsOf(script: Script): unknown {
  let reasons: unknown;
  inVirtualTime(({ flush }) => {
    streamOf(script)
      .pipe(toCallResponse())
      .subscribe(({ finishReasons }) => (reasons = finishReasons));
    flush();
  });
  return reasons;
}

describe('a string as script', () => {
  it('should stream word by word, then finish', () => {
    expect(textsOf('Hello big world')).toEqual(['Hello', ' big', ' world', '']);
  });

  it('should keep every blank', () => {
    expect(textsOf('  Hello \n\n world \n').join('')).toBe('  Hello \n\n world \n');
    expect(textsOf(' ')).toEqual([' ', '']);
  });

  it('should only finish when it is empty', () => {
    expect(textsOf('')).toEqual(['']);
  });

  it('should finish with stop', () => {
    expect(finishReasonsOf('Hello')).toEqual(['stop']);
  });

  it('should take time for a stream of any length', () => {
    const words = 'word '.repeat(20_000);
    expect(textsOf(words)).toHaveLength(20_002);
  });
});

describe('a list as script', () => {
  it('should give an event per step', () => {
    expect(textsOf(['Hello ', text('big world'), finish()])).toEqual(['Hello ', 'big world', '']);
  });

  it('should finish by itself with stop', () => {
    expect(finishReasonsOf(['Hello', wait(1)])).toEqual(['stop']);
  });

  it('should finish by itself with tool_calls when it calls tools', () => {
    expect(finishReasonsOf([toolCall({ name: 'get_weather' }), wait(1)])).toEqual(['tool_calls']);
  });

  it('should finish for the reason it gives, and once', () => {
    expect(finishReasonsOf(['Hello', finish('length')])).toEqual(['length']);
    expect(textsOf(['Hello', finish('length'), usage({ outputTokens: 1 })])).toHaveLength(3);
  });

  it('should take plain events with everything an event can say', () => {
    inVirtualTime(({ flush }) => {
      const event: ScriptedEvent = {
        id: 'response_1',
        model: 'model-2026',
        content: 'Hello',
        thinking: 'Hm.',
        refusal: 'No',
        audio: Uint8Array.of(1, 2),
        audioTranscript: 'hello',
        usage: { inputTokens: 9, outputTokens: 3, cachedTokens: 4 },
      };
      const responses: unknown[] = [];
      streamOf([event])
        .pipe(
          toCallResponse(),
          map((response) => ({ ...response, audio: response.audio })),
        )
        .subscribe((response) => responses.push(response));
      flush();
      expect(responses).toMatchObject([
        {
          id: 'response_1',
          model: 'model-2026',
          content: 'Hello',
          thinking: 'Hm.',
          refusal: 'No',
          audio: Uint8Array.of(1, 2),
          audioTranscript: 'hello',
          inputTokens: 9,
          outputTokens: 3,
          cachedTokens: 4,
          interrupted: false,
        },
      ]);
    });
  });
});

describe('an Observable as script', () => {
  it('should give its events when they come', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const script = cold<string | ScriptedEvent>('-a-b-|', { a: 'He', b: text('llo') });
      expectObservable(streamOf(script).pipe(contents())).toBe('-a-b-|', { a: 'He', b: 'llo' });
    });
  });

  it('should be subscribed to per call and unsubscribed from with it', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const script = cold('-a-b-|', { a: 'He', b: 'llo' });
      const source = streamOf(script).pipe(contents());
      expectObservable(source, '^-!').toBe('-a', { a: 'He' });
      expectObservable(source, '---^').toBe('----a-b-|', { a: 'He', b: 'llo' });
      expectSubscriptions(script.subscriptions).toBe(['^-!', '---^----!']);
    });
  });

  it('should end truthfully when it completes', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const answer = streamOf(cold('-a-b-|')).pipe(
        toCallResponse(),
        map(({ content, interrupted }) => ({ content, interrupted })),
      );
      expectObservable(answer).toBe('-----(r|)', { r: { content: 'ab', interrupted: false } });
    });
  });

  it('should end after the usage wait when it gave a reason and does not complete', () => {
    inVirtualTime(({ hot, expectObservable }) => {
      const script = hot<string | ScriptedEvent>('-a-f', { a: 'He', f: finish() });
      expectObservable(streamOf(script).pipe(contents())).toBe('-a-f 999ms |', { a: 'He', f: '' });
    });
  });

  it('should error as a provider when it errors', () => {
    const script = throwError(() => new Error('socket hang up'));
    let error: unknown;
    streamOf(script).subscribe({ error: (failure: unknown) => (error = failure) });
    expect(error).toMatchObject({ code: 'provider', detail: 'socket hang up' });
  });

  it('should be driven by a Subject, without any clock', () => {
    const script = new Subject<string>();
    const texts: string[] = [];
    streamOf(script)
      .pipe(contents())
      .subscribe((content) => texts.push(content));
    script.next('He');
    script.next('llo');
    expect(texts).toEqual(['He', 'llo']);
  });
});
