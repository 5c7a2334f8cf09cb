import type { Pace } from '../endpoints/embedded-endpoint.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { liveEndpoint } from '../endpoints/live-endpoint.ts';
import type { DemoProvider } from '../providers/demo-provider.ts';
import { liveVariables } from '../providers/live-variables.ts';
import { cannedAnswers } from './canned-answers.ts';

/**
 * Where a provider's requests go: to the real API when the environment has what that needs, else to an
 * embedded server. That is loaded only where it is used: it takes longer than everything else.
 */
export async function providerEndpoint(provider: DemoProvider, pace?: Pace): Promise<Endpoint> {
  const variables = liveVariables(provider);
  if (variables) return liveEndpoint(provider, variables);
  const { embeddedEndpoint } = await import('../endpoints/embedded-endpoint.ts');
  const option = provider.name === 'openai' ? '' : ` -- --provider ${provider.name}`;
  return embeddedEndpoint(provider, cannedAnswers(provider), `npm run demo${option}`, pace);
}
