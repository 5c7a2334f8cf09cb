import type { ClientOptions } from 'openai';
import { StreamError } from '../../lib/index.ts';
import { service, type Service } from './service.ts';

/** A service that speaks Chat Completions. */
export interface CompatibleOptions {
  /** Name in errors and on responses. */
  readonly name: string;
  /** Where it is, up to and without `/chat/completions`. */
  readonly baseURL: string;
  /** Environment variable that holds its key. Without one no key is sent unless the caller gives it. */
  readonly apiKeyVariable?: string;
  /** Headers to send with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Takes the end of the body for the end of the answer. For endpoints that send neither a finish reason
   * nor `[DONE]`: a stream that was cut between two events then looks finished. Default `false`.
   */
  readonly endOfBodyIsEnd?: boolean;
}

/**
 * A provider for any service that speaks Chat Completions, through OpenAI's SDK. Nothing meant for
 * OpenAI in the environment (key, organization, base URL, headers) reaches the service.
 *
 * @example
 * ```ts
 * const openrouter = compatible({
 *   name: 'openrouter',
 *   baseURL: 'https://openrouter.ai/api/v1',
 *   apiKeyVariable: 'OPENROUTER_API_KEY',
 * });
 * const ollama = compatible({ name: 'ollama', baseURL: 'http://localhost:11434/v1' });
 * ```
 * @throws {TypeError} when the name or the base URL is missing
 */
export function compatible(options: CompatibleOptions): Service {
  const { name, baseURL, endOfBodyIsEnd = false } = options;
  if (!name) throw new TypeError('compatible() needs a name: compatible({ name, baseURL })');
  if (!baseURL) throw new TypeError(`compatible({ name: "${name}" }) needs a baseURL`);
  return service<ClientOptions>(name, {
    endOfBodyIsEnd,
    clientOptions: (given) => serviceOptions(options, given),
  });
}

/** The SDK's options for a service that is not OpenAI: everything it would take from OpenAI's environment is set. */
export function serviceOptions(
  { name, baseURL, apiKeyVariable, headers }: CompatibleOptions,
  given: ClientOptions = {},
): ClientOptions {
  const key = given.apiKey ?? (apiKeyVariable && environment(apiKeyVariable));
  if (!key && apiKeyVariable) {
    const message = `No API key; set ${apiKeyVariable} or give clientOptions.apiKey`;
    throw new StreamError(name, { code: 'authentication', message });
  }
  return {
    organization: null,
    project: null,
    adminAPIKey: null,
    baseURL,
    ...given,
    // The SDK insists on a key; a service without one is sent no authorization.
    apiKey: key ?? 'none',
    defaultHeaders: {
      ...noHeaders(environment('OPENAI_CUSTOM_HEADERS')),
      ...(key ? {} : { authorization: null }),
      ...headers,
      ...headersOf(given.defaultHeaders),
    },
  };
}

type HeaderRecord = Readonly<Record<string, string | null | undefined>>;

/** The SDK takes headers in any of these forms. */
function headersOf(headers: ClientOptions['defaultHeaders']): HeaderRecord {
  const isIterable = headers instanceof Headers || Array.isArray(headers);
  return (isIterable ? Object.fromEntries(headers) : (headers ?? {})) as HeaderRecord;
}

/** Takes back the headers the SDK adds from its environment variable, one `Name: value` a line. */
const noHeaders = (lines: string | undefined): Record<string, null> =>
  Object.fromEntries(
    (lines ?? '')
      .split('\n')
      .filter((line) => line.includes(':'))
      .map((line) => [line.slice(0, line.indexOf(':')).trim(), null]),
  );

/** A variable of the environment, where there is an environment. */
export const environment = (name: string): string | undefined =>
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name] ||
  undefined;
