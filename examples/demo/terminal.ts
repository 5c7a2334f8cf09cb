import { stylingOf, type Style } from './style.ts';

/** A place to write to that knows where its line begins. */
export interface Terminal {
  write(text: string, style?: Style): void;
  /** Begins a new line, unless one has just begun. */
  startLine(): void;
  /** Writes a line of its own. */
  line(text?: string, style?: Style): void;
  /** Writes a line of its own: a label and a value. */
  fact(label: string, value: string): void;
}

const labelWidth = 15;

/** A terminal over a stream: with colours if it is a TTY and NO_COLOR does not forbid them. */
export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  const styled = stylingOf(stream);
  let atStart = true;

  const write = (text: string, style?: Style): void => {
    if (text === '') return;
    stream.write(styled(text, style));
    atStart = text.endsWith('\n');
  };
  const startLine = (): void => {
    if (!atStart) write('\n');
  };
  return {
    write,
    startLine,
    line: (text = '', style) => {
      startLine();
      write(text, style);
      write('\n');
    },
    fact: (label, value) => {
      startLine();
      write(`  ${label.padEnd(labelWidth)}`, 'dim');
      write(`${value}\n`);
    },
  };
}
