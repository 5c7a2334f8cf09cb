import type { CannedAnswer } from './embedded-endpoint.ts';

/**
 * An answer that is a value: the arguments of the tool whose arguments are the answer, where the request
 * offers one, its JSON elsewhere.
 *
 * @param tool what a response model is called unless it has a name
 */
export const cannedValue =
  (value: unknown, tool = 'response'): CannedAnswer['response'] =>
  ({ tools = [] }) => {
    const json = JSON.stringify(value);
    return tools.some(({ function: { name } }) => name === tool)
      ? { toolCalls: [{ name: tool, arguments: json }] }
      : { content: json };
  };
