import {
  BedrockRuntimeServiceException,
  type ConverseStreamCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { bedrock, type BedrockWire } from 'rx-llm/bedrock';
import { writeConverse, writeException, writeFrame } from '../../support/bedrock-writer.ts';
import { describeProvider } from '../../support/describe-provider.ts';

const key = 'test-secret-access-key-0123456789';

/** The class of an error goes by this header, not by the status. */
const errorTypes: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  401: 'UnrecognizedClientException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  429: 'ThrottlingException',
  500: 'InternalServerException',
  503: 'ServiceUnavailableException',
};

/** The checksum at its end does not fit. */
const brokenFrame = writeFrame('messageStart', { role: 'assistant' }).with(-1, 0).with(-2, 0);

describeProvider<BedrockWire>({
  name: 'bedrock',
  key,
  caller: bedrock,
  connection: (url) => ({
    clientOptions: {
      region: 'us-east-1',
      endpoint: url,
      credentials: { accessKeyId: 'AKIDTEST0123456789', secretAccessKey: key },
      requestHandler: new NodeHttpHandler(),
    },
  }),
  headers: { 'content-type': 'application/vnd.amazon.eventstream' },
  write: writeConverse,
  terminator: '',
  keepAlive: '',
  writeError: (message) => writeException('modelStreamErrorException', { message }),
  garbage: brokenFrame,
  refuse: (status, message) => ({
    status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': errorTypes[status] ?? 'InternalServerException',
    },
    steps: [{ send: JSON.stringify({ message }) }],
  }),
  sdkError: BedrockRuntimeServiceException,
  promptIn: (body) =>
    (body as ConverseStreamCommandInput).messages?.[0]?.content?.[0]?.text ?? 'none',
  skip: {
    'should keep a refusal apart from the text': 'Converse has no field for a refusal',
    'should give the counts in common terms and in the provider’s own':
      'TokenUsage has no count of reasoning; the other counts are held in decode.spec.ts',
    'should deliver no call of a stream that was cut, though its JSON happens to be complete':
      'the case cuts before the finish reason, behind the block’s stop that makes the call whole; events.spec.ts cuts before that stop',
  },
});
