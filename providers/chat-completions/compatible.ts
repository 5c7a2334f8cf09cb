import type { ClientOptions } from 'openai';
import { StreamError, type ResponseMode } from '../../lib/index.ts';
import type { AskedModel } from './dialect.ts';
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
  /**
   * How its models can be brought to answer in the shape of a schema, the best way first, of `native`
   * (`response_format` takes a `json_schema`), `tool` (`tool_choice` is obeyed) and `json` (`response_format`
   * takes a `json_object`). Default: `tool` first beside other tools, else `json`, which tells the model
   * the schema as well and so does no harm where the service ignores it.
   */
  readonly responseModes?: readonly ResponseMode[];
  /**
   * Whether it takes marks of what is worth caching: parts with `cacheControl` are sent with
   * `cache_control`, as OpenRouter takes it. Default `false`: they are refused.
   */
  readonly cacheControl?: boolean;
  /**
   * The fields of an answer's message that hold its reasoning and go back with it in the next turn, as far
   * as the answer had them: DeepSeek refuses what follows a tool call without. Default: `reasoning_content`,
   * `reasoning`, `reasoning_details` and `thinking_blocks`, for a service that sends a field takes it back;
   * `[]` for one that does not.
   */
  readonly reasoningFields?: readonly string[];
}

/**
 * A provider for any service that speaks Chat Completions, through OpenAI's SDK. Nothing meant for
 * OpenAI in the environment (key, organization, base URL, headers) reaches the service.
 *
 * All common parameters are sent, `maxTokens` as `max_tokens`, the one name of it that every server knows
 * (`callParams` go before it). Which of them a model has, and which parts, the service says itself; sound
 * and documents go as data.
 *
 * @example
 * ```ts
 * const openrouter = compatible({
 *   name: 'openrouter',
 *   baseURL: 'https://openrouter.ai/api/v1',
 *   apiKeyVariable: 'OPENROUTER_API_KEY',
 *   responseModes: ['native', 'tool', 'json'],
 *   cacheControl: true,
 * });
 * const ollama = compatible({ name: 'ollama', baseURL: 'http://localhost:11434/v1' });
 * ```
 * @throws {TypeError} when the name or the base URL is missing
 */
export function compatible(options: CompatibleOptions): Service {
  const { name, baseURL, endOfBodyIsEnd = false, responseModes, cacheControl = false } = options;
  const { reasoningFields = allReasoningFields } = options;
  if (!name) throw new TypeError('compatible() needs a name: compatible({ name, baseURL })');
  if (!baseURL) throw new TypeError(`compatible({ name: "${name}" }) needs a baseURL`);
  return service<ClientOptions>(
    {
      name,
      // Ollama's documentation lists no other; vLLM and OpenRouter take both.
      maxTokens: 'max_tokens',
      missingParams: [],
      audio: true,
      documents: 'any',
      documentUrls: false,
      // https://openrouter.ai/docs/features/prompt-caching
      cacheMark: cacheControl ? 'cache_control' : 'none',
      keptReasoning: reasoningFields,
      responseModes: (call) => responseModes ?? modesOfAnyService(call),
    },
    { endOfBodyIsEnd, clientOptions: (given) => serviceOptions(options, given) },
  );
}

/**
 * `reasoning_content` is DeepSeek's, Moonshot's, Z.ai's and older vLLM's, `reasoning` Ollama's, Cerebras's and
 * newer vLLM's, `reasoning_details` OpenRouter's, beside `reasoning`, and `thinking_blocks` LiteLLM's, which may
 * stand behind another name. All that an answer has goes back, as where its message is appended as it came.
 *
 * @see https://api-docs.deepseek.com/guides/thinking_mode
 * @see https://openrouter.ai/docs/guides/best-practices/reasoning-tokens
 */
const allReasoningFields: readonly string[] = [
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'thinking_blocks',
];

/**
 * The order that does least harm: a service that does not know `json_schema` ignores it or refuses it, and
 * either way the model has not seen the schema; one that ignores `tool_choice` (Ollama) may get a text.
 */
const modesOfAnyService = ({ tools }: AskedModel): readonly ResponseMode[] =>
  tools.length > 0 ? ['tool', 'json', 'native'] : ['json', 'tool', 'native'];

/** The SDK's options for a service that is not OpenAI: everything it would take from OpenAI's environment is set. */
export function serviceOptions(
  {
    name,
    baseURL,
    apiKeyVariable,
    headers,
  }: Pick<CompatibleOptions, 'name' | 'baseURL' | 'apiKeyVariable' | 'headers'>,
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
