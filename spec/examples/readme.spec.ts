import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const folder = join(import.meta.dirname, '../../examples');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

const examples = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

describe('the list of examples', () => {
  it('should name each once, in the words of its first line', () => {
    const listed = [...readme.matchAll(/^\| \[([\w-]+)\]\(\1\.ts\) +\| (.*?) +\|$/gm)];
    const expected = examples.map((name): readonly [string, string | undefined] => {
      const source = readFileSync(join(folder, `${name}.ts`), 'utf8');
      return [name, /^\/\*\* (.*) \*\/$/m.exec(source.split('\n')[0] ?? '')?.[1]];
    });
    expect(listed.map(([, name, shows]) => [name, shows]).sort()).toEqual(expected.sort());
  });
});
