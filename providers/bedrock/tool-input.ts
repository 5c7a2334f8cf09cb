import type { ToolUseBlock } from '@aws-sdk/client-bedrock-runtime';

/** A JSON value, as the SDK takes it. */
export type Json = ToolUseBlock['input'];

/** The input of a call as a response holds it: nothing means `{}`, and what is not JSON stays a text. */
export function receivedInput(text: string): Json {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/**
 * The input of a call as a request may hold it: an object, or the service refuses the request. What is
 * none, such as an input that was cut off, is wrapped as Anthropic's documentation shows, so that the
 * model sees what it wrote.
 *
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/fine-grained-tool-streaming
 */
export function sendableInput(input: unknown): Json {
  if (isObject(input)) return input as Json;
  if (input === undefined || input === null) return {};
  return { INVALID_JSON: typeof input === 'string' ? input : JSON.stringify(input) };
}

/** Whether a JSON value is an object: no list, no `null`. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
