/** An error in the server's own words: its fields, of which any may be missing. */
export type ErrorReport = Readonly<Record<string, unknown>>;

/**
 * The error an event or a document reports, `null` when it is none. Servers write it in one of three
 * shapes: `{"object":"error","message":…}`, `{"detail":…}` and, from gateways, `{"error":…}`.
 */
export function errorReportIn(value: unknown): ErrorReport | null {
  if (!isReport(value) || 'choices' in value) return null;
  const { object, error, detail } = value;
  if (isReport(error)) return error;
  return object === 'error' || error || detail ? value : null;
}

/**
 * The words of an error: `message` or `detail`, a text or a list of what is wrong and where (`loc`,
 * `msg`), one inside the other. `null` when it has none.
 */
export function wordsIn(report: unknown): string | null {
  if (typeof report === 'string') return report || null;
  if (Array.isArray(report)) return report.map(wordsIn).filter(Boolean).join('; ') || null;
  if (!isReport(report)) return null;
  const { message, detail, error, msg, loc } = report;
  const words = wordsIn(message ?? detail ?? error ?? msg);
  return words !== null && Array.isArray(loc) ? `${loc.join('.')}: ${words}` : words;
}

const isReport = (value: unknown): value is ErrorReport =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
