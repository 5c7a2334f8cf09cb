/** Shorter texts say nothing about whom they come from, and occur by chance. */
const minimumLength = 8;

/** A text without the secrets it may quote: providers repeat keys and prompts in their error messages. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= minimumLength)
    .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);
}
