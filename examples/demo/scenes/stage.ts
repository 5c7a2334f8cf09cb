import type { OpenAICallOptions } from 'rx-llm/openai';
import type { Endpoint } from '../../endpoints/endpoint.ts';
import type { Terminal } from '../terminal.ts';

/** What every scene of the tour plays on. */
export interface Stage {
  readonly endpoint: Endpoint;
  readonly terminal: Terminal;
  /** The model to call and how to reach it. */
  readonly options: OpenAICallOptions<readonly []>;
}

/** Announces a scene: what it shows and the code that does. */
export function announce(terminal: Terminal, title: string, code: string): void {
  terminal.line(title, 'bold');
  terminal.line(code, 'cyan');
  terminal.line();
}
