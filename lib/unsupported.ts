import { StreamError } from './stream-error.ts';

/**
 * The error of what a provider has no place for: a kind of part, a common parameter.
 *
 * @param provider its name
 * @param what it does not take
 * @param instead what to do about it
 */
export const unsupported = (provider: string, what: string, instead: string): StreamError =>
  new StreamError(provider, {
    code: 'unsupported',
    message: `This API does not take ${what}; ${instead}`,
  });
