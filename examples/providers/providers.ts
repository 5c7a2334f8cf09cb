import { anthropic } from 'rx-llm/anthropic';
import { azure } from 'rx-llm/azure';
import { bedrock } from 'rx-llm/bedrock';
import { cohere } from 'rx-llm/cohere';
import { google } from 'rx-llm/google';
import { groq } from 'rx-llm/groq';
import { litellm } from 'rx-llm/litellm';
import { mistral } from 'rx-llm/mistral';
import { xai } from 'rx-llm/xai';
import type { Wire } from 'rx-llm';
import { localKey } from '../endpoints/local-endpoint.ts';
import { liveBedrockClient, localBedrockClient } from './bedrock-client.ts';
import { demoProvider, type Access, type DemoProvider } from './demo-provider.ts';
import { variable } from './environment.ts';
import { openaiAccess } from './openai.ts';

/** The SDK finds everything in the environment. */
const fromEnvironment = (): object => ({});

/** All providers. Importing them imports no SDK: that is left to the first call. */
export const accesses: readonly Access<Wire>[] = [
  openaiAccess,
  {
    provider: anthropic.provider,
    model: 'claude-sonnet-5',
    liveWith: [['ANTHROPIC_API_KEY']],
    url: () => variable('ANTHROPIC_BASE_URL') ?? 'https://api.anthropic.com',
    settings: ['ANTHROPIC_'],
    local: (origin) => ({ clientOptions: { baseURL: origin, apiKey: localKey } }),
    live: fromEnvironment,
  },
  {
    provider: google.provider,
    model: 'gemini-2.5-flash',
    liveWith: [['GEMINI_API_KEY'], ['GOOGLE_API_KEY']],
    url: () => variable('GOOGLE_GEMINI_BASE_URL') ?? 'https://generativelanguage.googleapis.com',
    settings: ['GEMINI_', 'GOOGLE_'],
    // The local server knows v1beta, which version 3 of the SDK no longer asks for by itself.
    local: (origin) => ({
      clientOptions: {
        apiKey: localKey,
        apiVersion: 'v1beta',
        httpOptions: { baseUrl: origin },
      },
    }),
    live: fromEnvironment,
  },
  {
    provider: groq.provider,
    model: 'llama-3.3-70b-versatile',
    liveWith: [['GROQ_API_KEY']],
    url: () => variable('GROQ_BASE_URL') ?? 'https://api.groq.com',
    settings: ['GROQ_'],
    local: (origin) => ({ clientOptions: { baseURL: origin, apiKey: localKey } }),
    live: fromEnvironment,
  },
  {
    provider: xai.provider,
    model: 'grok-4',
    liveWith: [['XAI_API_KEY']],
    url: () => 'https://api.x.ai/v1',
    settings: ['XAI_'],
    local: (origin) => ({ clientOptions: { baseURL: `${origin}/v1`, apiKey: localKey } }),
    live: fromEnvironment,
  },
  {
    provider: mistral.provider,
    model: 'mistral-small-latest',
    liveWith: [['MISTRAL_API_KEY']],
    url: () => 'https://api.mistral.ai',
    settings: ['MISTRAL_'],
    local: (origin) => ({ clientOptions: { serverURL: origin, apiKey: localKey } }),
    live: fromEnvironment,
  },
  {
    provider: cohere.provider,
    model: 'command-a-03-2025',
    liveWith: [['CO_API_KEY']],
    url: () => 'https://api.cohere.com',
    settings: ['CO_', 'COHERE_'],
    local: (origin) => ({ clientOptions: { baseUrl: origin, token: localKey } }),
    live: fromEnvironment,
  },
  {
    provider: litellm.provider,
    model: 'gpt-4o-mini',
    liveWith: [['LITELLM_BASE_URL']],
    url: () => variable('LITELLM_BASE_URL') ?? 'http://localhost:4000',
    settings: ['LITELLM_'],
    local: (origin) => ({ clientOptions: { baseURL: origin, apiKey: localKey } }),
    // rx-llm/litellm reads no variables: a proxy has no address or key that all could agree on.
    live: () => {
      const [baseURL, apiKey] = [variable('LITELLM_BASE_URL'), variable('LITELLM_API_KEY')];
      return { clientOptions: { ...(baseURL && { baseURL }), ...(apiKey && { apiKey }) } };
    },
  },
  {
    provider: azure.provider,
    // The name of a deployment, which Azure proposes to be the model's.
    model: 'gpt-4o-mini',
    liveWith: [['AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_ENDPOINT']],
    url: () => variable('AZURE_OPENAI_ENDPOINT') ?? '',
    settings: ['AZURE_OPENAI_'],
    local: (origin) => ({ clientOptions: { endpoint: origin, apiKey: localKey } }),
    live: fromEnvironment,
  },
  {
    provider: bedrock.provider,
    model: 'amazon.nova-lite-v1:0',
    liveWith: [['AWS_ACCESS_KEY_ID'], ['AWS_PROFILE'], ['AWS_BEARER_TOKEN_BEDROCK']],
    url: () => `https://bedrock-runtime.${variable('AWS_REGION') ?? 'your-region'}.amazonaws.com`,
    settings: ['AWS_'],
    local: (origin) => ({ client: () => localBedrockClient(origin) }),
    live: () => ({ client: liveBedrockClient }),
  },
];

/** All providers, each with its wire hidden. */
export const providers: readonly DemoProvider[] = accesses.map(demoProvider);

/** The provider of a name, `undefined` when there is none. */
export const providerNamed = (name: string): DemoProvider | undefined =>
  providers.find((provider) => provider.name === name);
