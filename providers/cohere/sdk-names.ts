/**
 * Fields whose insides are not the server's but the caller's: what a tool gave back, and documents. The
 * SDK, too, leaves the names in them alone.
 */
const callersOwn: ReadonlySet<string> = new Set(['tool_output', 'document']);

/**
 * An event under the SDK's names: `tool_calls` becomes `toolCalls`. The SDK's own conversion is not
 * exported by its package.
 *
 * Fields the SDK does not know are kept, and renamed like the others, as it will once it knows them.
 */
export function withSdkNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSdkNames);
  if (typeof value !== 'object' || value === null) return value;
  const named: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    named[sdkName(name)] = callersOwn.has(name) ? field : withSdkNames(field);
  }
  return named;
}

const sdkName = (name: string): string =>
  name.includes('_')
    ? name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase())
    : name;
