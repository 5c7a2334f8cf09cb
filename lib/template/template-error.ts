import { StreamError } from '../stream-error.ts';

/** The error of a template that is wrong in itself. Says nothing of its text but the names in it. */
export const templateError = (line: number, problem: string): TypeError =>
  new TypeError(`Prompt template, line ${line}: ${problem}`);

/** The error of values that do not fit a template. Says which, never what they are. */
export const valuesError = (problem: string): StreamError =>
  new StreamError(null, {
    code: 'prompt',
    message: `The prompt template cannot be filled in: ${problem}`,
  });
