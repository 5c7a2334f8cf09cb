import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { specs } from '../../../lib/template/specs.ts';
import { tokensOf, type Variable } from '../../../lib/template/tokens.ts';

const variable = (name: string, spec: Variable['spec'] = '', line = 1): Variable => ({
  kind: 'variable',
  name,
  path: name.split('.') as [string, ...string[]],
  spec,
  line,
});

const mark = (cacheControl: true | { readonly ttl: '5m' | '1h' }, line = 1) => ({
  kind: 'cache',
  cacheControl,
  line,
});

describe('tokensOf', () => {
  it.each<readonly [string, readonly unknown[]]>([
    ['', []],
    ['Hello', ['Hello']],
    ['{x}', [variable('x')]],
    ['a {x} b', ['a ', variable('x'), ' b']],
    ['{x}{y}', [variable('x'), variable('y')]],
    ['{book.title}', [variable('book.title')]],
    ['{a.b.c:list}', [variable('a.b.c', 'list')]],
    [
      '{$x_1}{größe}{名前}{0}',
      [variable('$x_1'), variable('größe'), variable('名前'), variable('0')],
    ],
    ['${price}', ['$', variable('price')]],
    ['{{}}', ['{}']],
    ['{{x}}', ['{x}']],
    ['{{{x}}}', ['{', variable('x'), '}']],
    ['{{{{x}}}}', ['{{x}}']],
    ['{x}}}', [variable('x'), '}']],
    ['{{"a": {{"b": {x}}}}}', ['{"a": {"b": ', variable('x'), '}}']],
    ['a:b', ['a:b']],
    ['{:cache_control}', [mark(true)]],
    ['{:cache_control 5m}{:cache_control 1h}', [mark({ ttl: '5m' }), mark({ ttl: '1h' })]],
  ])('should read %j', (text, tokens) => {
    expect(tokensOf(text, 1)).toEqual(tokens);
  });

  it.each(specs)('should read {x:%s}', (spec) => {
    expect(tokensOf(`{x:${spec}}`, 1)).toEqual([variable('x', spec)]);
  });

  it('should know the line of each variable and mark', () => {
    expect(tokensOf('a\n{x} {{\n\n{y}{:cache_control}', 3)).toEqual([
      'a\n',
      variable('x', '', 4),
      ' {\n\n',
      variable('y', '', 6),
      mark(true, 6),
    ]);
  });

  const noVariable = /not the name of a variable; write \{name\}.* and \{\{ and \}\} for braces$/;

  it.each<readonly [string, RegExp]>([
    ['{', /a \{ that is not closed on its line; write \{name\}, or \{\{ for a brace$/],
    ['{x', /not closed/],
    ['{x\n}', /not closed/],
    ['{x{y}', /not closed/],
    ['{{{', /not closed/],
    ['}', /a \} that closes nothing; write \}\} for a brace$/],
    ['{x}}', /closes nothing/],
    ['{{x}', /closes nothing/],
    ['{}', noVariable],
    ['{ x}', noVariable],
    ['{x }', noVariable],
    ['{x y}', noVariable],
    ['{.x}', noVariable],
    ['{x.}', noVariable],
    ['{x..y}', noVariable],
    ['{x-y}', noVariable],
    ['{x[0]}', noVariable],
    ['{"x": 1}', noVariable],
    ['{x:}', /what follows the colon of \{x:…\} is none of list, lists, text, .*; write \{\{/],
    ['{x:imge}', /none of/],
    ['{x: list}', /none of/],
    ['{x:list:list}', /none of/],
    ['{x:cache_control}', /none of/],
    ['{x:messages}', /none of/],
    ['{x:constructor}', /none of/],
    ['{:}', /a variable without a name; write \{name:…\}, or \{:cache_control\}/],
    ['{:image}', /without a name/],
    ['{:cache_control 2h}', /without a name.* or \{:cache_control 1h\}$/],
  ])('should refuse %j and say where', (text, reason) => {
    const read = () => tokensOf(`a {x}\n{{\n${text}`, 2);
    expect(read).toThrow(TypeError);
    expect(read).toThrow(/^Prompt template, line 4: /);
    expect(read).toThrow(reason);
  });

  it('should not quote what is in braces by mistake', () => {
    for (const text of ['{"plan": "secret"}', '{plan: secret}', '{:secret}', '{secret']) {
      expect(() => tokensOf(text, 1)).toThrow(/^(?!.*secret)/);
    }
  });

  it('should give any text back whose braces are doubled', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'x', ':', '\n') }), (text) => {
        const doubled = text.replace(/[{}]/g, '$&$&');
        expect(tokensOf(doubled, 1)).toEqual(text === '' ? [] : [text]);
      }),
    );
  });
});
