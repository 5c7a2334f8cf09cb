import { defer, tap, type MonoTypeOperatorFunction } from 'rxjs';
import type { StreamTuple, Tool, ToolDefinition, Wire } from 'rx-llm';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

/** The kinds of text a model writes. */
type Kind = 'answer' | 'thinking' | 'refusal' | 'audio';

const styles: Partial<Record<Kind, Style>> = { thinking: 'dim', refusal: 'yellow' };

/**
 * Prints what arrives the moment it arrives, and passes it on.
 *
 * @param name put before the answer; without one it stands bare, unless something else came before
 */
export function printAnswer<W extends Wire, D extends ToolDefinition>(
  terminal: Terminal,
  name?: string,
): MonoTypeOperatorFunction<StreamTuple<W, D>> {
  return (source) =>
    defer(() => {
      let current: Kind | 'tool' | null = null;

      const print = (kind: Kind, text: string | null): void => {
        if (!text) return;
        if (kind !== current) {
          terminal.startLine();
          const label = kind === 'answer' ? (name ?? (current && kind)) : kind;
          if (label !== null) terminal.write(`${label}: `, 'dim');
          current = kind;
        }
        terminal.write(text, styles[kind]);
      };

      return source.pipe(
        tap(([{ content, thinking, refusal, audioTranscript }, tool]) => {
          print('thinking', thinking);
          print('answer', content);
          print('refusal', refusal);
          print('audio', audioTranscript);
          if (tool === null) return;
          printTool(terminal, tool);
          current = 'tool';
        }),
      );
    });
}

function printTool(terminal: Terminal, { name, argumentsText }: Tool): void {
  terminal.startLine();
  terminal.write('tool ', 'dim');
  terminal.write(name, 'cyan');
  terminal.write(` ${argumentsText || '{}'}`);
  if (!isJson(argumentsText || '{}')) terminal.write(' (cut off: not valid JSON)', 'yellow');
  terminal.write('\n');
}

/** The demo declares no tools, so nothing has held the arguments against a schema. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
