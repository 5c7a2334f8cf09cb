import { describe, expect, it } from '@jest/globals';
import {
  ConverseStreamCommand,
  type BedrockRuntimeClientConfig,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { bedrockClient } from '../../../providers/bedrock/client.ts';
import { noteSecrets } from '../../../providers/bedrock/note-secrets.ts';
import { bedrock } from 'rx-llm/bedrock';
import { loopbackServer } from '../../support/loopback-server.ts';
import { outcomeOf } from '../../support/outcome.ts';

const credentials = {
  accessKeyId: 'AKIDTEST0123456789',
  secretAccessKey: 'test-secret-access-key',
  sessionToken: 'test-session-token',
};
const later =
  <T>(value: T) =>
  () =>
    Promise.resolve(value);

const identities: readonly (readonly [string, BedrockRuntimeClientConfig, readonly string[]])[] = [
  [
    'credentials that are given later',
    { credentials: later(credentials) },
    [credentials.accessKeyId, credentials.sessionToken],
  ],
  [
    'a token that is given later',
    { token: later({ token: 'test-bearer-token' }), authSchemePreference: ['httpBearerAuth'] },
    ['test-bearer-token'],
  ],
];

describe('noteSecrets', () => {
  it.each(identities)('should note %s as they are sent', async (_name, identity, expected) => {
    const server = await loopbackServer({ status: 500, steps: [] });
    const { client } = await bedrockClient('bedrock', {
      clientOptions: {
        region: 'us-east-1',
        endpoint: server.url,
        requestHandler: new NodeHttpHandler(),
        ...identity,
      },
    });
    const secrets = ['known'];
    const send = () => {
      const command = new ConverseStreamCommand({ modelId: 'nova', messages: [] });
      noteSecrets(command, secrets);
      return client.send(command).catch(() => null);
    };
    await send();
    await send();
    await server.close();
    expect(secrets.toSorted()).toEqual(['known', ...expected].toSorted());
  });

  it.each(identities)(
    'should keep %s out of an error that quotes them',
    async (_name, identity, expected) => {
      const message = `Not accepted: ${expected.join(' ')}`;
      const server = await loopbackServer({
        status: 403,
        headers: {
          'content-type': 'application/json',
          'x-amzn-errortype': 'AccessDeniedException',
        },
        steps: [{ send: JSON.stringify({ message }) }],
      });
      const clientOptions = {
        region: 'us-east-1',
        endpoint: server.url,
        requestHandler: new NodeHttpHandler(),
        ...identity,
      };
      const { error } = await outcomeOf(
        bedrock.call({ model: 'nova', clientOptions }, () => 'Hello')(),
      );
      await server.close();
      expect(error).toMatchObject({
        detail: `Not accepted: ${expected.map(() => '[redacted]').join(' ')}`,
      });
    },
  );
});
