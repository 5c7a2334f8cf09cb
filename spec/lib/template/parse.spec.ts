import { describe, expect, it } from '@jest/globals';
import { parseTemplate } from '../../../lib/template/parse.ts';

/** What each section consists of, in few words. */
const outlineOf = (template: string): readonly string[] =>
  parseTemplate(template).sections.map((section) => {
    if (section.role === 'messages') return `messages <${section.variable.name}>`;
    const blocks = section.blocks.map((block) => {
      if (block.kind === 'variable') return `<${block.name}:${block.spec}>`;
      if (block.kind === 'cache') return '!';
      return block.pieces
        .map((piece) => (typeof piece === 'string' ? JSON.stringify(piece) : `<${piece.name}>`))
        .join('+');
    });
    return [section.role, ...blocks].join(' ');
  });

describe('parseTemplate', () => {
  it('should read sections of every kind', () => {
    const template = `
      SYSTEM: You are a {kind} librarian.
      MESSAGES: {history}
      ASSISTANT: {thought:text}
      USER:
        Look at {cover:image}
        and say {{what}} you see.
    `;
    expect(outlineOf(template)).toEqual([
      'system "You are a "+<kind>+" librarian."',
      'messages <history>',
      'assistant <thought:text>',
      'user "Look at" <cover:image> "and say {what} you see."',
    ]);
  });

  it.each([
    ['  Hello  ', 'user "Hello"'],
    ['\n\n  One\n\n  Two\n\n', 'user "One\\n\\nTwo"'],
    [' {x} ', 'user <x>'],
    [' {x} and {y} ', 'user <x>+" and "+<y>'],
    ['{x:image} {y:image}', 'user <x:image> <y:image>'],
    [' a {x:image} b ', 'user "a" <x:image> "b"'],
    [' {x} {y:image} {z} ', 'user <x> <y:image> <z>'],
    ['{x:list} and {y:lists}', 'user <x>+" and "+<y>'],
    ['{x:texts}{y:part}', 'user <x:texts> <y:part>'],
    ['a {:cache_control} b', 'user "a" ! "b"'],
    ['{x:document}{:cache_control}{y:image}', 'user <x:document> ! <y:image>'],
    ['USER: a\nUSER: b', 'user "a"'],
    ['ASSISTANT: a {x:texts} b {:cache_control}', 'assistant "a" <x:texts> "b" !'],
    ['MESSAGES:\n\n  {x.y}\n', 'messages <x.y>'],
  ])('should read %j', (template, outline) => {
    expect(outlineOf(template)[0]).toBe(outline);
  });

  it('should know what its values go by', () => {
    const template = 'MESSAGES: {a.b}\nUSER: {c} {d.e} {d.f:list} {c:image} {:cache_control}';
    expect(parseTemplate(template).names).toEqual(new Set(['a', 'c', 'd']));
    expect(parseTemplate('Hello').names).toEqual(new Set());
  });

  it.each<readonly [string, number, RegExp]>([
    ['', 1, /nothing to say in USER; write some text, or leave it out$/],
    [' \n ', 1, /nothing to say/],
    ['SYSTEM:\nUSER: Hello', 1, /nothing to say in SYSTEM/],
    ['SYSTEM: Hi\n\nUSER:\n \n', 3, /nothing to say in USER/],
    ['MESSAGES:', 1, /a MESSAGES section is one variable and nothing else: MESSAGES: \{history\}$/],
    ['USER: Hello\nMESSAGES: Hello', 2, /one variable/],
    ['MESSAGES: {x} and', 1, /one variable/],
    ['MESSAGES: {x}{y}', 1, /one variable/],
    ['MESSAGES: {x}{y:image}', 1, /one variable/],
    ['MESSAGES: {x:parts}', 1, /one variable/],
    ['MESSAGES: {x:list}', 1, /one variable/],
    ['MESSAGES: {x}{:cache_control}', 1, /one variable/],
    ['SYSTEM: a\n {x:image}', 2, /\{x:image\} is not for SYSTEM; write it under/],
    ['SYSTEM: {:cache_control}', 1, /marks what stands before it/],
    ['USER: a\nASSISTANT: {x:image}', 2, /\{x:image\} is not for ASSISTANT; write it under USER:$/],
    ['ASSISTANT: {x:parts}', 1, /not for ASSISTANT/],
    ['{:cache_control} a', 1, /\{:cache_control\} marks what stands before it in its section/],
    ['USER: a\nUSER: {:cache_control}', 2, /marks what stands before it/],
    ['a\n\n{x', 3, /not closed/],
    ['SYSTEM: a\n\nUSER:\n  {b:imge}', 4, /none of/],
    ['a\nUSER: b', 1, /before the first section/],
  ])('should refuse %j and say where', (template, line, reason) => {
    const parse = () => parseTemplate(template);
    expect(parse).toThrow(TypeError);
    expect(parse).toThrow(new RegExp(`^Prompt template, line ${line}: `));
    expect(parse).toThrow(reason);
  });
});
