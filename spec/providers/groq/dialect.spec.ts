import { groq } from 'rx-llm/groq';
import { describeService } from '../chat-completions/describe-service.ts';

const refused = 'leave it out, the service caches as it sees fit';

describeService({
  caller: groq,
  connection: (url) => ({ clientOptions: { apiKey: 'key-0123', baseURL: url } }),
  maxTokens: 'max_completion_tokens',
  refusedParams: ['frequencyPenalty', 'presencePenalty'],
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
  keptReasoning: ['reasoning'],
  modes: {
    'llama-3.3-70b-versatile': [['tool', 'json'], ['tool']],
    'openai/gpt-oss-120b': [['tool', 'json'], ['tool']],
  },
  always: {},
});
