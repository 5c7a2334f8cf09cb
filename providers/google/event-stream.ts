import { StreamError } from '../../lib/index.ts';
import { reportedError } from './failure.ts';

/**
 * The body of a streaming answer, in pieces the SDK reads right: one event each.
 *
 * The SDK (2.32 and 3.1) takes a piece for an error when the whole piece is an error document. That is
 * how Gemini reports errors after it has begun to answer, but the network cuts as it likes: then the
 * SDK ends as if nothing had happened, or says "Incomplete JSON segment". Here such a document is put
 * together first. It also takes a last event for cut off that only lacks its blank line.
 *
 * @param provider name for errors
 */
export function eventStream(provider: string, response: Response): Response {
  if (response.body === null) return response;
  const reader = response.body.getReader();
  const pieces = piecesOf(provider, response, reader);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // An error discards what waits in a queue.
    { highWaterMark: 0 },
  );
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}

async function* piecesOf(
  provider: string,
  response: Response,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let waiting: string[] = [];
  /** Enough of what waits to find a blank line whose other half is in the next read. */
  let tail = '';
  let strayText = '';
  for (;;) {
    const { done, value } = await reader.read();
    const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
    waiting.push(text);
    if (!done && !blankLine.test(tail + text)) {
      tail = (tail + text).slice(-3);
      continue;
    }
    const blocks = waiting.join('').split(blankLine);
    const rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = dataOf(block);
      if (data !== null) yield pieceOf(data);
      else if (!isSilent(block)) strayText += block;
    }
    waiting = [rest];
    tail = rest.slice(-3);
    if (done) break;
  }
  const [rest = ''] = waiting;
  const data = dataOf(rest);
  if (data !== null && isJson(data)) return yield pieceOf(data);
  const document = strayText + (data === null ? rest : '');
  if (reportedError(document) !== null) return yield pieceOf(document);
  if (strayText.trim() !== '' || isDocument(response)) throw notAnEventStream(provider, response);
  // Half an event: the SDK's own error says so.
  if (rest.trim() !== '') yield rest;
}

const blankLine = /\r\n\r\n|\n\n|\r\r/;

/** The data of an event, on one line; `null` where there is none. */
function dataOf(block: string): string | null {
  const lines = block.split(/\r\n|\n|\r/).filter((line) => line.startsWith('data:'));
  return lines.length > 0
    ? lines
        .map((line) => line.slice('data:'.length))
        .join(' ')
        .trim()
    : null;
}

/** Comments, keep-alives and fields that carry no data. */
const isSilent = (block: string): boolean =>
  block.split(/\r\n|\n|\r/).every((line) => /^(:.*|(event|id|retry)(:.*)?|\s*)$/.test(line));

/** An event; an error as the SDK knows it, or, where its code is none of HTTP's, as one of our own. */
function pieceOf(data: string): string {
  const error = /^\s*\[?\s*\{\s*"error"/.test(data) ? reportedError(data) : null;
  if (error === null) return `data: ${data}\n\n`;
  const { code } = error;
  if (typeof code !== 'number' || code < 400 || code >= 600) throw new Error(data);
  return JSON.stringify({ error });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const isDocument = ({ headers }: Response): boolean =>
  /^(text\/html|application\/json)\b/i.test(headers.get('content-type') ?? '');

const notAnEventStream = (provider: string, { status, headers }: Response): StreamError =>
  new StreamError(provider, {
    code: 'invalid-response',
    status,
    message: `The server answered with ${headers.get('content-type') ?? 'no content type'} instead of an event stream`,
  });
