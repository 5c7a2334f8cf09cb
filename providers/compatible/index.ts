export { compatible, type CompatibleOptions } from '../chat-completions/compatible.ts';
export type { OpenAIWire as CompatibleWire } from '../chat-completions/openai-wire.ts';
export type { Service } from '../chat-completions/service.ts';
