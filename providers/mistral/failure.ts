import { errorCodeOfStatus, retryAfterOf } from '../../lib/http-error.ts';
import type { ErrorCode, ErrorFacts } from '../../lib/index.ts';
import { describeNetworkError } from '../../lib/network-error.ts';
import { errorReportIn, wordsIn, type ErrorReport } from './error-report.ts';

/** The fields of the SDK's errors about an answer: `MistralError` and its kinds. */
interface HttpError {
  readonly statusCode: number;
  readonly headers: Headers;
  readonly contentType: string;
  readonly body: string;
}

/** What an error of Mistral's SDK means. Told by its fields: a second copy of the SDK has other classes. */
export function describeFailure(error: unknown): ErrorFacts | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('statusCode' in error && 'body' in error && 'headers' in error) {
    return describeAnswer(error as HttpError);
  }
  const { name, message, cause } = error as Error;
  switch (name) {
    case 'RequestTimeoutError':
      return { code: 'timeout', message: 'No answer came within the client’s timeout' };
    case 'ConnectionError':
    case 'UnexpectedClientError':
      return describeNetworkError(cause);
    case 'InvalidRequestError':
      return { code: 'invalid-request', message };
    case 'SDKValidationError':
      return { code: 'invalid-request', message: validationMessage(error as Error) };
    default:
      return null;
  }
}

function describeAnswer({ statusCode, headers, contentType, body }: HttpError): ErrorFacts {
  const refused = statusCode >= 400;
  const document = parsed(body);
  const report = errorReportIn(document);
  const { code = null, type = null } = report ?? {};
  return {
    code: refused ? errorCodeOfStatus(statusCode) : codeOf(report),
    message:
      wordsIn(refused ? (report ?? document) : report) ??
      (refused || report ? reasonIn(contentType, body) : notAStream(contentType)),
    // Under status 200 an error has no status of its own.
    status: refused || report === null ? statusCode : null,
    providerCode: code === null && type === null ? null : String(code ?? type),
    requestId: headers.get('mistral-correlation-id') ?? headers.get('x-kong-request-id'),
    retryAfter: retryAfterOf(headers),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Inside a stream the status stands in the report itself. */
function codeOf(report: ErrorReport | null): ErrorCode {
  if (report === null) return 'invalid-response';
  const { raw_status_code: status } = report;
  return typeof status === 'number' && status >= 400 ? errorCodeOfStatus(status) : 'provider';
}

/** A gateway's own words are worth telling when they are words, not a page. */
const reasonIn = (contentType: string, body: string): string =>
  (/^text\/plain\b/i.test(contentType) && body.trim().slice(0, 200)) || 'The server gave no reason';

const notAStream = (contentType: string): string =>
  `The server answered with ${contentType || 'no content type'} instead of an event stream`;

/** What of the request does not fit the SDK's types, without the request itself. */
function validationMessage(error: Error): string {
  const { pretty } = error as { readonly pretty?: () => string };
  return (pretty?.call(error) ?? error.message).replace(/\s+/g, ' ');
}
