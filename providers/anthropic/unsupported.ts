import { StreamError } from '../../lib/index.ts';

/** The error for what the API has no place for, with what to do instead. */
export const unsupported = (what: string, instead: string): StreamError =>
  new StreamError('anthropic', {
    code: 'unsupported',
    message: `The Messages API does not take ${what}; ${instead}`,
  });
