import { StreamError, type ToolChoice } from '../../lib/index.ts';
import type { ChatParams } from './wire.ts';

/**
 * Which tools may or must be called, `undefined` where that is left to the model. The API knows that a tool
 * must be called and not which one, which is the same where only one is offered.
 *
 * @param offered the names of the tools to choose from
 * @throws {StreamError} `unsupported` for a choice of one tool among several
 */
export function encodeToolChoice(
  toolChoice: ToolChoice,
  offered: readonly string[],
): ChatParams['toolChoice'] {
  switch (toolChoice) {
    case 'auto':
      return undefined;
    case 'none':
      // Without tools there is nothing to forbid.
      return offered.length > 0 ? 'NONE' : undefined;
    case 'required':
      return 'REQUIRED';
    default:
      if (offered.length === 1 && offered[0] === toolChoice.name) return 'REQUIRED';
      throw new StreamError('cohere', {
        code: 'unsupported',
        message: `Cohere can be told that a tool must be called, and not which one; offer "${toolChoice.name}" alone, or say 'required'`,
      });
  }
}
