/** Measures the library: `npm run bench`, with `-- --quick` or `-- --only NAME`. */
import { parseArgs } from 'node:util';
import { promiseTable } from './json/promise-table.ts';
import { loadNow, machine } from './machine.ts';
import type { Effort } from './run/order.ts';
import { runRounds, type Chosen } from './run/rounds.ts';
import type { Case, Suite } from './suite.ts';
import { suites } from './suites/index.ts';
import { readers } from './suites/readers.ts';

const { quick, only } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
}).values;

const rounds = quick ? 3 : 5;
const effort: Effort = quick
  ? { warmUp: 2000, atLeast: 100, limit: 2 }
  : { warmUp: 2000, atLeast: 200, limit: 8 };

const chosen: readonly Chosen[] = suites
  .map((suite) => ({ suite, cases: casesOf(suite), sizes: suite.sizes(quick) }))
  .filter(({ cases }) => cases.length > 0);

if (chosen.length === 0) {
  const names = suites.flatMap(({ name, cases }) => [
    name,
    ...cases.map((each) => `  ${each.name}`),
  ]);
  console.error(`Nothing is named "${only}". There are:\n${names.join('\n')}`);
  process.exitCode = 2;
} else {
  const load = loadNow();
  const reports: string[] = [];
  for (const each of chosen) {
    const results = await runRounds(each, rounds, effort, (line) => console.error(line));
    reports.push(`## ${each.suite.name}\n\n${each.suite.report(results)}`);
  }
  if (chosen.some(({ suite }) => readers.includes(suite))) {
    reports.push(`## what readers keep to\n\n${await promiseTable()}`);
  }
  const head = `${machine(load)}; CPU time, medians of ${rounds} rounds`;
  console.log([head, ...reports].join('\n\n'));
}

/** The cases whose name, or that of their suite, has `only` in it, and what they are held against. */
function casesOf({ name: suite, quick: inQuickRun, cases }: Suite): readonly Case[] {
  if (quick && only === '' && !inQuickRun) return [];
  const isWanted = ({ name }: Case): boolean => `${suite} ${name}`.includes(only);
  const besides = new Set(cases.filter(isWanted).map(({ beside }) => beside));
  return cases.filter((each) => isWanted(each) || besides.has(each.name));
}
