import { describe, expect, it } from '@jest/globals';
import { CohereClientV2 } from 'cohere-ai';
import { withSdkNames } from '../../../providers/cohere/sdk-names.ts';
import { recordingsOf, type Recording } from '../../support/recordings.ts';

describe('withSdkNames', () => {
  it('should rename fields, however deep, and keep their values and their order', () => {
    const named = withSdkNames({
      type: 'message-end',
      delta: { finish_reason: 'COMPLETE', usage: { billed_units: { input_tokens: 1 } } },
      list: [{ token_ids: [1, 2] }, null, 'a_b'],
    });
    expect(JSON.stringify(named)).toBe(
      '{"type":"message-end","delta":{"finishReason":"COMPLETE","usage":{"billedUnits":{"inputTokens":1}}},"list":[{"tokenIds":[1,2]},null,"a_b"]}',
    );
  });

  it('should keep fields the SDK does not know, as it would name them', () => {
    expect(withSdkNames({ error_type: 'E', tokens: { reasoning_tokens: 3 } })).toEqual({
      errorType: 'E',
      tokens: { reasoningTokens: 3 },
    });
  });

  it('should leave alone what is the caller’s own: results of tools, documents, arguments', () => {
    const tool_output = { the_city: 'Oslo', list: [{ a_b: 1 }] };
    const document = { page_title: 'x' };
    expect(
      withSdkNames({
        sources: [{ tool_output }, { document }],
        function: { arguments: '{"a_b":1}' },
      }),
    ).toEqual({
      sources: [{ toolOutput: tool_output }, { document }],
      function: { arguments: '{"a_b":1}' },
    });
  });

  it('should take whatever JSON there is', () => {
    for (const value of [null, 1, 'a_b', true, [], [1, null]]) {
      expect(withSdkNames(value)).toEqual(value);
    }
    const hostile = withSdkNames(JSON.parse('{"__proto__":{"a":1}}')) as object;
    expect(Object.getPrototypeOf(hostile)).toBe(Object.prototype);
    expect('a' in hostile).toBe(false);
  });

  const recordings = recordingsOf('cohere-v2', ['cohere']).filter(({ status }) => status === 200);
  (recordings.length > 0 ? it.each(recordings) : it.skip.each([{ name: 'any recording' }]))(
    'should give exactly what the SDK’s own iterator gives of $name',
    async (recording) => {
      const { body } = recording as Recording;
      const client = new CohereClientV2({
        token: 'test',
        fetch: () => Promise.resolve(new Response(Uint8Array.from(body))),
      });
      const ofSdk: unknown[] = [];
      for await (const event of await client.chatStream({ model: 'm', messages: [] })) {
        ofSdk.push(event);
      }
      // What the SDK does not know it leaves under the wire's names: renamed as well, the two are one.
      expect(payloadsOf(body).map(withSdkNames)).toEqual(ofSdk.map(withSdkNames));
    },
  );
});

const payloadsOf = (body: Uint8Array): readonly object[] =>
  [...new TextDecoder().decode(body).matchAll(/^data: (\{.*)$/gm)].map(
    ([, json]) => JSON.parse(json!) as object,
  );
