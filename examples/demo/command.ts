import { parseArgs } from 'node:util';

/** What the demo was asked to do. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'tour'; readonly model: string }
  | { readonly kind: 'prompt'; readonly model: string; readonly prompt: string }
  | {
      readonly kind: 'replay';
      readonly model: string;
      readonly file: string;
      /** Pause before each piece of the body, in ms. */
      readonly pace: number;
    };

/** A command that takes running. */
export type Task = Exclude<Command, { kind: 'help' }>;

/** A command line that cannot be understood; the message says which part. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What `--help` prints. */
export const usage = `Usage: npm run demo -- [options] [prompt]

  npm run demo                          a tour: stream, stop early, cancel, chain
  npm run demo -- "your prompt"         the answer to your prompt, and its usage
  npm run demo -- --replay FILE         a recorded response, through the same path

Options:
  --model NAME    model to ask (default gpt-4o-mini)
  --replay FILE   FILE is X.body, X.json or X: the bytes of a Chat Completions response in X.body;
                  beside it X.json, if there is one, with { "status": 200, "headers": { } }
  --pace MS       pause before each event of a replay (default 15; 0 sends everything at once)
  --help          this text

Without OPENAI_API_KEY an embedded local server gives canned answers. With OPENAI_API_KEY set the
requests go to the real API, or to OPENAI_BASE_URL if that is set. A replay is always local.
`;

const defaultModel = 'gpt-4o-mini';
const defaultPace = 15;
const longestPace = 60_000;

/**
 * Reads the command line.
 *
 * @throws {UsageError} for what it cannot make sense of
 */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const { help, model = defaultModel, replay, pace } = values;
  if (help) return { kind: 'help' };
  if (model.trim() === '') throw wrong('--model needs a name, such as gpt-4o');
  if (replay !== undefined) {
    if (positionals.length > 0) throw wrong('give a prompt or --replay, not both');
    if (replay === '') throw wrong('--replay needs a file');
    return { kind: 'replay', model, file: replay, pace: paceOf(pace) };
  }
  if (pace !== undefined) throw wrong('--pace goes with --replay');
  if (positionals.length === 0) return { kind: 'tour', model };
  const prompt = positionals.join(' ');
  if (prompt.trim() === '') throw wrong('the prompt is empty');
  return { kind: 'prompt', model, prompt };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
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
