/** Shorter texts say nothing about whom they come from, and occur by chance. */
const minimumLength = 8;

/**
 * A text without the secrets it may quote: providers repeat keys and prompts in their error messages,
 * as they are or as they stand in JSON.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .filter((secret) => secret.length >= minimumLength)
    .sort((a, b) => b.length - a.length)
    .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);
}
