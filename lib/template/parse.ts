import { sectionsOf, type Section } from './sections.ts';
import { isPartSpec, type PartSpec, type TextSpec } from './specs.ts';
import { templateError } from './template-error.ts';
import { tokensOf, type CacheMark, type Variable } from './tokens.ts';

/** A template, ready to be filled in. */
export interface Template {
  readonly sections: readonly (MessageSection | MessagesSection)[];
  /** The names its values go by: `book` for `{book.title}`. */
  readonly names: ReadonlySet<string>;
}

/** A section that becomes one message. */
export interface MessageSection {
  readonly role: 'system' | 'user' | 'assistant';
  readonly line: number;
  readonly blocks: readonly Block[];
}

/** A section that messages take the place of. */
export interface MessagesSection {
  readonly role: 'messages';
  readonly variable: Variable;
}

/** What a message consists of, one part each or several; a mark belongs to the part before it. */
export type Block = TextBlock | Variable<PartSpec> | CacheMark;

/** Literal texts and variables that make one text. */
export interface TextBlock {
  readonly kind: 'text';
  readonly pieces: readonly (string | Variable<TextSpec>)[];
}

/**
 * Reads a template.
 *
 * @throws {TypeError} when it is wrong in itself, with the line and what to write
 */
export function parseTemplate(text: string): Template {
  const sections = sectionsOf(text).map(readSection);
  const names = sections.flatMap(variablesOf).map(({ path: [name] }) => name);
  return { sections, names: new Set(names) };
}

function readSection(section: Section): MessageSection | MessagesSection {
  const { heading, line, text } = section;
  const blocks = blocksOf(tokensOf(text, line));
  if (heading === 'MESSAGES') return { role: 'messages', variable: onlyVariable(blocks, line) };
  if (blocks.length === 0) {
    throw templateError(line, `nothing to say in ${heading}; write some text, or leave it out`);
  }
  blocks.forEach(checkBlock(heading));
  return { role: roles[heading], line, blocks };
}

const roles = { SYSTEM: 'system', USER: 'user', ASSISTANT: 'assistant' } as const;

function onlyVariable(blocks: readonly Block[], line: number): Variable {
  const [block, ...others] = blocks;
  const [piece, ...more] = block?.kind === 'text' ? block.pieces : [];
  if (others.length === 0 && more.length === 0 && typeof piece === 'object' && piece.spec === '') {
    return piece;
  }
  throw templateError(
    line,
    'a MESSAGES section is one variable and nothing else: MESSAGES: {history}',
  );
}

/** Whether a block may stand in a section under a heading, and where it does. */
const checkBlock =
  (heading: keyof typeof roles) =>
  (block: Block, position: number): void => {
    if (block.kind === 'text') return;
    const { kind, line } = block;
    if (kind === 'cache') {
      if (position > 0) return;
      throw templateError(
        line,
        '{:cache_control} marks what stands before it in its section; write it there',
      );
    }
    if (heading !== 'USER' && block.spec !== 'text' && block.spec !== 'texts') {
      throw templateError(
        line,
        `{${block.name}:${block.spec}} is not for ${heading}; write it under USER:`,
      );
    }
  };

function blocksOf(tokens: readonly (string | Variable | CacheMark)[]): readonly Block[] {
  const blocks: Block[] = [];
  let pieces: (string | Variable<TextSpec>)[] = [];
  const endText = (): void => {
    const trimmed = trimmedPieces(pieces);
    if (trimmed.length > 0) blocks.push({ kind: 'text', pieces: trimmed });
    pieces = [];
  };
  for (const token of tokens) {
    if (typeof token === 'string' || isTextVariable(token)) pieces.push(token);
    else {
      endText();
      blocks.push(token as Variable<PartSpec> | CacheMark);
    }
  }
  endText();
  return blocks;
}

const isTextVariable = (token: Variable | CacheMark): token is Variable<TextSpec> =>
  token.kind === 'variable' && !isPartSpec(token.spec);

/** Pieces without the white space that a template begins and ends with, which is there for its reader. */
function trimmedPieces(pieces: readonly (string | Variable<TextSpec>)[]): typeof pieces {
  const last = pieces.length - 1;
  return pieces
    .map((piece, index) => {
      if (typeof piece !== 'string') return piece;
      const begun = index === 0 ? piece.trimStart() : piece;
      return index === last ? begun.trimEnd() : begun;
    })
    .filter((piece) => piece !== '');
}

function variablesOf(section: MessageSection | MessagesSection): readonly Variable[] {
  if (section.role === 'messages') return [section.variable];
  return section.blocks.flatMap((block): readonly Variable[] => {
    if (block.kind === 'variable') return [block];
    return block.kind === 'text' ? block.pieces.filter((piece) => typeof piece === 'object') : [];
  });
}
