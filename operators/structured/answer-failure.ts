import {
  StreamError,
  type CallResponse,
  type Issue,
  type ToolDefinition,
  type Wire,
} from '../../lib/index.ts';
import type { JsonReader } from '../../lib/json/json-reader.ts';
import { printIssue } from '../../lib/schema.ts';

/** The error of an answer whose JSON does not fit: where, and why. */
export function misfit<W extends Wire, D extends ToolDefinition>(
  response: CallResponse<W, D>,
  value: unknown,
  issues: readonly Issue[],
): StreamError {
  const reasons = issues.map(printIssue).join('; ');
  const message = `The answer does not fit its response model: ${reasons}`;
  return invalidOutput(response, message, value, issues);
}

/** The error of an answer that did not become a JSON value. */
export function noValue<W extends Wire, D extends ToolDefinition>(
  response: CallResponse<W, D>,
  { error, value }: JsonReader,
): StreamError {
  const { refusal, provider, interrupted } = response;
  if (refusal !== null) {
    const facts = { code: 'refusal', message: 'The model refused to answer' } as const;
    return new StreamError(provider, facts, {
      partial: response,
      output: { text: response.content, value, issues: [] },
    });
  }
  const reason = error === null ? 'it has none' : `${error.message} at ${error.position}`;
  const message = `The answer is not the JSON that was asked for: ${reason}${adviceFor(response, interrupted)}`;
  return invalidOutput(response, message, value, [{ path: [], message: reason }]);
}

function adviceFor<W extends Wire, D extends ToolDefinition>(
  { commonFinishReasons }: CallResponse<W, D>,
  interrupted: boolean,
): string {
  if (interrupted) return '; something in the pipe ended it early';
  switch (commonFinishReasons?.[0]) {
    case 'length':
      return '; the output limit cut it off: raise commonParams.maxTokens, or use continueOnLength()';
    case 'content_filter':
      return '; the content filter of the provider cut it off';
    default:
      return '';
  }
}

function invalidOutput<W extends Wire, D extends ToolDefinition>(
  response: CallResponse<W, D>,
  message: string,
  value: unknown,
  issues: readonly Issue[],
): StreamError {
  return new StreamError(
    response.provider,
    { code: 'invalid-output', message },
    { partial: response, output: { text: response.content, value, issues } },
  );
}
