import { describe, expect, it } from '@jest/globals';
import * as sdk from 'cohere-ai';
import { callersSender } from '../../../providers/cohere/callers-sender.ts';
import { cohere } from 'rx-llm/cohere';
import { cohereFixture, cohereKey } from '../../support/cohere-fixture.ts';
import { writeChat } from '../../support/cohere-writer.ts';
import { joined, withServer } from '../../support/conformance/run.ts';
import { describeProvider } from '../../support/describe-provider.ts';
import { outcomeOf } from '../../support/outcome.ts';

describe('a client of the caller’s', () => {
  describeProvider(
    cohereFixture((url) => ({
      // Short, for the SDK leaves the timer of its timeout running when a request fails or is left.
      client: () =>
        new sdk.CohereClientV2({ token: cohereKey, environment: url, timeoutInSeconds: 1.5 }),
    })),
  );

  it('should read [DONE] in a text as text', () => {
    const events = writeChat([
      { text: 'It ends with [DONE], ' },
      { text: 'not' },
      { finish: 'stop' },
    ]);
    const send = joined(...events.map(({ bytes }) => bytes), 'data: [DONE]\n\n');
    return withServer({ steps: [{ send }] }, async (server) => {
      const client = new sdk.CohereClientV2({ token: cohereKey, environment: server.url });
      const { values, error } = await outcomeOf(cohere.call({ model: 'm', client }, () => 'Hi')());
      expect(error).toBeNull();
      expect(values.map(([chunk]) => chunk.content).join('')).toBe('It ends with [DONE], not');
    });
  });
});

describe('callersSender', () => {
  it('should give the response with its body unread', () =>
    withServer({ steps: [{ send: 'data: 1\n\n' }] }, async (server) => {
      const client = new sdk.CohereClientV2({ token: 'key', environment: server.url });
      const response = await callersSender(client, sdk).send(
        { model: 'm', messages: [{ role: 'user', content: 'Hi' }] },
        {},
      );
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      expect(await response.text()).toBe('data: 1\n\n');
    }));

  it('should say so when the client hides its body', async () => {
    const chatStream = () => ({
      withRawResponse: () => Promise.resolve({ data: {}, rawResponse: new Response('') }),
    });
    const { error } = await outcomeOf(
      cohere.call({ model: 'm', client: { chatStream } as never }, () => 'Hi')(),
    );
    expect(error).toMatchObject({
      code: 'unsupported',
      detail: expect.stringContaining('give clientOptions'),
    });
  });

  it('should name the key as far as the client shows it', () => {
    const secretsOf = (token: string | (() => string)) =>
      callersSender(new sdk.CohereClientV2({ token }), sdk).secrets;
    expect(secretsOf('key')).toEqual(['key']);
    expect(secretsOf('')).toEqual([]);
    expect(secretsOf(() => 'later')).toEqual([]);
  });
});
