import type { ClientOptions } from 'openai';
import {
  StreamError,
  type CallResponse,
  type Chunk,
  type ToolDefinition,
} from '../../lib/index.ts';
import { environment, serviceOptions } from '../chat-completions/compatible.ts';
import type { OpenAIWire } from '../chat-completions/openai-wire.ts';
import { service, type Service } from '../chat-completions/service.ts';

export type { Service } from '../chat-completions/service.ts';

/** Options to make a client for Azure with. */
export type AzureClientOptions = ClientOptions & {
  /** The resource, such as `https://my-resource.openai.azure.com`. Default: `AZURE_OPENAI_ENDPOINT`. */
  readonly endpoint?: string;
};

/** The types Azure speaks. */
export type AzureWire = OpenAIWire<AzureClientOptions>;

/** A chunk of an Azure stream. */
export type AzureChunk = Chunk<AzureWire>;

/** The response of an Azure call. */
export type AzureResponse<Tools extends ToolDefinition = ToolDefinition> = CallResponse<
  AzureWire,
  Tools
>;

/**
 * Azure AI over its v1 endpoint, through OpenAI's SDK (`npm install openai`). The model is the name of a
 * deployment.
 *
 * Without a client: the resource is `clientOptions.endpoint` or `AZURE_OPENAI_ENDPOINT`; the key is
 * `clientOptions.apiKey`, which may be a function that gives an Entra token, or `AZURE_OPENAI_API_KEY`.
 * An `AzureOpenAI` client of the SDK is accepted as `client`, for older API versions.
 *
 * All common parameters are sent, `maxTokens` as `max_completion_tokens`; what a deployed model has not, it
 * refuses itself, and so it is with the parts: images, sound and documents (as data). `cacheControl` is
 * refused: the service caches by itself. What a deployment runs is not known: answers of a shape come by
 * `native`, as current models can; for an older one say `mode: 'tool'` in the response model.
 */
export const azure: Service<AzureClientOptions> = service<AzureClientOptions>(
  {
    name: 'azure',
    // https://learn.microsoft.com/azure/ai-foundry/openai/latest: the v1 API has OpenAI's parameters.
    maxTokens: 'max_completion_tokens',
    missingParams: [],
    audio: true,
    documents: 'any',
    documentUrls: false,
    // https://learn.microsoft.com/azure/foundry/openai/how-to/prompt-caching knows a key, no marks.
    cacheMark: 'none',
    // Models of others give `reasoning_content`; the API documents no place for it in a request.
    keptReasoning: [],
    responseModes: () => ['native', 'tool', 'json'],
  },
  {
    clientOptions: ({ endpoint = environment('AZURE_OPENAI_ENDPOINT'), ...options } = {}) =>
      serviceOptions(
        {
          name: 'azure',
          baseURL: options.baseURL ?? v1(endpoint),
          apiKeyVariable: 'AZURE_OPENAI_API_KEY',
        },
        options,
      ),
  },
);

/** https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle: the endpoint without versions. */
function v1(endpoint: string | undefined): string {
  if (endpoint) return `${endpoint.replace(/\/+$/, '')}/openai/v1/`;
  const message = 'No endpoint; set AZURE_OPENAI_ENDPOINT or give clientOptions.endpoint';
  throw new StreamError('azure', { code: 'invalid-request', message });
}
