import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import { caller, type Caller } from '../../lib/index.ts';
import type { Dialect } from './dialect.ts';
import { completionChunks } from './events.ts';
import { openaiClient } from './openai-client.ts';
import type { OpenAIWire } from './openai-wire.ts';
import { chatCompletions } from './provider.ts';

/** A service of the Chat Completions wire, reached through OpenAI's SDK. */
export type Service<Options = ClientOptions> = Caller<OpenAIWire<Options>>;

/** How one service is reached. */
export interface ServiceAccess<Options> {
  /** The options to make a client with, from those of the caller. Default: the caller's. */
  readonly clientOptions: (options: Options | undefined) => ClientOptions;
  /** For endpoints that never say that they have finished: the end of the body is taken for the end. */
  readonly endOfBodyIsEnd?: boolean;
}

/** A service, by how it is spoken to and how it is reached. */
export function service<Options>(
  dialect: Dialect,
  { clientOptions, endOfBodyIsEnd = false }: ServiceAccess<Options>,
): Service<Options> {
  const { name } = dialect;
  const provider = chatCompletions<OpenAIWire<Options>>(dialect, {
    connect: (connection) => openaiClient(name, connection, clientOptions),
    secrets: ({ apiKey }, { requestOptions }) => [
      apiKey ?? '',
      ...Object.values(requestOptions?.headers ?? {}).map(String),
    ],
    open: (client, request, { clientOptions: given, requestOptions }) =>
      completionChunks({
        provider: name,
        client,
        request,
        // Retries of a client made here are its options'; those of a caller's client are off.
        requestOptions: { maxRetries: retriesOf(given), ...requestOptions },
        endOfBodyIsEnd,
        sdkError: (error, headers) => {
          // The caller's client knows its own SDK's classes: `instanceof` holds whichever copy it is from.
          const { APIError } = client.constructor as typeof OpenAI;
          return new APIError(undefined, error, undefined, headers);
        },
      }),
  });
  return caller(provider);
}

const retriesOf = (clientOptions: unknown): number =>
  (clientOptions as ClientOptions | undefined)?.maxRetries ?? 0;
