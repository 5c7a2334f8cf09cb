/**
 * A whole provider of its own wire: Ollama's `/api/chat`, newline-delimited JSON over `fetch`.
 * https://docs.ollama.com/api/chat
 */
import {
  caller,
  commonUsage,
  fold,
  iteratedEvents,
  StreamError,
  type Caller,
  type Message,
  type Provider,
  type ToolDefinition,
  type Wire,
} from 'rx-llm';

interface OllamaMessage {
  role: string;
  content: string;
  thinking?: string;
  tool_calls?: { function: { name: string; arguments: unknown } }[];
}

interface OllamaEvent {
  model: string;
  message?: OllamaMessage;
  done: boolean;
  done_reason?: string;
  prompt_eval_count?: number;
  eval_count?: number;
  error?: string;
}

interface OllamaWire extends Wire {
  event: OllamaEvent;
  request: { model: string; messages: OllamaMessage[]; tools: object[]; stream: true };
  params: { options?: { temperature?: number } };
  response: OllamaEvent;
  message: OllamaMessage;
  toolCall: NonNullable<OllamaMessage['tool_calls']>[number];
  usage: { input: number | null; output: number | null };
  finishReason: string;
  client: string;
  connection: { host?: string };
}

const provider: Provider<OllamaWire> = {
  name: 'ollama',

  encode: ({ model, messages, tools, params }) => {
    const encoded = messages.map(encodeMessage);
    const request = { ...params, model, messages: encoded, tools: tools.map(encodeTool) };
    return { request: { ...request, stream: true }, messages: encoded };
  },

  connect: ({ host = 'http://localhost:11434' }) => host,
  secrets: () => [],

  open: (host, request) =>
    iteratedEvents('ollama', async (signal) => {
      const body = JSON.stringify(request);
      const response = await fetch(`${host}/api/chat`, { method: 'POST', body, signal });
      if (response.ok && response.body) return lines(response.body);
      const { status } = response;
      throw new StreamError('ollama', { code: 'server', status, message: await response.text() });
    }),

  decode: ({ model, message, done, done_reason, prompt_eval_count, eval_count }) => ({
    model,
    content: message?.content ?? '',
    thinking: message?.thinking ?? '',
    toolCalls: (message?.tool_calls ?? []).map(({ function: { name, arguments: args } }) => ({
      index: null,
      id: null,
      name,
      arguments: JSON.stringify(args),
    })),
    endedToolCalls: 'all',
    ...(done && {
      end: 'now',
      finishReasons: [done_reason ?? 'stop'],
      usage: { input: prompt_eval_count ?? null, output: eval_count ?? null },
      commonUsage: commonUsage({ inputTokens: prompt_eval_count, outputTokens: eval_count }),
    }),
  }),

  commonFinishReason: (reason) => (reason === 'stop' || reason === 'length' ? reason : 'other'),

  response: fold<OllamaEvent | null, OllamaEvent, OllamaEvent>(
    null,
    (before, event) => ({ ...event, message: grown(before?.message, event.message) }),
    (last) => last ?? { model: '', done: false },
  ),

  messageParam: ({ message }, { content }) => ({ ...message, role: 'assistant', content }),
  toolCall: ({ name, arguments: text }) => ({ function: { name, arguments: JSON.parse(text) } }),
  toolMessageParams: (outputs) =>
    outputs.map(([, output]) => ({ role: 'tool', content: JSON.stringify(output) })),
  describe: () => null,
};

/** Calls a model of a local Ollama. */
export const ollama: Caller<OllamaWire> = caller(provider);

function encodeMessage(message: Message | OllamaMessage): OllamaMessage {
  if (typeof message.content === 'string') return { ...message, content: message.content };
  const texts = message.content.map((part) => (part.type === 'text' ? part.text : ''));
  return { role: message.role, content: texts.join('') };
}

const encodeTool = ({ name, description, parameters }: ToolDefinition): object => ({
  type: 'function',
  function: { name, description, parameters },
});

const grown = (
  before: OllamaMessage | undefined,
  piece: OllamaMessage | undefined,
): OllamaMessage => ({
  ...before,
  ...piece,
  role: 'assistant',
  content: (before?.content ?? '') + (piece?.content ?? ''),
});

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<OllamaEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const text = rest + decoder.decode(bytes, { stream: true });
    const [last = '', ...whole] = text.split('\n').reverse();
    rest = last;
    for (const line of whole.reverse()) {
      const event = JSON.parse(line) as OllamaEvent;
      if (event.error) throw new StreamError('ollama', { code: 'server', message: event.error });
      yield event;
    }
  }
}
