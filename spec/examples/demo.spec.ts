import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommand } from '../../examples/demo/command.ts';
import { providers } from '../../examples/providers/providers.ts';
import { loopbackServer } from '../support/loopback-server.ts';

/** A child process starts in about a second, and slower beside others. */
const patience = 30_000;

describe('npm run demo', () => {
  it(
    'should show streaming, stopping, cancelling and a chain without a key',
    async () => {
      const { code, stdout, stderr } = await demo([]);

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Embedded local server.*no key needed.*OPENAI_API_KEY=/);
      expect(stdout).toMatch(
        /finish reason +stop\n +usage +\d+ input \+ \d+ output = \d+ tokens\n/,
      );
      expect(stdout).toMatch(/first chunk +after \d+ ms/);
      expect(stdout).toMatch(/interrupted +true\n +text kept +165 characters, ending in "THE END"/);
      expect(stdout).toMatch(/cancelled +The server saw the socket close \d+\.\d ms later/);
      expect(stdout).toMatch(/summary: .+\n.* … cancelled\nsummary: .+\ntranslation: .+\n/);
      expect(stdout).not.toContain('\u001B');
    },
    patience,
  );

  it(
    'should answer any prompt with a canned answer, and tell the server nothing else',
    async () => {
      // The embedded server refuses every key but its own.
      const ambient = {
        OPENAI_CUSTOM_HEADERS: 'x-api-key: ambient',
        OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
      };
      const { code, stdout, stderr } = await demo(
        ['--model', 'gpt-4o', 'Why is it blue?'],
        ambient,
      );

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('This is a canned answer');
      expect(stdout).toMatch(/usage +\d+ input/);
      expect(stdout).toMatch(/model +gpt-4o\n/);
    },
    patience,
  );

  it(
    'should go live with a key, and say so',
    async () => {
      const server = await loopbackServer({
        steps: [{ send: events(text('Hi'), finish('stop')) }],
      });
      const { code, stdout } = await demo(['hello'], live(server.url));
      const { headers, body } = await server.request();
      await server.close();

      expect(code).toBe(0);
      expect(stdout).toMatch(/^Live: requests go to 127\.0\.0\.1:\d+ with your OPENAI_API_KEY/);
      expect(stdout).toContain('\nHi\n');
      expect(headers.authorization).toBe(`Bearer ${key}`);
      expect(body).toMatchObject({ model: 'gpt-4o-mini', messages: [{ content: 'hello' }] });
    },
    patience,
  );

  it(
    'should unsubscribe on Ctrl-C',
    async () => {
      const server = await loopbackServer({
        steps: [{ send: eventOf(text('Once upon')) }, { stall: true }],
      });
      const { code, stderr } = await demo(['hello'], live(server.url), {
        interruptAt: 'Once upon',
      });
      await (
        await server.request()
      ).closed;
      await server.close();

      expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    },
    patience,
  );

  it(
    'should print its usage',
    async () => {
      const { code, stdout } = await demo(['--help']);

      expect(code).toBe(0);
      expect(stdout).toMatch(/^Usage: npm run demo/);
    },
    patience,
  );
});

