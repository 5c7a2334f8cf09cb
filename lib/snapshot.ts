import { cutOffCalls, interruptAccumulation, type Accumulation } from './accumulation.ts';
import type { CallResponse } from './call-response.ts';
import type { Metadata } from './chunk.ts';
import type { CommonFinishReason } from './finish-reason.ts';
import { joinBytes } from './join-bytes.ts';
import type { CommonParams } from './common-params.ts';
import type { AssistantMessage, AssistantPart, Message, ToolMessage } from './message.ts';
import type { Cost } from './prices.ts';
import type { ToolOutput } from './provider.ts';
import { toolResultPart } from './tool-result-part.ts';
import { parseArguments, type Tool, type ToolDefinition } from './tool.ts';
import { walk } from './trail.ts';
import { sumUsage, type CommonUsage } from './usage.ts';
import type { Wire } from './wire.ts';

/** The response an accumulation stands for. */
export const snapshotOf = <W extends Wire, D extends ToolDefinition>(
  accumulation: Accumulation<W, D>,
): CallResponse<W, D> => new Snapshot(accumulation);

/** The response of a stream that was stopped or failed. */
export const interruptedSnapshotOf = <W extends Wire, D extends ToolDefinition>(
  accumulation: Accumulation<W, D>,
): CallResponse<W, D> => new Snapshot(interruptAccumulation(accumulation));

/**
 * A class, the only one beside the error: one is made per chunk, most of it is never read, and what is
 * read is kept. The totals are its own properties, so that logs, JSON and tests show them and nothing
 * of the conversation.
 */
class Snapshot<W extends Wire, D extends ToolDefinition> implements CallResponse<W, D> {
  readonly provider: string;
  readonly model: string;
  readonly id: string | null;
  readonly content: string;
  readonly thinking: string;
  readonly refusal: string | null;
  readonly audioTranscript: string | null;
  readonly tools: readonly Tool<D, W>[];
  readonly finishReasons: readonly (W['finishReason'] | null)[] | null;
  readonly commonFinishReasons: readonly (CommonFinishReason | null)[] | null;
  readonly usage: W['usage'] | null;
  readonly commonUsage: CommonUsage | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedTokens: number | null;
  readonly interrupted: boolean;
  readonly startTime: number;
  readonly endTime: number;
  readonly timeToFirstChunk: number;
  readonly metadata: Metadata;

  readonly #accumulation: Accumulation<W, D>;
  #response: { readonly value: W['response'] } | null = null;
  #messageParam: W['message'] | null = null;
  #commonMessageParam: AssistantMessage | null = null;
  #audio: { readonly value: Uint8Array | null } | null = null;
  #cost: { readonly value: Cost | null } | null = null;

  constructor(accumulation: Accumulation<W, D>) {
    const { totals } = accumulation;
    this.provider = totals.provider;
    this.model = totals.model;
    this.id = totals.id;
    this.content = totals.content;
    this.thinking = totals.thinking;
    this.refusal = totals.refusal;
    this.audioTranscript = totals.audioTranscript;
    this.tools = totals.tools;
    this.finishReasons = totals.finishReasons;
    this.commonFinishReasons = totals.commonFinishReasons;
    this.usage = totals.usage;
    this.commonUsage = totals.commonUsage;
    this.inputTokens = totals.inputTokens;
    this.outputTokens = totals.outputTokens;
    this.cachedTokens = totals.cachedTokens;
    this.interrupted = totals.interrupted;
    this.startTime = totals.startTime;
    this.endTime = totals.endTime;
    this.timeToFirstChunk = totals.timeToFirstChunk;
    this.metadata = totals.metadata;
    this.#accumulation = accumulation;
  }

  get response(): W['response'] {
    this.#response ??= { value: this.#accumulation.response.result() };
    return this.#response.value;
  }

  get tool(): Tool<D, W> | null {
    return this.tools[0] ?? null;
  }

