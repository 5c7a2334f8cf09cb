import type { Endpoint } from '../../endpoints/endpoint.ts';
import type { Ask, Prompt } from '../../providers/demo-provider.ts';
import type { Terminal } from '../terminal.ts';

/** What every scene of the tour plays on. */
export interface Stage {
  readonly endpoint: Endpoint;
  readonly terminal: Terminal;
  /** Makes a call of a prompt, as `openai.call(model, prompt)` does, for the provider on stage. */
  readonly call: <Args extends readonly unknown[]>(prompt: Prompt<Args>) => Ask<Args>;
}

/** Announces a scene: what it shows and the code that does. */
export function announce(terminal: Terminal, title: string, code: string): void {
  terminal.line(title, 'bold');
  terminal.line(code, 'cyan');
  terminal.line();
}
