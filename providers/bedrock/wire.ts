import type {
  ConverseResponse,
  ConverseStreamCommandInput,
  ConverseStreamOutput,
  Message,
  StopReason,
  TokenUsage,
  ToolUseBlock,
} from '@aws-sdk/client-bedrock-runtime';
import type { Wire } from '../../lib/index.ts';
import type { BedrockClient, BedrockConnection } from './client.ts';

/** What a caller may add to a request; model and messages are filled in by the call. */
export type ConverseParams = Omit<ConverseStreamCommandInput, 'modelId' | 'messages'>;

/** The types of Bedrock's Converse API, as the AWS SDK has them. */
export interface BedrockWire extends Wire {
  event: ConverseStreamOutput;
  request: ConverseStreamCommandInput;
  params: ConverseParams;
  response: ConverseResponse;
  message: Message;
  toolCall: ToolUseBlock;
  usage: TokenUsage;
  finishReason: StopReason;
  client: BedrockClient;
  connection: BedrockConnection;
}
