import type { ChatCompletionRequest, Fixture } from '@copilotkit/aimock';

type Response = Exclude<Fixture['response'], (request: ChatCompletionRequest) => unknown>;

/**
 * Gives an answer its token counts, at four characters a token. aimock would do so over OpenAI's wire only,
 * and report zeros over the others.
 */
export function withUsage(response: Fixture['response']): Fixture['response'] {
  return async (request) => {
    const answer: Response = typeof response === 'function' ? await response(request) : response;
    const said = textsOf(answer);
    if (said.length === 0) return answer;
    return {
      usage: {
        input_tokens: tokensOf(JSON.stringify(request.messages)),
        output_tokens: tokensOf(said.join('')),
      },
      ...answer,
    };
  };
}

/** What the model says: text and the arguments of calls. */
function textsOf(answer: Response): readonly string[] {
  const content = 'content' in answer && typeof answer.content === 'string' ? [answer.content] : [];
  const calls = 'toolCalls' in answer ? (answer.toolCalls ?? []) : [];
  const blocks = 'blocks' in answer ? (answer.blocks ?? []) : [];
  return [
    ...content,
    ...calls.map((call) => call.arguments),
    ...blocks.map((block) => (block.type === 'text' ? block.text : block.arguments)),
  ];
}

const tokensOf = (text: string): number => Math.ceil(text.length / 4);
