import type { Provider, Wire } from '../../lib/index.ts';
import { describeSdkError } from '../../lib/sdk-error.ts';
import { commonFinishReason, decodeChunk } from './decode.ts';
import type { Dialect } from './dialect.ts';
import { encodeCall } from './encode.ts';
import { encodeToolOutputs } from './encode-tool-result.ts';
import { messageParam } from './message-param.ts';
import { completion, toolCallOf } from './response.ts';
import type { ChatCompletionsWire } from './wire.ts';

/** What a service of this wire adds: how to reach it. */
type Reach = 'connect' | 'secrets' | 'open';

/**
 * A provider of the Chat Completions wire: everything its services have in common, in the dialect of one
 * of them, and how to reach it.
 */
export function chatCompletions<W extends Wire = ChatCompletionsWire>(
  dialect: Dialect,
  reach: Pick<Provider<W>, Reach>,
): Provider<W> {
  const shared: Omit<Provider<ChatCompletionsWire>, Reach> = {
    name: dialect.name,
    encode: (input) => encodeCall(dialect, input),
    responseModes: (call) => dialect.responseModes(call),
    decode: decodeChunk,
    commonFinishReason,
    response: completion,
    messageParam: (response, kept) => messageParam(dialect, response, kept),
    toolCall: toolCallOf,
    toolMessageParams: (outputs) => encodeToolOutputs(dialect, outputs),
    describe: describeSdkError,
  };
  // Services differ in the names of their types only: all of them model the one wire.
  return { ...(shared as unknown as Omit<Provider<W>, Reach>), ...reach };
}
