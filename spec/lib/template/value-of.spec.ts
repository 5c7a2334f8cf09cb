import { describe, expect, it } from '@jest/globals';
import { StreamError } from '../../../lib/stream-error.ts';
import type { Variable } from '../../../lib/template/tokens.ts';
import { checkedValues, valueOf, type TemplateValues } from '../../../lib/template/value-of.ts';

const variable = (name: string): Variable => ({
  kind: 'variable',
  name,
  path: name.split('.') as [string, ...string[]],
  spec: '',
  line: 1,
});

describe('checkedValues', () => {
  it('should give values that are just those asked for', () => {
    const values = { genre: 'fantasy', year: undefined };
    expect(checkedValues(new Set(['genre', 'year']), values)).toBe(values);
  });

  it('should take nothing at all where nothing is asked for', () => {
    expect(checkedValues(new Set())).toEqual({});
    expect(checkedValues(new Set(), {})).toEqual({});
  });

  it('should see what a class inherits, and what has no prototype', () => {
    class Book {
      readonly #genres = ['fantasy'];
      get genre(): string {
        return this.#genres.join();
      }
    }
    const bare = Object.assign(Object.create(null) as object, { genre: 'fantasy' });
    for (const values of [new Book(), bare]) {
      expect(checkedValues(new Set(['genre']), values)).toBe(values);
    }
  });

  it.each<readonly [string, readonly string[], unknown, RegExp]>([
    ['a missing one', ['genre', 'year'], { year: 1 }, /: no value for genre\.$/],
    ['missing ones', ['genre', 'year'], undefined, /: no value for genre, year\.$/],
    ['an unknown one', ['genre'], { genre: 'x', x: 1 }, /: no variable named x\.$/],
    ['both', ['genre'], { gnre: 'x' }, /: no value for genre; no variable named gnre\.$/],
    ['what every object has', ['constructor'], {}, /no value for constructor/],
    ['no object', ['genre', 'year'], 'fantasy', /values must be an object with genre, year\.$/],
    ['null', [], null, /values must be an object with nothing in it/],
    ['a list', ['genre'], ['fantasy'], /values must be an object/],
  ])('should refuse %s', (_, names, values, reason) => {
    const check = () => checkedValues(new Set(names), values);
    expect(check).toThrow(StreamError);
    expect(check).toThrow(reason);
    expect(check).toThrow(/^(?!.*fantasy)/);
  });
});

describe('valueOf', () => {
  const values: TemplateValues = {
    genre: 'fantasy',
    book: { title: 'Emma', author: { name: 'Jane' }, year: undefined },
    nothing: null,
    titles: ['Emma', 'Persuasion'],
  };

  it.each([
    ['genre', 'fantasy'],
    ['nothing', null],
    ['book.title', 'Emma'],
    ['book.author.name', 'Jane'],
    ['book.year', undefined],
    ['titles.1', 'Persuasion'],
  ])('should find %s', (name, value) => {
    expect(valueOf(variable(name), values)).toBe(value);
  });

  it.each([
    ['book.isbn'],
    ['book.author.name.first'],
    ['nothing.title'],
    ['genre.length'],
    ['book.constructor'],
    ['book.__proto__'],
    ['titles.2'],
  ])('should not find %s', (name) => {
    const find = () => valueOf(variable(name), values);
    expect(find).toThrow(StreamError);
    expect(find).toThrow(`no value for ${name}.`);
  });
});
