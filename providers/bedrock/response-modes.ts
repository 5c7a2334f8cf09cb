import type { ResponseMode } from '../../lib/index.ts';

/**
 * Models that AWS lists for structured outputs over Converse: three of Claude, and open ones by Alibaba,
 * OpenAI, DeepSeek, Google, MiniMax, Mistral, Moonshot, NVIDIA and Z.ai.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
const heldToSchemas =
  /claude-(?:sonnet-4-5|opus-4-[56])(?!\d)|qwen3|gpt-oss|deepseek\.v3|gemma-3|minimax-m|mistral-large-3|ministral|magistral|voxtral|kimi-k|nemotron|glm-5/;

/**
 * Models that can be made to call a tool: Claude 3 to 5 and Haiku 5.5, Nova, and of Mistral Large those before
 * version 3, which know `any` only. Haiku 4.5 and Sonnet 4.6 are listed for structured outputs too, but not
 * every account and region has them; nor have Claude models from Opus 4.7 on (seen until October 2026).
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolChoice.html
 */
const forcedToCall =
  /claude-(?:3|(?:opus|sonnet|haiku)-4|(?:opus|sonnet)-5(?!-\d(?!\d))|haiku-5)|amazon\.nova|mistral-large-2/;

/**
 * How a model can be brought to answer in the shape of a schema, by the family its id shows. All others
 * refuse both (Llama, Cohere, Jamba, Titan; Opus 5.5, Sonnet 5.5, Fable), or their id does not tell (the ARN of
 * an inference profile): they are told by instructions. What is not the best way may still be one.
 */
export function responseModes({ model }: { readonly model: string }): readonly ResponseMode[] {
  if (heldToSchemas.test(model)) return ['native', 'tool'];
  return forcedToCall.test(model) ? ['tool', 'native'] : ['text', 'tool', 'native'];
}
