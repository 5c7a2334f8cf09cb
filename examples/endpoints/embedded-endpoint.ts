import { createServer, type Fixture } from '@copilotkit/aimock';
import type { ProviderFacts } from '../providers/demo-provider.ts';
import { forget } from '../providers/environment.ts';
import type { Endpoint } from './endpoint.ts';
import { withUsage } from './estimated-usage.ts';
import { localEndpoint, localKey } from './local-endpoint.ts';

/** A token is about four characters of English. */
const chunkSize = 4;

/** An answer of the embedded server, and what it answers. */
export type CannedAnswer = Pick<Fixture, 'match' | 'response'>;

/** How fast answers come. Without jitter: every run is the same. */
export interface Pace {
  /** Until the first token, in ms. */
  readonly ttft: number;
  /** Tokens per second. */
  readonly tps: number;
}

const visiblePace: Pace = { ttft: 120, tps: 50 };

/**
 * Starts a local server that speaks the protocols of all providers and gives canned answers at a visible
 * pace.
 *
 * What the provider's SDK would find in the environment by itself is forgotten: besides the key there may
 * be an organization, a project, custom headers, none of which is a local server's business.
 *
 * @param cannedAnswers the first that matches a request counts
 * @param command the command that would go live
 */
export async function embeddedEndpoint(
  { liveWith, settings }: ProviderFacts,
  cannedAnswers: readonly CannedAnswer[],
  command: string,
  streamingProfile: Pace = visiblePace,
): Promise<Endpoint> {
  forget(settings);
  const fixtures = cannedAnswers.map(({ match, response }) => ({
    match,
    response: withUsage(response),
    streamingProfile,
    chunkSize,
  }));
  const { server } = await createServer(fixtures, {
    host: '127.0.0.1',
    port: 0,
    auth: { apiKeys: [localKey] },
  });
  // aimock goes on with an answer whose client has left unless the response says that it has ended.
  server.on('request', (_request, response) => response.on('close', () => response.end()));
  const assignments = liveWith[0]?.map((name) => `${name}=… `).join('') ?? '';
  return localEndpoint(
    server,
    `Embedded local server with canned answers, no key needed. To go live: ${assignments}${command}`,
  );
}
