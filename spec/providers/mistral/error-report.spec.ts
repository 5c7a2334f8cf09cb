import { describe, expect, it } from '@jest/globals';
import { errorReportIn, wordsIn } from '../../../providers/mistral/error-report.ts';

describe('errorReportIn', () => {
  it.each([
    { object: 'error', message: 'no', type: 't', code: '1500' },
    { object: 'error' },
    { detail: 'Invalid API Key' },
    { detail: [{ loc: ['body', 'n'], msg: 'too many' }] },
    { error: 'no' },
  ])('should find the error %j reports', (event) => {
    expect(errorReportIn(event)).toBe(event);
  });

  it('should find the error a gateway puts in a field', () => {
    const error = { message: 'no', type: 't' };
    expect(errorReportIn({ error, request: 'r' })).toBe(error);
  });

  it.each([
    null,
    undefined,
    'error',
    [{ detail: 'no' }],
    {},
    { message: 'hello' },
    { object: 'chat.completion.chunk', choices: [] },
    { error: null, detail: '' },
    { object: 'error', choices: [] },
  ])('should find none in %j', (event) => {
    expect(errorReportIn(event)).toBeNull();
  });
});

describe('wordsIn', () => {
  it.each<[unknown, string | null]>([
    [{ message: 'no' }, 'no'],
    [{ detail: 'no' }, 'no'],
    [{ error: 'no' }, 'no'],
    ['no', 'no'],
    [
      {
        message: {
          detail: [
            { type: 'missing', loc: ['body', 'messages', 0], msg: 'Field required', input: {} },
            { msg: 'and so on' },
          ],
        },
      },
      'body.messages.0: Field required; and so on',
    ],
    [{ detail: [] }, null],
    [{ message: '' }, null],
    [{}, null],
    [7, null],
    [null, null],
  ])('should find the words in %j', (report, words) => {
    expect(wordsIn(report)).toBe(words);
  });
});
