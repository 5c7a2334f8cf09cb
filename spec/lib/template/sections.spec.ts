import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sectionsOf } from '../../../lib/template/sections.ts';

const onlyText = (template: string): string | undefined => {
  const [section, ...others] = sectionsOf(template);
  expect([section?.heading, section?.line, others]).toEqual(['USER', 1, []]);
  return section?.text;
};

describe('sectionsOf', () => {
  it('should take a text without headings for one section of the user', () => {
    expect(onlyText('Recommend a book')).toBe('Recommend a book');
    expect(onlyText('')).toBe('');
  });

  it('should begin a section at every heading', () => {
    expect(sectionsOf('SYSTEM: Be brief\nUSER: Hello\nASSISTANT:Hi\nMESSAGES: {x}\nUSER:')).toEqual(
      [
        { heading: 'SYSTEM', line: 1, text: ' Be brief' },
        { heading: 'USER', line: 2, text: ' Hello' },
        { heading: 'ASSISTANT', line: 3, text: 'Hi' },
        { heading: 'MESSAGES', line: 4, text: ' {x}' },
        { heading: 'USER', line: 5, text: '' },
      ],
    );
  });

  it('should find headings behind blank lines and indentation', () => {
    expect(sectionsOf('\n  \n  SYSTEM: Be brief\n\t USER: Hello\n')).toEqual([
      { heading: 'SYSTEM', line: 3, text: ' Be brief' },
      { heading: 'USER', line: 4, text: ' Hello\n' },
    ]);
  });

  it.each([
    ['within a line', 'Say USER: Hello'],
    ['in other letters', 'User: Hello\nuser: Hello'],
    ['without a colon', 'USER Hello\nUSER : Hello'],
    ['as part of a word', 'USERS: Hello\nXUSER: Hello'],
    ['behind a brace', '{{USER: Hello\n{x}USER: Hello'],
    ['of other roles', 'TOOL: Hello\nHUMAN: Hello'],
  ])('should not take for a heading one %s', (_, template) => {
    expect(onlyText(template)).toBe(template);
  });

  it.each([
    ['what all lines share', '\n    One\n      Two\n    Three\n', '\nOne\n  Two\nThree\n'],
    ['nothing of the first line', 'One\n    Two\n      Three', 'One\nTwo\n  Three'],
    ['nothing where a line has none', '  One\n  Two\nThree', '  One\n  Two\nThree'],
    [
      'tabs and spaces only where they agree',
      '\n\t  One\n\tTwo\n\t\tThree',
      '\n  One\nTwo\n\tThree',
    ],
    ['nothing where they do not', '\n\tOne\n  Two', '\n\tOne\n  Two'],
    ['what blank lines do not have', '\n  One\n\n \n  Two', '\nOne\n\n\nTwo'],
    ['white space of blank lines', '\n  One\n      \n  Two', '\nOne\n\nTwo'],
    ['nothing behind the text', '\n  One  \n  Two ', '\nOne  \nTwo '],
  ])('should take off the indentation: %s', (_, template, text) => {
    expect(onlyText(template)).toBe(text);
  });

  it('should take off the indentation of each section by itself', () => {
    const sections = sectionsOf('  USER: One\n      Two\n  ASSISTANT:\n    Three\n      Four');
    expect(sections.map(({ text }) => text)).toEqual([' One\nTwo', '\nThree\n  Four']);
  });

  it('should read the line ends of Windows', () => {
    expect(sectionsOf('\r\n  SYSTEM: Be\r\n  brief\r\n  USER: Hello\r\n')).toEqual(
      sectionsOf('\n  SYSTEM: Be\n  brief\n  USER: Hello\n'),
    );
  });

  it('should read the byte order mark of a file for nothing', () => {
    for (const template of [
      'USER: Hello',
      '\n  SYSTEM: Be\n  brief',
      'Hello\n  there',
      '{q}',
      '',
    ]) {
      expect(sectionsOf(`\uFEFF${template}`)).toEqual(sectionsOf(template));
    }
    expect(onlyText('Say \uFEFF')).toBe('Say \uFEFF');
  });

  it('should refuse text before the first heading', () => {
    const read = () => sectionsOf('\n  \n  Summarise this secret:\n  USER: Hello');
    expect(read).toThrow(TypeError);
    expect(read).toThrow(/^Prompt template, line 3: text stands before the first section; begin/);
    expect(read).toThrow(/^(?!.*secret)/);
  });

  it('should take a text for the same however far it is indented', () => {
    const line = fc.stringMatching(/^[a-z] {0,2}[a-z]*$/);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.nat({ max: 8 }), (lines, width) => {
        const indented = lines.map((text) => ' '.repeat(width) + text).join('\n');
        expect(onlyText(`\n${indented}`)).toBe(`\n${lines.join('\n')}`);
      }),
    );
  });
});