  get audio(): Uint8Array | null {
    const { audio } = this.#accumulation;
    this.#audio ??= { value: audio && joinBytes(walk(audio)) };
    return this.#audio.value;
  }

  get messages(): readonly W['message'][] {
    return this.#accumulation.call.messages;
  }

  get commonMessages(): readonly (Message | W['message'])[] {
    return this.#accumulation.call.commonMessages;
  }

  get userMessageParam(): W['message'] | null {
    return lastOfUser(this.messages);
  }

  get commonUserMessageParam(): Message | W['message'] | null {
    return lastOfUser(this.commonMessages);
  }

  get messageParam(): W['message'] {
    const { call, openCalls } = this.#accumulation;
    const kept = { content: this.content, openCalls: openCalls.calls };
    this.#messageParam ??= call.provider.messageParam(this.response, kept);
    return this.#messageParam;
  }

  get commonMessageParam(): AssistantMessage {
    this.#commonMessageParam ??= this.#asCommonMessage();
    return this.#commonMessageParam;
  }

  #asCommonMessage(): AssistantMessage {
    const parts: AssistantPart[] = [];
    if (this.thinking) parts.push({ type: 'thinking', text: this.thinking });
    if (this.content) parts.push({ type: 'text', text: this.content });
    const whole = this.tools.slice(0, this.tools.length - this.#cutOff);
    return { role: 'assistant', content: [...parts, ...whole.map(toolCallPart)] };
  }

  /** How many of `tools` are calls that were cut off; they stand at the end. */
  get #cutOff(): number {
    return this.interrupted ? cutOffCalls(this.#accumulation).length : 0;
  }

  get cost(): number | null {
    return this.costMetadata?.total ?? null;
  }

  get costMetadata(): Cost | null {
    this.#cost ??= { value: this.#priced() };
    return this.#cost.value;
  }

  #priced(): Cost | null {
    const { provider, model, commonUsage: usage, startTime: time } = this;
    const { prices } = this.#accumulation.call;
    return prices === null || usage === null ? null : prices({ provider, model, usage, time });
  }

  get steps(): readonly CallResponse<W>[] {
    return this.#accumulation.call.steps;
  }

  get totalUsage(): CommonUsage | null {
    return this.steps.map(({ commonUsage }) => commonUsage).reduce(sumUsage, this.commonUsage);
  }

  get totalCost(): number | null {
    const currency = this.costMetadata?.currency;
    return this.steps
      .map(({ costMetadata: cost }) => (cost?.currency === currency ? (cost?.total ?? null) : null))
      .reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), this.cost);
  }

  get callParams(): W['params'] {
    return this.#accumulation.call.params;
  }

  get commonParams(): CommonParams {
    return this.#accumulation.call.commonParams;
  }

  get args(): readonly unknown[] {
    return this.#accumulation.call.args;
  }

  get promptTemplate(): string | null {
    return this.#accumulation.call.promptTemplate;
  }

  toolMessageParams(outputs: readonly ToolOutput<W>[]): readonly W['message'][] {
    return this.#accumulation.call.provider.toolMessageParams(outputs);
  }

  commonToolMessageParams(outputs: readonly ToolOutput<W>[]): readonly ToolMessage[] {
    return [{ role: 'tool', content: outputs.map(toolResultPart) }];
  }

  toString(): string {
    return this.content;
  }
}

function lastOfUser<M extends object>(messages: readonly M[]): M | null {
  const last = messages.at(-1);
  return last !== undefined && 'role' in last && last.role === 'user' ? last : null;
}

/** The arguments as the model wrote them, not as the schema gave them back. */
function toolCallPart({ id, name, argumentsText }: Tool): AssistantPart {
  return { type: 'tool_call', id, name, args: argumentsOf(argumentsText) };
}

function argumentsOf(text: string): unknown {
  try {
    return parseArguments(text);
  } catch {
    return text;
  }
}
