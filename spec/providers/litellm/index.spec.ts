import { litellm } from 'rx-llm/litellm';
import { describeService } from '../chat-completions/describe-service.ts';

const all = ['native', 'tool', 'json'] as const;

describeService({
  caller: litellm,
  connection: (url) => ({ clientOptions: { apiKey: 'key-0123', baseURL: url } }),
  maxTokens: 'max_tokens',
  refusedParams: [],
  parts: {
    text: 'text',
    image: 'image_url',
    imageUrl: 'image_url',
    audio: 'input_audio',
    audioUrl: 'audio by URL; give its data',
    pdf: 'file',
    pdfUrl: 'file',
    textFile: 'file',
  },
  marks: [
    { cache_control: { type: 'ephemeral' } },
    { cache_control: { type: 'ephemeral', ttl: '1h' } },
  ],
  keptReasoning: ['thinking_blocks', 'reasoning_content'],
  modes: { 'anthropic/claude-sonnet-5': [all, all], 'my-alias': [all, all] },
  always: { stream_options: { include_usage: true } },
});
