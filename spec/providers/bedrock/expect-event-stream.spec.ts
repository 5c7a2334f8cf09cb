import { describe, expect, it } from '@jest/globals';
import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { bedrockClient } from '../../../providers/bedrock/client.ts';
import { expectEventStream } from '../../../providers/bedrock/expect-event-stream.ts';
import { writeFrame } from '../../support/bedrock-writer.ts';
import { loopbackServer, type Answer } from '../../support/loopback-server.ts';

const frame = writeFrame('messageStart', { role: 'assistant' });

/** What sending gave, and whether an event stream began. */
async function send(answer: Answer): Promise<{ began: boolean; sent: unknown }> {
  const server = await loopbackServer(answer);
  const { client } = await bedrockClient('bedrock', {
    clientOptions: {
      region: 'us-east-1',
      endpoint: server.url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: new NodeHttpHandler(),
    },
  });
  const command = new ConverseStreamCommand({ modelId: 'nova', messages: [] });
  let began = false;
  expectEventStream(command, client, () => (began = true));
  const sent: unknown = await client.send(command).catch((error: unknown) => error);
  await server.close();
  return { began, sent };
}

describe('expectEventStream', () => {
  it.each([
    'application/vnd.amazon.eventstream',
    'application/octet-stream',
    'text/plain; charset=utf-8',
  ])('should let through what is labelled %s', async (contentType) => {
    const { began, sent } = await send({
      headers: { 'content-type': contentType },
      steps: [{ send: frame }],
    });
    expect(began).toBe(true);
    expect(sent).toHaveProperty('stream');
  });

  it.each([
    ['text/html; charset=utf-8', '<html></html>', ''],
    ['application/json', '{"message":"no such deployment"}', ': no such deployment'],
    ['application/json', '{"error":1}', ''],
    ['application/json', 'not even JSON', ''],
  ])('should refuse %s with %j under status 200', async (contentType, body, said) => {
    const { began, sent } = await send({
      headers: { 'content-type': contentType, 'x-amzn-requestid': 'r1' },
      steps: [{ send: body }],
    });
    expect(began).toBe(false);
    expect(sent).toMatchObject({
      name: 'NotAnEventStream',
      message: `The server answered with ${contentType} instead of an event stream${said}`,
      $metadata: { httpStatusCode: 200, requestId: 'r1' },
    });
  });

  it('should leave errors to the SDK', async () => {
    const { began, sent } = await send({
      status: 404,
      headers: {
        'content-type': 'application/json',
        'x-amzn-errortype': 'ResourceNotFoundException',
      },
      steps: [{ send: '{"message":"no"}' }],
    });
    expect(began).toBe(false);
    expect(sent).toMatchObject({ name: 'ResourceNotFoundException', message: 'no' });
  });
});
