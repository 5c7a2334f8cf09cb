import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** A server's response, as it was recorded. */
export interface Recording {
  /** Name of the file with the body. */
  readonly name: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What stands beside a body; a file may say more. */
interface Head {
  readonly status?: unknown;
  readonly headers?: unknown;
}

/** A recording holds the decoded body: how its bytes once travelled does not hold for them any more. */
const headersOfTransfer: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Reads a recording.
 *
 * @param file `X.body`, `X.json` or `X`: the body is in `X.body`, status and headers in `X.json`, if there
 * is one
 */
export async function readRecording(file: string): Promise<Recording> {
  const path = file.replace(/\.(body|json)$/, '');
  const body = await read(`${path}.body`);
  if (body === null) throw new Error(`There is no recording ${path}.body`);
  const head = await read(`${path}.json`);
  return {
    name: basename(`${path}.body`),
    body,
    ...(head === null
      ? { status: 200, headers: { 'content-type': 'text/event-stream' } }
      : readHead(`${path}.json`, head.toString())),
  };
}

/** The file's bytes, `null` when there is no such file. */
async function read(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new Error(`${path} cannot be read: ${code}`, { cause: error });
  }
}

function readHead(path: string, text: string): Pick<Recording, 'status' | 'headers'> {
  const { status = 200, headers = {} } = parsed(path, text);
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new Error(`${path}: "status" must be an HTTP status from 200 to 599`);
  }
  if (typeof headers !== 'object' || headers === null) {
    throw new Error(`${path}: "headers" must be an object`);
  }
  const kept = Object.entries(headers).filter(
    ([name, value]) => typeof value === 'string' && !headersOfTransfer.has(name.toLowerCase()),
  );
  return { status, headers: Object.fromEntries(kept) };
}

function parsed(path: string, text: string): Head {
  try {
    return (JSON.parse(text) ?? {}) as Head;
  } catch (error) {
    throw new Error(`${path} is not JSON`, { cause: error });
  }
}
