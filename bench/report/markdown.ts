/** A Markdown table; the columns behind the first are set to the right unless told otherwise. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: 'right' | 'left' = 'right',
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (align === 'right' && column > 0 ? '--:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** µs in three digits; `–` for none. */
export function micros(value: number | null): string {
  if (value === null) return '–';
  return Math.abs(value) >= 100 ? grouped(Math.round(value)) : value.toPrecision(3);
}

/** How many times something is something else; `–` for none. */
export function times(value: number | null): string {
  if (value === null) return '–';
  return `×${value >= 100 ? grouped(Math.round(value)) : value.toPrecision(3)}`;
}

/** A whole number as one reads it. */
export const grouped = (value: number): string => value.toLocaleString('en-US');
