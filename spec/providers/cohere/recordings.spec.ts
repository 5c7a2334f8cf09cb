import { expect } from '@jest/globals';
import { cohere, type CohereWire } from 'rx-llm/cohere';
import { withSdkNames } from '../../../providers/cohere/sdk-names.ts';
import { describeRecordings, sseBorders, type Border } from '../../support/describe-recordings.ts';
import { recordingsOf } from '../../support/recordings.ts';

interface RawUsage {
  readonly tokens: { readonly reasoning_tokens?: number };
}

describeRecordings<CohereWire>({
  title: 'recorded Cohere responses',
  recordings: recordingsOf('cohere-v2', ['cohere']),
  stream: (url, _recording, tools) =>
    cohere.call(
      { model: 'recorded', clientOptions: { token: 'test', environment: url }, tools },
      () => 'recorded',
    )(),
  borders: (recording) =>
    sampled(sseBorders(recording, (event) => event.includes('"message-end"'))),
  // The recordings know no total, and of the reasoning only what the server sent.
  usage: ({ input, output, raw, ...rest }) => ({
    ...rest,
    input,
    output,
    total: (input ?? 0) + (output ?? 0),
    reasoning: (raw as RawUsage).tokens.reasoning_tokens ?? null,
    raw: withSdkNames(raw),
  }),
  expectMore: ({ response }, { expected }) => {
    const { toolPlan, citations } = expected as { toolPlan?: string; citations?: number };
    expect(response.message.toolPlan ?? '').toBe(toolPlan ?? '');
    expect(response.message.citations ?? []).toHaveLength(citations ?? 0);
  },
  expectError: (error, { expected, body }) => {
    const { message, status = null } = expected.error!;
    const [, providerCode] = /"error_type":"(\w+)"/.exec(new TextDecoder().decode(body))!;
    expect(error).toMatchObject({ detail: message, status, providerCode });
  },
});

/** All borders, or of the one long recording (2632 events) every tenth and the last ones: each is a replay. */
function sampled(borders: readonly Border[]): readonly Border[] {
  const every = borders.length > 500 ? 10 : 1;
  return borders.filter(
    (_border, position) => position % every === 0 || position > borders.length - 20,
  );
}
