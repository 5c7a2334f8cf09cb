import { describe, expect, it } from '@jest/globals';
import { jsonTree } from '../../../lib/json/json-tree.ts';
import { frozen } from './json-values.ts';

describe('jsonTree', () => {
  it('should have no value before there is one', () => {
    expect(jsonTree().value()).toBeUndefined();
  });

  it('should build what it is told', () => {
    const tree = jsonTree();
    tree.open('object');
    tree.key('a');
    tree.open('array');
    tree.scalar(1);
    tree.open('array');
    tree.close();
    tree.scalar('x');
    tree.close();
    tree.key('b');
    tree.scalar(null);
    tree.close();
    expect(tree.value()).toEqual({ a: [1, [], 'x'], b: null });
  });

  it('should show a string that grows in its place', () => {
    const tree = jsonTree();
    tree.open('array');
    tree.scalar(1);
    const values = ['', 'a', 'ab'].map((soFar) => {
      tree.string(soFar);
      return frozen(tree.value());
    });
    tree.scalar('abc');
    tree.scalar(2);
    expect([...values, tree.value()]).toEqual([
      [1, ''],
      [1, 'a'],
      [1, 'ab'],
      [1, 'abc', 2],
    ]);
  });

  it('should show a string at the root', () => {
    const tree = jsonTree();
    tree.string('a');
    expect(tree.value()).toBe('a');
    tree.scalar('ab');
    expect(tree.value()).toBe('ab');
  });

  it('should copy what is open once per read, and only when something changes', () => {
    const tree = jsonTree();
    tree.open('array');
    tree.open('object');
    const first = tree.value() as readonly unknown[];
    expect(tree.value()).toBe(first);
    tree.key('a');
    expect(tree.value()).toBe(first);
    tree.scalar(1);
    const second = tree.value() as readonly unknown[];
    expect(second).not.toBe(first);
    expect(second[0]).not.toBe(first[0]);
    tree.close();
    expect(tree.value()).toBe(second);
    tree.scalar(2);
    const third = tree.value() as readonly unknown[];
    expect(third).not.toBe(second);
    expect(third[0]).toBe(second[0]);
    expect([first, second, third]).toEqual([[{}], [{ a: 1 }], [{ a: 1 }, 2]]);
  });

  it('should give its value away and begin anew', () => {
    const tree = jsonTree();
    tree.open('array');
    tree.scalar(1);
    tree.close();
    const given = frozen(tree.take());
    expect(given).toEqual([1]);
    expect(tree.value()).toBeUndefined();
    tree.open('array');
    tree.scalar(2);
    tree.close();
    expect([given, tree.take()]).toEqual([[1], [2]]);
  });

  it('should hold __proto__ as a key like any other, through copies too', () => {
    const tree = jsonTree();
    tree.open('object');
    tree.key('__proto__');
    tree.open('object');
    for (const key of ['a', 'b']) {
      tree.key(key);
      tree.scalar(key);
      expect(Object.getPrototypeOf(tree.value())).toBe(Object.prototype);
    }
    tree.close();
    tree.key('toString');
    tree.scalar(1);
    expect(Object.entries(tree.value() as object)).toEqual([
      ['__proto__', { a: 'a', b: 'b' }],
      ['toString', 1],
    ]);
  });
});
