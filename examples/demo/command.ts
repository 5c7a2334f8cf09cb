import { parseArgs } from 'node:util';
import type { DemoProvider } from '../providers/demo-provider.ts';
import { providerNamed, providers } from '../providers/providers.ts';

/** Who is asked. */
interface Asked {
  readonly provider: DemoProvider;
  readonly model: string;
}

/** What the demo was asked to do. */
export type Command =
  | { readonly kind: 'help' }
  | (Asked & { readonly kind: 'tour' })
  | (Asked & { readonly kind: 'prompt'; readonly prompt: string })
  | (Asked & {
      readonly kind: 'replay';
      readonly file: string;
      /** Pause before each piece of the body, in ms. */
      readonly pace: number;
    })
  | { readonly kind: 'all'; readonly prompt: string };

/** A command that asks one provider. */
export type Task = Extract<Command, Asked>;

/** A command line that cannot be understood; the message says which part. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const names = providers.map(({ name }) => name);

/** What `--help` prints. */
export const usage = (): string => `Usage: npm run demo -- [options] [prompt]

  npm run demo                          a tour: stream, stop early, cancel, chain
  npm run demo -- "your prompt"         the answer to your prompt, and its usage
  npm run demo -- --provider NAME       the tour, or your prompt, with another provider
  npm run demo -- --all                 all providers side by side, live; any key stops them
  npm run demo -- --all "your prompt"   the same with your prompt
  npm run demo -- --replay FILE         a recorded response, through the same path

Options:
  --provider NAME one of ${names.slice(0, 5).join(', ')},
                  ${names.slice(5).join(', ')} (default openai)
  --model NAME    model to ask (default: one of the provider's)
  --all           one row per provider: where it runs, time to the first token, tokens per second,
                  usage, how it ended and the last line of its text; without a terminal, one line
                  each at its end. Fails only when all of them do
  --replay FILE   FILE is X.body, X.json or X: the bytes of the provider's response in X.body;
                  beside it X.json, if there is one, with { "status": 200, "headers": { } }
  --pace MS       pause before each event of a replay (default 15; 0 sends everything at once)
  --help          this text

Without a key an embedded local server gives canned answers, through the provider's own SDK. A
provider goes live when the environment has what it needs:

${providers.map(({ name, liveWith }) => `  ${name.padEnd(15)} ${liveWith.map((group) => group.join(' and ')).join(', or ')}`).join('\n')}

and its requests go to the real API, or to the base URL that its SDK finds in the environment, such as
OPENAI_BASE_URL. A replay is always local.
`;

const defaultProvider = 'openai';
const defaultPrompt = 'Recommend a book for a night in a lighthouse, in three sentences.';
const defaultPace = 15;
const longestPace = 60_000;

/**
 * Reads the command line.
 *
 * @throws {UsageError} for what it cannot make sense of
 */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const { help, all, replay, pace } = values;
  if (help) return { kind: 'help' };
  if (pace !== undefined && replay === undefined) throw wrong('--pace goes with --replay');
  if (all) {
    const [other] = ['provider', 'model', 'replay'].filter((name) => name in values);
    if (other !== undefined) throw wrong(`give --all or --${other}, not both`);
    return { kind: 'all', prompt: promptOf(positionals) ?? defaultPrompt };
  }
  const provider = providerOf(values.provider);
  const { model = provider.model } = values;
  if (model.trim() === '') throw wrong(`--model needs a name, such as ${provider.model}`);
  const asked = { provider, model };
  if (replay !== undefined) {
    if (positionals.length > 0) throw wrong('give a prompt or --replay, not both');
    if (replay === '') throw wrong('--replay needs a file');
    return { kind: 'replay', ...asked, file: replay, pace: paceOf(pace) };
  }
  const prompt = promptOf(positionals);
  return prompt === null ? { kind: 'tour', ...asked } : { kind: 'prompt', ...asked, prompt };
}

function providerOf(name = defaultProvider): DemoProvider {
  const provider = providerNamed(name);
  if (provider !== undefined) return provider;
  throw wrong(`Unknown provider "${name}"; it must be one of ${names.join(', ')}`);
}

/** `null` when none is given. */
function promptOf(positionals: readonly string[]): string | null {
  if (positionals.length === 0) return null;
  const prompt = positionals.join(' ');
  if (prompt.trim() === '') throw wrong('the prompt is empty');
  return prompt;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        provider: { type: 'string' },
        all: { type: 'boolean' },
        model: { type: 'string' },
        replay: { type: 'string' },
        pace: { type: 'string' },
      },
    });
  } catch (error) {
    // Its first sentence says what is wrong; the rest is general advice.
    const [reason = ''] = (error as Error).message.split(/\.\s/);
    throw wrong(reason);
  }
}

function paceOf(text: string | undefined): number {
  if (text === undefined) return defaultPace;
  const pace = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (pace <= longestPace) return pace;
  throw wrong(`--pace needs a number of ms from 0 to ${longestPace}, not "${text}"`);
}

const wrong = (reason: string): UsageError =>
  new UsageError(`${reason.replace(/\.$/, '')}; see npm run demo -- --help`);
