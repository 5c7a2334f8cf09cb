import { createServer, type Fixture } from '@copilotkit/aimock';
import type { Endpoint } from './endpoint.ts';
import { forgetAmbientSettings, localEndpoint, localKey } from './local-endpoint.ts';

/** Without jitter: every run is the same. */
const streamingProfile = { ttft: 120, tps: 50 };
/** A token is about four characters of English. */
const chunkSize = 4;

/** An answer of the embedded server, and what it answers. */
export type CannedAnswer = Pick<Fixture, 'match' | 'response'>;

/**
 * Starts a local server that speaks OpenAI's protocol and gives canned answers at a visible pace.
 *
 * @param cannedAnswers the first that matches a request counts
 * @param command the command that would go live
 */
export async function embeddedEndpoint(
  cannedAnswers: readonly CannedAnswer[],
  command: string,
): Promise<Endpoint> {
  forgetAmbientSettings();
  const fixtures = cannedAnswers.map((answer) => ({ ...answer, streamingProfile, chunkSize }));
  const { server } = await createServer(fixtures, {
    host: '127.0.0.1',
    port: 0,
    auth: { apiKeys: [localKey] },
  });
  // aimock goes on with an answer whose client has left unless the response says that it has ended.
  server.on('request', (_request, response) => response.on('close', () => response.end()));
  return localEndpoint(
    server,
    'Embedded local server with canned answers, no key needed. ' +
      `To go live: OPENAI_API_KEY=sk-… ${command}`,
  );
}
