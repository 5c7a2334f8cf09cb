/**
 * Writes the README's table of what each provider was held against, from the specs themselves:
 * `npm run support-table`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';

interface Assertion {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'pending';
}

interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}

const folder = mkdtempSync(join(tmpdir(), 'rx-llm-'));
try {
  const file = join(folder, 'results.json');
  await run('npm', ['test', '--', 'conformance', 'recordings', '--json', `--outputFile=${file}`]);
  const results = JSON.parse(readFileSync(file, 'utf8')) as Results;
  const readme = readFileSync('README.md', 'utf8');
  const begin = '<!-- support table: npm run support-table -->';
  const end = '<!-- end of support table -->';
  const [before = '', rest = ''] = readme.split(begin);
  const [, after = ''] = rest.split(end);
  writeFileSync('README.md', `${before}${begin}\n\n${table(results)}\n\n${end}${after}`);
  await run('npx', ['prettier', '--write', 'README.md']);
} finally {
  rmSync(folder, { recursive: true });
}

function table({ testResults }: Results): string {
  const assertions = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((each) => ({
      ...each,
      provider: /providers\/([\w-]+)\//.exec(name)?.[1],
    })),
  );
  const conformance = assertions.filter(({ ancestorTitles: [suite] }) =>
    suite?.includes('conforms'),
  );
  const names = [...new Set(conformance.map(({ provider }) => provider ?? ''))].sort();
  const notes: string[] = [];
  const rows = names.map((name) => {
    const own = conformance.filter(({ provider }) => provider === name);
    const recorded = assertions.filter(
      // OpenAI's own recordings are read with those of the services that share its wire.
      ({ provider, title, ancestorTitles: [suite] }) =>
        (provider === name || (name === 'openai' && provider === 'chat-completions')) &&
        suite?.includes('recorded') &&
        /^should give exactly what \S+ holds$/.test(title),
    );
    const skipped = own.filter(({ status }) => status === 'pending');
    const marks = skipped.map(({ title }) => {
      notes.push(`\`${name}\`: ${title}`);
      return `[${notes.length}]`;
    });
    const passed = own.filter(({ status }) => status === 'passed').length;
    return [
      `\`rx-llm/${name}\``,
      `${passed} of ${own.length} ${marks.join('')}`.trim(),
      `${recorded.filter(({ status }) => status === 'passed').length} of ${recorded.length}`,
    ];
  });
  return [
    '| entry point | conformance cases | recorded responses read exactly |',
    '| --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    'Cases that do not apply:',
    '',
    ...notes.map((note, position) => `${position + 1}. ${note}`),
  ].join('\n');
}
