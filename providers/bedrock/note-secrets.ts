import type { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';

/**
 * Adds to `secrets` what a request carries of its credentials: with Signature Version 4 the access key
 * id and the session token, else the bearer token. Only a signed request shows them, whatever gave them.
 */
export function noteSecrets(command: ConverseStreamCommand, secrets: string[]): void {
  command.middlewareStack.add(
    (next) => (args) => {
      const { headers = {} } = args.request as { readonly headers?: Headers };
      for (const secret of secretsIn(headers)) if (!secrets.includes(secret)) secrets.push(secret);
      return next(args);
    },
    // After the signing, which stands earlier in this step.
    { step: 'finalizeRequest', priority: 'low', name: 'noteSecrets' },
  );
}

interface Headers {
  readonly [name: string]: string;
}

function secretsIn(headers: Headers): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    switch (name.toLowerCase()) {
      case 'authorization':
        return [/^Bearer (.+)$/.exec(value)?.[1], /Credential=([^/,]+)/.exec(value)?.[1]].filter(
          (secret) => secret !== undefined,
        );
      case 'x-amz-security-token':
        return [value];
      default:
        return [];
    }
  });
}
