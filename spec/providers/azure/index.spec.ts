import { azure } from 'rx-llm/azure';
import { describeService } from '../chat-completions/describe-service.ts';

const all = ['native', 'tool', 'json'] as const;
const refused = 'leave it out, the service caches as it sees fit';

describeService({
  caller: azure,
  connection: (url) => ({ clientOptions: { apiKey: 'key-0123', endpoint: url } }),
  maxTokens: 'max_completion_tokens',
  refusedParams: [],
  parts: {
    text: 'text',
    image: 'image_url',
    imageUrl: 'image_url',
    audio: 'input_audio',
    audioUrl: 'audio by URL; give its data',
    pdf: 'file',
    pdfUrl: 'documents by URL; give their data',
    textFile: 'file',
  },
  marks: [refused, refused],
  keptReasoning: [],
  // A deployment may be named after anything.
  modes: { 'my-deployment': [all, all], 'gpt-4': [all, all] },
  always: { stream_options: { include_usage: true } },
});
