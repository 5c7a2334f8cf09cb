import { styleText } from 'node:util';

/** How a text looks; on anything but a terminal all of them are plain. */
export type Style = 'bold' | 'dim' | 'cyan' | 'green' | 'yellow' | 'red';

/** Puts a style on a text. */
export type Styling = (text: string, style?: Style) => string;

/** The styling of a stream: with colours if it is a TTY and NO_COLOR does not forbid them. */
export function stylingOf(stream: NodeJS.WriteStream): Styling {
  const coloured = stream.isTTY && !process.env['NO_COLOR'];
  return (text, style) => (coloured && style && text ? styleText(style, text) : text);
}
