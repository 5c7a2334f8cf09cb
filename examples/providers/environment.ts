/** A variable of the environment; one that is set to nothing is none. */
export const variable = (name: string): string | undefined =>
  process.env[name]?.trim() || undefined;

/** Forgets every variable whose name begins with one of these. */
export function forget(prefixes: readonly string[]): void {
  for (const name of Object.keys(process.env)) {
    if (prefixes.some((prefix) => name.startsWith(prefix)))
      Reflect.deleteProperty(process.env, name);
  }
}
