import type { CacheControl } from '../message.ts';
import { specs, type PartSpec, type TextSpec } from './specs.ts';
import { templateError } from './template-error.ts';

/** A place in a template that is filled in. */
export interface Variable<Spec extends TextSpec | PartSpec = TextSpec | PartSpec> {
  readonly kind: 'variable';
  /** As it is written: `book.title`. */
  readonly name: string;
  /** The names it consists of. */
  readonly path: readonly [string, ...string[]];
  readonly spec: Spec;
  readonly line: number;
}

/** The mark of the end of what is worth caching. */
export interface CacheMark {
  readonly kind: 'cache';
  readonly cacheControl: CacheControl;
  readonly line: number;
}

/**
 * The literal texts of a section and what stands in braces between them. Two braces are one literal
 * brace; no two texts stand side by side.
 *
 * @param firstLine which line of the template the text begins on
 * @throws {TypeError} for a brace without its other, and for what in braces is neither a variable nor a
 * mark
 */
export function tokensOf(
  text: string,
  firstLine: number,
): readonly (string | Variable | CacheMark)[] {
  const tokens: (string | Variable | CacheMark)[] = [];
  let literal = '';
  let line = firstLine;
  let end = 0;
  for (const { 0: match, 1: inside, index } of text.matchAll(bracesPattern)) {
    const before = text.slice(end, index);
    literal += before;
    line += before.split('\n').length - 1;
    end = index + match.length;
    if (match === '{{' || match === '}}') {
      literal += match.charAt(0);
      continue;
    }
    if (inside === undefined) throw unpairedBrace(match, line);
    if (literal !== '') tokens.push(literal);
    literal = '';
    tokens.push(tokenOf(inside, line));
  }
  literal += text.slice(end);
  return literal === '' ? tokens : [...tokens, literal];
}

/** Two braces, something in braces, or a brace alone. */
const bracesPattern = /\{\{|\}\}|\{([^{}\n]*)\}|[{}]/g;

/** Names joined by dots, of the characters that JavaScript's names are made of. */
const pathPattern = /^[\p{ID_Continue}$]+(?:\.[\p{ID_Continue}$]+)*$/u;

function tokenOf(inside: string, line: number): Variable | CacheMark {
  const colon = inside.indexOf(':');
  const name = colon === -1 ? inside : inside.slice(0, colon);
  const word = colon === -1 ? null : inside.slice(colon + 1);
  if (name === '' && word !== null) return cacheMarkOf(word, line);
  if (!pathPattern.test(name)) throw noVariable(line);
  const path = name.split('.') as [string, ...string[]];
  return {
    kind: 'variable',
    name,
    path,
    spec: word === null ? '' : specOf(name, word, line),
    line,
  };
}

function specOf(name: string, word: string, line: number): TextSpec | PartSpec {
  const spec = specs.find((known) => known === word);
  if (spec !== undefined) return spec;
  throw templateError(
    line,
    `what follows the colon of {${name}:…} is none of ${specs.join(', ')}; write {{ and }} for braces`,
  );
}

const lifetimes: ReadonlyMap<string, CacheControl> = new Map<string, CacheControl>([
  ['cache_control', true],
  ['cache_control 5m', { ttl: '5m' }],
  ['cache_control 1h', { ttl: '1h' }],
]);

function cacheMarkOf(word: string, line: number): CacheMark {
  const cacheControl = lifetimes.get(word);
  if (cacheControl !== undefined) return { kind: 'cache', cacheControl, line };
  throw templateError(
    line,
    'a variable without a name; write {name:…}, or {:cache_control}, {:cache_control 5m} or {:cache_control 1h}',
  );
}

const noVariable = (line: number): TypeError =>
  templateError(
    line,
    'what stands in braces is not the name of a variable; write {name}, {name.field} or {name:list}, and {{ and }} for braces',
  );

const unpairedBrace = (brace: string, line: number): TypeError =>
  brace === '{'
    ? templateError(line, 'a { that is not closed on its line; write {name}, or {{ for a brace')
    : templateError(line, 'a } that closes nothing; write }} for a brace');
