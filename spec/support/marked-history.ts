import type { Message } from 'rx-llm';

/** A conversation that marks what is worth caching: a document, an image, and what a tool gave. */
export const markedHistory: readonly Message[] = [
  {
    role: 'user',
    content: [
      { type: 'document', data: 'AQID', cacheControl: { ttl: '1h' } },
      { type: 'image', data: 'AQID', cacheControl: true },
      { type: 'text', text: 'Weather?', cacheControl: false },
    ],
  },
  {
    role: 'assistant',
    content: [{ type: 'tool_call', id: 'a', name: 'get_weather', args: { city: 'Oslo' } }],
  },
  {
    role: 'tool',
    content: [
      {
        type: 'tool_result',
        id: 'a',
        name: 'get_weather',
        output: 'wet',
        cacheControl: true,
      },
    ],
  },
];
