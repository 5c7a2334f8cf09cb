import type { Dialect } from '../../../providers/chat-completions/dialect.ts';

/** A service that takes everything, but for what a spec says of it. */
export const acmeDialect = (parts: Partial<Dialect> = {}): Dialect => ({
  name: 'acme',
  maxTokens: 'max_completion_tokens',
  missingParams: [],
  audio: true,
  documents: 'any',
  documentUrls: true,
  cacheMark: 'cache_control',
  keptReasoning: ['reasoning_content', 'thinking_blocks'],
  responseModes: () => ['native', 'tool', 'json'],
  ...parts,
});
