import type { ToolDefinition } from '../../lib/index.ts';
import { toolCacheMark } from './cache-mark.ts';
import type { Dialect } from './dialect.ts';
import { strictSchema } from './strict-schema.ts';
import type { ChatCompletionsWire } from './wire.ts';

/** A tool as the wire offers it. With `strict` its schema must have a form of its own, else it is left alone. */
export const encodeTool = (
  dialect: Pick<Dialect, 'name' | 'cacheMark'>,
  { name, description, parameters, strict, cacheControl }: ToolDefinition,
): NonNullable<ChatCompletionsWire['params']['tools']>[number] => ({
  type: 'function',
  function: {
    name,
    parameters: strict ? strictSchema(parameters) : { ...parameters },
    ...(description !== null && { description }),
    ...(strict !== null && { strict }),
  },
  ...toolCacheMark(dialect, cacheControl),
});
