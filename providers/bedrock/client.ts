import type {
  BedrockRuntimeClient,
  BedrockRuntimeClientConfig,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { StreamError } from '../../lib/index.ts';

/**
 * Which client to use. Default: a client with the SDK's own chain of credentials and region
 * (environment, shared config files, SSO, containers, instances).
 */
export type BedrockConnection =
  | {
      /**
       * A client, or a function that gives one; asked once per subscription. Its own `maxAttempts` holds
       * (the SDK's default is 3), and its retries are silent: make it with `maxAttempts: 1` to have
       * retrying where it is visible. It keeps resolved credentials and connections between calls.
       */
      readonly client?:
        BedrockRuntimeClient | (() => BedrockRuntimeClient | PromiseLike<BedrockRuntimeClient>);
      readonly clientOptions?: never;
    }
  | {
      readonly client?: never;
      /**
       * Options to construct a client with, once per subscription; `maxAttempts` is 1 unless given. Each
       * such client resolves credentials anew: give a `client` where that is slow.
       */
      readonly clientOptions?: BedrockRuntimeClientConfig;
    };

/** A client, ready to send. */
export interface BedrockClient {
  readonly client: BedrockRuntimeClient;
  readonly ConverseStreamCommand: typeof ConverseStreamCommand;
  /**
   * What must not show in an error message. Credentials are functions that are asked when a request is
   * signed, so this grows: the access key id, session token or bearer token of a request are in it once
   * it was sent. A secret access key is known only from `clientOptions`; it never leaves the machine.
   */
  readonly secrets: string[];
}

/** Gives the client to send with. Imports the SDK, whose command class is needed with any client. */
export async function bedrockClient(
  provider: string,
  { client, clientOptions = {} }: BedrockConnection,
): Promise<BedrockClient> {
  const { BedrockRuntimeClient, ConverseStreamCommand } = await importSdk(provider);
  return {
    client:
      client === undefined
        ? new BedrockRuntimeClient({ maxAttempts: 1, ...clientOptions })
        : await (typeof client === 'function' ? client() : client),
    ConverseStreamCommand,
    secrets: textsOf(clientOptions.credentials, clientOptions.token),
  };
}

/** Static credentials and tokens are objects of texts; all others are functions. */
const textsOf = (...identities: readonly unknown[]): string[] =>
  identities
    .flatMap((identity) => Object.values(identity ?? {}) as readonly unknown[])
    .filter((value) => typeof value === 'string');

async function importSdk(
  provider: string,
): Promise<typeof import('@aws-sdk/client-bedrock-runtime')> {
  try {
    return await import('@aws-sdk/client-bedrock-runtime');
  } catch (error) {
    const message =
      'The package "@aws-sdk/client-bedrock-runtime" could not be loaded; ' +
      'run: npm install @aws-sdk/client-bedrock-runtime';
    throw new StreamError(provider, { code: 'missing-sdk', message }, { cause: error });
  }
}
