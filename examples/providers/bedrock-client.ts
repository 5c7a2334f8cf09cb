import type {
  BedrockRuntimeClient,
  BedrockRuntimeClientConfig,
} from '@aws-sdk/client-bedrock-runtime';
import { localKey } from '../endpoints/local-endpoint.ts';

/** A client for the real service. */
export const liveBedrockClient = (): Promise<BedrockRuntimeClient> => bedrockClient({});

/** A client for a local server: over HTTP/1, where the SDK would speak HTTP/2, and with a key instead of signatures. */
export async function localBedrockClient(endpoint: string): Promise<BedrockRuntimeClient> {
  const { NodeHttpHandler } = await import('@smithy/node-http-handler');
  return bedrockClient({
    endpoint,
    region: 'us-east-1',
    token: { token: localKey },
    authSchemePreference: ['httpBearerAuth'],
    requestHandler: new NodeHttpHandler(),
  });
}

async function bedrockClient(options: BedrockRuntimeClientConfig): Promise<BedrockRuntimeClient> {
  // The SDK announces on stderr, amid the demo's output, when it will drop this version of Node.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const { BedrockRuntimeClient } = await import('@aws-sdk/client-bedrock-runtime');
  return new BedrockRuntimeClient({ maxAttempts: 1, ...options });
}
