import type { GoogleGenAI, GoogleGenAIOptions } from '@google/genai';
import { StreamError } from '../../lib/index.ts';

/** Which client to use. Default: a client from the environment (`GEMINI_API_KEY`, `GOOGLE_CLOUD_…`). */
export type GoogleConnection =
  | {
      /**
       * A client of the Gemini API or of Vertex AI, or a function that gives one; asked once per
       * subscription. On Vertex AI it keeps its access token between calls.
       */
      readonly client?: GoogleGenAI | (() => GoogleGenAI | PromiseLike<GoogleGenAI>);
      readonly clientOptions?: never;
    }
  | {
      readonly client?: never;
      /** Options to construct a client with, once per subscription. */
      readonly clientOptions?: GoogleGenAIOptions;
    };

/** Gives the client to send with. The SDK is imported when the caller brings none. */
export async function googleClient(
  provider: string,
  { client, clientOptions = {} }: GoogleConnection,
): Promise<GoogleGenAI> {
  if (client !== undefined) return typeof client === 'function' ? client() : client;
  const { GoogleGenAI } = await importSdk(provider);
  const { httpOptions } = clientOptions;
  try {
    // A copy: the constructor writes the base URL of the environment into `httpOptions`.
    return new GoogleGenAI({
      ...clientOptions,
      ...(httpOptions && { httpOptions: { ...httpOptions } }),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The client could not be made: ${reason}`;
    throw new StreamError(provider, { code: 'authentication', message }, { cause: error });
  }
}

async function importSdk(provider: string): Promise<typeof import('@google/genai')> {
  try {
    return await import('@google/genai');
  } catch (error) {
    const message =
      'The package "@google/genai" could not be loaded; run: npm install @google/genai';
    throw new StreamError(provider, { code: 'missing-sdk', message }, { cause: error });
  }
}

/** The fields of a client that the SDK declares private, in both of its major versions. */
interface ClientInsides {
  readonly apiKey?: unknown;
  readonly httpOptions?: {
    readonly headers?: { readonly [name: string]: unknown };
    readonly fetch?: typeof fetch;
  };
}

// There is no public way to a client's own options; a client without these fields is as good as any.
const insidesOf = (client: GoogleGenAI): ClientInsides => client as unknown as ClientInsides;

/** The keys a client holds. Access tokens of Vertex AI stay inside Google's own library. */
export function secretsOf(client: GoogleGenAI): readonly string[] {
  const { apiKey, httpOptions } = insidesOf(client);
  const headers = Object.entries(httpOptions?.headers ?? {})
    .filter(([name]) => /^(authorization|x-goog-api-key)$/i.test(name))
    .map(([, value]) => String(value).replace(/^Bearer /i, ''));
  return [apiKey, ...headers].filter(
    (secret) => typeof secret === 'string' && secret !== '',
  ) as string[];
}

/** The `fetch` a client was given. */
export const fetchOf = (client: GoogleGenAI): typeof fetch | undefined =>
  insidesOf(client).httpOptions?.fetch;
