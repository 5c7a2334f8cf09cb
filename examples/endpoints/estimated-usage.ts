import type { ChatCompletionRequest, Fixture } from '@copilotkit/aimock';

type Response = Exclude<Fixture['response'], (request: ChatCompletionRequest) => unknown>;

/**
 * Gives an answer in text its token counts, at four characters a token. aimock would do so over
 * OpenAI's wire only, and report zeros over the others.
 */
export function withUsage(response: Fixture['response']): Fixture['response'] {
  return async (request) => {
    const answer: Response = typeof response === 'function' ? await response(request) : response;
    if (!('content' in answer) || typeof answer.content !== 'string') return answer;
    return {
      usage: {
        input_tokens: tokensOf(JSON.stringify(request.messages)),
        output_tokens: tokensOf(answer.content),
      },
      ...answer,
    };
  };
}

const tokensOf = (text: string): number => Math.ceil(text.length / 4);
