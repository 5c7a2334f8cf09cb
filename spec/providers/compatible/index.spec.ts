import { compatible } from 'rx-llm/compatible';
import { describeService } from '../chat-completions/describe-service.ts';

const refused = 'leave it out, the service caches as it sees fit';

const parts = {
  text: 'text',
  image: 'image_url',
  imageUrl: 'image_url',
  audio: 'input_audio',
  audioUrl: 'audio by URL; give its data',
  pdf: 'file',
  pdfUrl: 'documents by URL; give their data',
  textFile: 'file',
};

describeService({
  caller: compatible({ name: 'acme', baseURL: 'http://127.0.0.1:1' }),
  connection: (url) => ({ clientOptions: { baseURL: url } }),
  maxTokens: 'max_tokens',
  refusedParams: [],
  parts,
  marks: [refused, refused],
  keptReasoning: ['reasoning_content', 'reasoning', 'reasoning_details', 'thinking_blocks'],
  modes: {
    'qwen3:8b': [
      ['json', 'tool', 'native'],
      ['tool', 'json', 'native'],
    ],
  },
  always: { stream_options: { include_usage: true } },
});

const modes = ['native', 'tool'] as const;

describeService({
  caller: compatible({
    name: 'openrouter',
    baseURL: 'http://127.0.0.1:1',
    responseModes: modes,
    cacheControl: true,
    reasoningFields: ['reasoning_details'],
  }),
  connection: (url) => ({ clientOptions: { baseURL: url } }),
  maxTokens: 'max_tokens',
  refusedParams: [],
  parts,
  marks: [
    { cache_control: { type: 'ephemeral' } },
    { cache_control: { type: 'ephemeral', ttl: '1h' } },
  ],
  keptReasoning: ['reasoning_details'],
  modes: { 'anthropic/claude-sonnet-5': [modes, modes] },
  always: { stream_options: { include_usage: true } },
});
