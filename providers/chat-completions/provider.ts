import type { Provider, Wire } from '../../lib/index.ts';
import { commonFinishReason, decodeChunk } from './decode.ts';
import { encodeCall, encodeToolOutputs } from './encode.ts';
import { describeSdkError } from '../../lib/sdk-error.ts';
import { messageParam } from './message-param.ts';
import { completion, toolCallOf } from './response.ts';
import type { ChatCompletionsWire } from './wire.ts';

/** What a service of this wire adds: how to reach it. */
type Reach = 'connect' | 'secrets' | 'open';

/** A provider of the Chat Completions wire: everything its services have in common, and how to reach one. */
export function chatCompletions<W extends Wire = ChatCompletionsWire>(
  name: string,
  reach: Pick<Provider<W>, Reach>,
): Provider<W> {
  const shared: Omit<Provider<ChatCompletionsWire>, Reach> = {
    name,
    encode: (input) => encodeCall(name, input),
    decode: decodeChunk,
    commonFinishReason,
    response: completion,
    messageParam,
    toolCall: toolCallOf,
    toolMessageParams: encodeToolOutputs,
    describe: describeSdkError,
  };
  // Services differ in the names of their types only: all of them model the one wire.
  return { ...(shared as unknown as Omit<Provider<W>, Reach>), ...reach };
}
