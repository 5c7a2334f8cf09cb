import { xai } from 'rx-llm/xai';
import { describeService } from '../chat-completions/describe-service.ts';

const all = ['native', 'tool', 'json'] as const;
const withoutSchema = ['tool', 'json'] as const;
const refused = 'leave it out, the service caches as it sees fit';

describeService({
  caller: xai,
  connection: (url) => ({ clientOptions: { apiKey: 'key-0123', baseURL: url } }),
  maxTokens: 'max_completion_tokens',
  refusedParams: [],
  parts: {
    text: 'text',
    image: 'image_url',
    imageUrl: 'image_url',
    audio: 'audio; send what is said as text',
    audioUrl: 'audio; send what is said as text',
    pdf: 'documents; send what they say as text',
    pdfUrl: 'documents; send what they say as text',
    textFile: 'documents; send what they say as text',
  },
  marks: [refused, refused],
  keptReasoning: ['reasoning_content'],
  modes: {
    'grok-4.6': [all, all],
    'grok-4-fast-reasoning': [all, all],
    'grok-code-fast-1': [all, all],
    'grok-20': [all, all],
    'grok-3': [all, withoutSchema],
    'grok-3-mini': [all, withoutSchema],
    'grok-2-vision-1212': [all, withoutSchema],
  },
  always: { stream_options: { include_usage: true } },
});