describe('npm run demo -- --provider', () => {
  it.each([
    [
      'anthropic',
      { ANTHROPIC_AUTH_TOKEN: 'ambient', ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' },
      /usage +\d+ input \+ \d+ output/,
    ],
    [
      'groq',
      { GROQ_BASE_URL: 'http://127.0.0.1:9' },
      /To go live: GROQ_API_KEY=… npm run demo -- --provider groq\n/,
    ],
    [
      'bedrock',
      { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      /finish reason +end_turn/,
    ],
  ])(
    'should answer through the SDK of %s and no other, and tell the server nothing else',
    async (name, environment, line) => {
      const others = [...sdks].filter(([provider]) => provider !== name).map(([, sdk]) => sdk);
      const { code, stdout, stderr } = await demo(['--provider', name, 'Why?'], environment, {
        missing: others,
      });

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('This is a canned answer');
      expect(stdout).toMatch(line);
    },
    patience,
  );
});

describe('npm run demo -- --all', () => {
  it(
    'should give every provider a line at its end, whatever becomes of the others',
    async () => {
      const server = await loopbackServer({
        status: 401,
        headers: { 'content-type': 'application/json' },
        steps: [{ send: JSON.stringify({ error: { message: `Incorrect API key: ${key}.` } }) }],
      });
      const ambient = { GROQ_API_KEY: key, GROQ_BASE_URL: server.url };
      const { code, stdout, stderr } = await demo(['--all', 'Hello'], ambient, {
        missing: ['cohere-ai'],
      });
      await server.close();
      const [prompt, headings, ...lines] = stdout.trimEnd().split('\n');

      expect({ code, stderr, prompt }).toEqual({ code: 0, stderr: '', prompt: 'Hello' });
      expect(headings).toMatch(/^provider +mode +end +first token +rate +in \+ out$/);
      expect(
        lines
          .slice(0, -1)
          .map((line) => line.split(' ')[0])
          .sort(),
      ).toEqual(providers.map(({ name }) => name).sort());
      expect(stdout).toMatch(
        /\nopenai +local +stop +\d+ ms +[\d.]+ tokens\/s +\d+ \+ \d+ +have gpt-4o-mini answer\.\n/,
      );
      expect(stdout).toMatch(/\nmistral +local +stop +\d+ ms +[\d.]+ chunks\/s/);
      expect(stdout).toMatch(/\ngroq +live +authentication .*401 Incorrect API key/);
      expect(stdout).toMatch(/\ncohere +local +missing-sdk .*npm install cohere-ai/);
      expect(lines.at(-1)).toMatch(/^8 finished, 2 failed · best first token: \w+, \d+ ms/);
      expect(stdout).not.toContain(key);
      expect(stdout).not.toContain('\u001B');
    },
    patience,
  );

  it(
    'should show what had arrived when Ctrl-C stops all',
    async () => {
      const server = await loopbackServer({
        steps: [{ send: eventOf(text('Once upon')) }, { stall: true }],
      });
      const running = demo(['--all'], live(server.url), { interruptAt: '\ngroq' });
      const { closed } = await server.request();
      const { code, stdout, stderr } = await running;
      await closed;
      await server.close();

      expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
      expect(stdout).toMatch(/\nopenai +live +stopped +\d+ ms .*Once upon\n/);
      expect(stdout).toMatch(/\n\d finished, \d stopped · /);
    },
    patience,
  );
});

describe('npm run demo, when it fails', () => {
  it.each([
    ['an unknown option', ['--colour'], /Unknown option '--colour'/],
    ['an unknown provider', ['--provider', 'acme'], /"acme"; it must be one of openai, .*bedrock;/],
    ['an empty prompt', [''], /prompt is empty/],
  ])(
    'should exit with 2 and one line for %s',
    async (_case, args, line) => {
      const { code, stdout, stderr } = await demo(args);

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expectOneLine(stderr, line);
    },
    patience,
  );

  it.each([
    [['--model'], /'--model <value>' argument missing/],
    [['--model', ''], /--model needs a name/],
    [['--replay', ''], /--replay needs a file/],
    [['--replay', 'x', 'hello'], /a prompt or --replay, not both/],
    [['--replay', 'x', '--pace', 'slow'], /--pace needs a number/],
    [['--replay', 'x', '--pace=-1'], /--pace needs a number/],
    [['--pace', '5'], /--pace goes with --replay/],
    [['--all', '--provider', 'groq'], /--all or --provider, not both/],
    [['--all', '--model', 'gpt-4o'], /--all or --model, not both/],
    [['--all', '--replay', 'x'], /--all or --replay, not both/],
    [['--all', ' '], /prompt is empty/],
    [['--help=yes'], /--help' does not take an argument/],
  ])('should refuse the arguments %j', (args, reason) => {
    expect(() => readCommand(args)).toThrow(reason);
  });

  it(
    'should exit with 1 and one line when the host cannot be reached',
    async () => {
      const server = await loopbackServer({ steps: [] });
      await server.close();
      const { code, stderr } = await demo([], live(server.url));

      expect(code).toBe(1);
      expectOneLine(stderr, /connection failed: ECONNREFUSED.*code: connection/);
    },
    patience,
  );

  it(
    'should exit with 1 and one line when the key is refused, without showing it',
    async () => {
      const server = await loopbackServer({
        status: 401,
        headers: { 'content-type': 'application/json' },
        steps: [
          { send: JSON.stringify({ error: { message: `Incorrect API key provided: ${key}.` } }) },
        ],
      });
      const { code, stdout, stderr } = await demo([], live(server.url));
      await server.close();

      expect(code).toBe(1);
      expectOneLine(stderr, /401 Incorrect API key provided.*code: authentication; status: 401/);
      expect(stdout + stderr).not.toContain(key);
    },
    patience,
  );
});

describe('npm run demo -- --replay', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rx-llm-demo-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Writes a recording and gives its path, without an extension. */
  async function record(name: string, body: string, head?: object): Promise<string> {
    const path = join(folder, name);
    await writeFile(`${path}.body`, body);
    if (head) await writeFile(`${path}.json`, JSON.stringify(head));
    return path;
  }

  it(
    'should print the text, the thinking and what is known of the answer',
    async () => {
      const usage = { prompt_tokens: 3, completion_tokens: 8, total_tokens: 11 };
      const path = await record(
        'text',
        events(
          { choices: [{ index: 0, delta: { reasoning_content: 'They greet me.' } }] },
          text('Grüße '),
          text('👩‍🚀 aus 東京'),
          finish('stop'),
          { choices: [], usage },
        ),
      );
      const { code, stdout, stderr } = await demo(['--replay', path, '--pace', '1']);

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('\nthinking: They greet me.\nanswer: Grüße 👩‍🚀 aus 東京\n');
      expect(stdout).toMatch(/finish reason +stop\n +usage +3 input \+ 8 output = 11 tokens\n/);
      expect(stdout).toMatch(/model +recorded-1\n +id +chatcmpl-7\n/);
    },
    patience,
  );

  it(
    'should print parallel tool calls with their arguments',
    async () => {
      const path = await record(
        'tools',
        events(
          toolCall({ index: 0, id: 'a', function: { name: 'get_weather', arguments: '' } }),
          toolCall({ index: 0, function: { arguments: '{"city":' } }),
          toolCall({ index: 1, id: 'b', function: { name: 'get_time', arguments: '' } }),
          toolCall({ index: 0, function: { arguments: '"Oslo"}' } }),
          finish('tool_calls'),
        ),
        { status: 200, headers: { 'content-type': 'text/event-stream', 'content-length': '5' } },
      );
      const { code, stdout } = await demo(['--replay', `${path}.json`, '--pace', '0']);

      expect(code).toBe(0);
      expect(stdout).toContain('\ntool get_weather {"city":"Oslo"}\ntool get_time {}\n');
    },
    patience,
  );

  it(
    'should print a refusal',
    async () => {
      const refusal = { choices: [{ index: 0, delta: { refusal: 'I cannot help with that.' } }] };
      const path = await record('refusal', events(refusal, finish('stop')));
      const { code, stdout } = await demo(['--replay', `${path}.body`, '--pace', '0']);

      expect(code).toBe(0);
      expect(stdout).toContain('\nrefusal: I cannot help with that.\n');
    },
    patience,
  );

  it(
    'should print what had arrived before an error in the stream, and exit with 1',
    async () => {
      const error = { message: 'The server is on fire', type: 'server_error' };
      const path = await record('error', events(text('The sum'), { error }));
      const { code, stdout, stderr } = await demo(['--replay', path, '--pace', '0']);

      expect(code).toBe(1);
      expect(stdout).toContain('\nThe sum\n');
      expectOneLine(stderr, /The server is on fire.*code: server; arrived before: 7 characters/);
    },
    patience,
  );

  it(
    'should exit with 1 for a recorded HTTP error',
    async () => {
      const path = await record(
        'http-error',
        JSON.stringify({ error: { message: 'Slow down', type: 'requests' } }),
        { status: 429, headers: { 'content-type': 'application/json' } },
      );
      const { code, stderr } = await demo(['--replay', path]);

      expect(code).toBe(1);
      expectOneLine(
        stderr,
        /429 Slow down.*code: rate-limit; status: 429; arrived before: nothing/,
      );
    },
    patience,
  );

  it(
    'should exit with 1 when there is no such recording',
    async () => {
      const { code, stderr } = await demo(['--replay', join(folder, 'nowhere.body')]);

      expect(code).toBe(1);
      expectOneLine(stderr, /There is no recording .*nowhere\.body/);
    },
    patience,
  );
});

const key = 'sk-demo-spec-0123456789';

const live = (url: string): Environment => ({ OPENAI_API_KEY: key, OPENAI_BASE_URL: `${url}/v1` });

type Environment = Readonly<Record<string, string>>;

interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Circumstances {
  /** Presses Ctrl-C once this text is printed. */
  readonly interruptAt?: string;
  /** Packages that are not installed. */
  readonly missing?: readonly string[];
}

/** Runs the demo in a process of its own. */
function demo(
  args: readonly string[],
  environment: Environment = {},
  { interruptAt, missing = [] }: Circumstances = {},
): Promise<Ending> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !ambient.some((prefix) => name.startsWith(prefix)),
  );
  const imports = ['tsx', withoutPackages(missing)].flatMap((module) => ['--import', module]);
  const child = spawn(process.execPath, [...imports, 'examples/demo/main.ts', ...args], {
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let interrupted = false;
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    stdout += piece;
    if (interruptAt === undefined || interrupted || !stdout.includes(interruptAt)) return;
    interrupted = child.kill('SIGINT');
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** How the variables begin that would change where requests go. */
const ambient = providers.flatMap(({ settings }) => settings);

/** The SDKs, by a provider that needs it. */
const sdks: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai'],
  ['anthropic', '@anthropic-ai/sdk'],
  ['google', '@google/genai'],
  ['groq', 'groq-sdk'],
  ['mistral', '@mistralai/mistralai'],
  ['cohere', 'cohere-ai'],
  ['bedrock', '@aws-sdk/client-bedrock-runtime'],
]);

/** A module to import first, which makes others impossible to find. */
function withoutPackages(names: readonly string[]): string {
  const hook = `export const resolve = (name, context, next) => {
    if (${JSON.stringify(names)}.some((missing) => (name + '/').startsWith(missing + '/')))
      throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    return next(name, context);
  };`;
  return moduleOf(
    `import { register } from 'node:module'; register(${JSON.stringify(moduleOf(hook))});`,
  );
}

const moduleOf = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;

/** One line and nothing of a stack trace. */
function expectOneLine(stderr: string, line: RegExp): void {
  expect(stderr).toMatch(/^demo: .+\n$/);
  expect(stderr).toMatch(line);
}

/** One event of a Chat Completions stream. */
const eventOf = (chunk: object): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-7', model: 'recorded-1', ...chunk })}\n\n`;

/** A whole stream. */
const events = (...chunks: readonly object[]): string =>
  `${chunks.map(eventOf).join('')}data: [DONE]\n\n`;

const text = (content: string): object => ({ choices: [{ index: 0, delta: { content } }] });

const toolCall = (call: object): object => ({
  choices: [{ index: 0, delta: { tool_calls: [call] } }],
});

const finish = (reason: string): object => ({
  choices: [{ index: 0, delta: {}, finish_reason: reason }],
});
