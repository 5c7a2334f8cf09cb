import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as core from 'rx-llm';
import * as compatible from 'rx-llm/compatible';
import * as operators from 'rx-llm/operators';
import * as prices from 'rx-llm/prices';
import { scriptedProvider, toolCall } from 'rx-llm/testing';
import * as testing from 'rx-llm/testing';
import * as rxjs from 'rxjs';
import { lastValueFrom, toArray } from 'rxjs';
import { tool } from '../../lib/index.ts';
import { toCallResponse } from '../../operators/index.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/coming-from-mirascope.md'), 'utf8');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The cells of the tables' rows, the heads left out. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim()))
  .filter(([there = '']) => there !== 'there' && !there.startsWith('---'));

const linked = new Set(
  [...text.matchAll(/\(\.\.\/examples\/([\w-]+)\.ts\)/g)].map(([, name]) => name),
);

/** What the column in the middle says in code. */
const claims = rows.flatMap(([, here = '']) =>
  [...here.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
);

/** Of an Observable and its subscription. */
const methods: readonly string[] = ['subscribe', 'unsubscribe'];

describe('coming from Mirascope', () => {
  it('should have an example for every row, or say that there is none', () => {
    expect(rows.length).toBeGreaterThan(100);
    expect(
      rows.filter(([, here = '', example = '']) =>
        here.startsWith('left out: ') ? example !== '–' : !example.startsWith('['),
      ),
    ).toEqual([]);
  });

  it('should link to examples that exist', () => {
    expect([...linked].filter((name) => !existsSync(join(root, `examples/${name}.ts`)))).toEqual(
      [],
    );
  });

  it('should leave no example out', () => {
    const examples = readdirSync(join(root, 'examples'))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.slice(0, -'.ts'.length));
    expect(examples.filter((name) => !linked.has(name))).toEqual([]);
  });

  it('should be found from the README', () => {
    expect(readme).toContain('(docs/coming-from-mirascope.md)');
  });

  it('should name functions that exist', () => {
    const known = new Set(
      [core, compatible, operators, prices, testing, rxjs].flatMap((module) => Object.keys(module)),
    );
    const named = claims.flatMap((code) => /^([a-z]\w*)\(/.exec(code)?.slice(1) ?? []);
    expect(named.filter((name) => !known.has(name) && !methods.includes(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(30);
  });

  it('should name members that exist', async () => {
    const lookUp = tool({ name: 'look_up', parameters: { type: 'object' }, execute: () => 1 });
    const answer = scriptedProvider([toolCall({ name: 'look_up', args: {} })]).call(
      { model: 'any-model', tools: [lookUp] },
      () => 'Look it up',
    );
    const tuples = await lastValueFrom(answer().pipe(toArray()));
    const chunk = tuples.at(-1)?.[0];
    const response = await lastValueFrom(answer().pipe(toCallResponse()));
    const things: Readonly<Record<string, unknown>> = {
      chunk,
      response,
      tool: response.tool,
      error: new core.StreamError('any', { code: 'server', message: 'any' }),
    };
    const members = claims.flatMap((code) => {
      const [, thing = '', path = ''] = /^(chunk|response|tool|error)((?:\.\w+)+)/.exec(code) ?? [];
      return path === '' ? [] : [{ thing, path: path.slice(1).split('.') }];
    });
    expect(members.filter(({ thing, path }) => !has(things[thing], path))).toEqual([]);
    expect(members.length).toBeGreaterThan(80);
  });
});

/** Whether a value has what a path names, `null` included. */
function has(value: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (typeof value !== 'object' || value === null || !(name in value)) return false;
  return has(Reflect.get(value, name), rest);
}
