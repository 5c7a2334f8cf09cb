import { StreamError } from '../../lib/index.ts';

/** The error for what the API has no place for, with what to do instead. */
export const unsupported = (provider: string, what: string, instead: string): StreamError =>
  new StreamError(provider, {
    code: 'unsupported',
    message: `Converse does not take ${what}; ${instead}`,
  });
