import { anthropic } from './anthropic.ts';
import { bedrock } from './bedrock.ts';
import { chatCompletions } from './chat-completions.ts';
import { cohere } from './cohere.ts';
import { google } from './google.ts';
import { mistral } from './mistral.ts';
import type { SpokenWire } from './spoken-wire.ts';

/** All wires there are. */
export const wires: readonly SpokenWire[] = [
  chatCompletions,
  anthropic,
  google,
  mistral,
  cohere,
  bedrock,
];
