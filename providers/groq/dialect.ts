import type { Dialect } from '../chat-completions/dialect.ts';

/** How Groq wants to be told things; the sources are its documentation and the comments of its SDK, 1.6.0. */
export const dialect: Dialect = {
  name: 'groq',
  // `max_tokens` is deprecated.
  maxTokens: 'max_completion_tokens',
  // "Not yet supported by any of our models": they would be ignored in silence.
  missingParams: ['frequencyPenalty', 'presencePenalty'],
  // Its content parts are text, `image_url` and `document`, which is JSON to be cited.
  audio: false,
  documents: 'none',
  documentUrls: false,
  // It caches by itself: https://console.groq.com/docs/prompt-caching
  cacheMark: 'none',
  // `ChatCompletionAssistantMessageParam.reasoning` of its SDK; `reasoning_content` is "unsupported".
  keptReasoning: ['reasoning'],
  // Neither streaming nor tools go with a schema (https://console.groq.com/docs/structured-outputs), and
  // "json mode cannot be combined with tool/function calling".
  responseModes: ({ tools }) => (tools.length > 0 ? ['tool'] : ['tool', 'json']),
};
