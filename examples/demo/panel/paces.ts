import type { Pace } from '../../endpoints/embedded-endpoint.ts';

/** How fast the embedded servers answer when all do: each at a pace of its own, as in life. */
export const paces: Readonly<Record<string, Pace>> = {
  openai: { ttft: 420, tps: 32 },
  anthropic: { ttft: 650, tps: 26 },
  google: { ttft: 380, tps: 46 },
  groq: { ttft: 60, tps: 110 },
  xai: { ttft: 300, tps: 36 },
  mistral: { ttft: 210, tps: 42 },
  cohere: { ttft: 260, tps: 24 },
  litellm: { ttft: 480, tps: 34 },
  azure: { ttft: 520, tps: 29 },
  bedrock: { ttft: 560, tps: 39 },
};
