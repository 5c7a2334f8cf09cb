import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A tool call a recording holds. */
export interface ExpectedToolCall {
  readonly id: string | null;
  readonly name: string;
  readonly args: string;
  readonly argsJson: unknown;
  readonly argsValid: boolean;
}

/** Token counts of a recording. */
export interface ExpectedUsage {
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number | null;
  readonly cachedInput: number | null;
  readonly reasoning: number | null;
  readonly raw: unknown;
}

/** What a recording is to give, worked out without any SDK. */
export interface Expected {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal?: string | null;
  readonly toolCalls: readonly ExpectedToolCall[];
  readonly finishReason: string | null;
  readonly usage: ExpectedUsage | null;
  readonly responseId: string | null;
  readonly model: string | null;
  readonly chunkCount: number;
  readonly audioBytes?: number | null;
  readonly audioSha256?: string;
  readonly audioTranscript?: string;
  readonly choices?: readonly { readonly text: string; readonly finishReason: string | null }[];
  readonly error: {
    readonly message: string;
    readonly status?: number;
    readonly type?: string;
    readonly code?: string | number | null;
    readonly atChunk?: number;
  } | null;
}

/** A response a provider really sent. */
export interface Recording {
  readonly name: string;
  readonly provider: string;
  readonly api: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: {
    readonly body: { readonly n?: number; readonly [field: string]: unknown } | null;
  };
  readonly features: readonly string[];
  readonly expected: Expected;
  readonly body: Uint8Array;
}

/**
 * Where the recordings lie. They are reference data of their own and no part of this project; the
 * specs that need them are skipped where they are absent.
 */
const folder =
  process.env['RX_LLM_RECORDINGS'] ?? join(import.meta.dirname, '../../../shared/wire');

/** The recordings of an API, as some providers sent them; empty where there are none. */
export function recordingsOf(api: string, providers: readonly string[]): readonly Recording[] {
  const index = join(folder, 'index.json');
  if (!existsSync(index)) return [];
  const { cases } = JSON.parse(readFileSync(index, 'utf8')) as { cases: readonly IndexEntry[] };
  return cases
    .filter((entry) => entry.api === api && providers.includes(entry.provider))
    .map(({ provider, case: name }) => readRecording(provider, name));
}

interface IndexEntry {
  readonly provider: string;
  readonly api: string;
  readonly case: string;
}

function readRecording(provider: string, name: string): Recording {
  const path = join(folder, provider, name);
  const facts = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Omit<
    Recording,
    'name' | 'body'
  >;
  return { ...facts, name: `${provider}/${name}`, body: readFileSync(`${path}.body`) };
}
