import type {
  AssistantMessage,
  Message,
  SystemMessage,
  UserMessage,
  UserPart,
} from '../message.ts';
import type { Block, MessageSection, Template, TextBlock } from './parse.ts';
import { partsOf } from './part-value.ts';
import type { TextSpec } from './specs.ts';
import { valuesError } from './template-error.ts';
import { textOf } from './text-value.ts';
import type { CacheMark, Variable } from './tokens.ts';
import { checkedValues, valueOf, type TemplateValues } from './value-of.ts';
import { wrongValue } from './wrong-value.ts';

/**
 * Fills in a template. Values are taken as they are: braces and headings in them mean nothing.
 *
 * @throws {StreamError} `prompt`, when a value is missing, is not asked for or is of the wrong kind
 */
export function fillTemplate({ sections, names }: Template, given: unknown): readonly Message[] {
  const values = checkedValues(names, given);
  return sections.flatMap((section) =>
    section.role === 'messages'
      ? messagesOf(section.variable, values)
      : [messageOf(section, values)],
  );
}

function messagesOf(variable: Variable, values: TemplateValues): readonly Message[] {
  const value = valueOf(variable, values);
  if (Array.isArray(value) && value.every(isMessage)) return value;
  throw wrongValue(variable.name, 'messages', value);
}

/** As far as can be told: providers' own messages are of many shapes, but none is a part. */
const isMessage = (item: unknown): item is Message =>
  typeof item === 'object' && item !== null && ('role' in item || !('type' in item));

function messageOf({ role, line, blocks }: MessageSection, values: TemplateValues): Message {
  const [block, ...others] = blocks;
  if (block?.kind === 'text' && others.length === 0) {
    return { role, content: filledText(block, values) };
  }
  const content = contentOf(blocks, values);
  if (content.length === 0) throw valuesError(`nothing is left of its section on line ${line}`);
  // The parser has seen to it that a message holds nothing its role does not allow.
  return { role, content } as SystemMessage | UserMessage | AssistantMessage;
}

function contentOf(blocks: MessageSection['blocks'], values: TemplateValues): readonly UserPart[] {
  const parts: UserPart[] = [];
  for (const block of blocks) {
    if (block.kind === 'cache') {
      const marked = parts.pop();
      if (marked !== undefined) parts.push({ ...marked, cacheControl: block.cacheControl });
    } else {
      for (const part of partsIn(block, values)) if (!isEmptyText(part)) parts.push(part);
    }
  }
  return parts;
}

function partsIn(block: Exclude<Block, CacheMark>, values: TemplateValues): readonly UserPart[] {
  if (block.kind === 'text') return [{ type: 'text', text: filledText(block, values) }];
  const value = valueOf(block, values);
  const parts = partsOf(block.spec, value);
  if (parts === null) throw wrongValue(block.name, block.spec, value);
  return parts;
}

/** Providers refuse empty parts, and a variable may well be empty. */
const isEmptyText = (part: UserPart): boolean => part.type === 'text' && part.text === '';

const filledText = ({ pieces }: TextBlock, values: TemplateValues): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : filledPiece(piece, values))).join('');

function filledPiece(variable: Variable<TextSpec>, values: TemplateValues): string {
  const value = valueOf(variable, values);
  const text = textOf(variable.spec, value);
  if (text === null) throw wrongValue(variable.name, variable.spec, value);
  return text;
}
