import { StreamError } from '../../lib/index.ts';

/**
 * The error of what a service cannot take.
 *
 * @param provider name of the service
 * @param what it does not take
 * @param instead what to do about it
 */
export const unsupported = (provider: string, what: string, instead: string): StreamError =>
  new StreamError(provider, {
    code: 'unsupported',
    message: `This API does not take ${what}; ${instead}`,
  });
