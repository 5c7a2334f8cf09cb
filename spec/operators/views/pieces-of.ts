/** A text cut into pieces at the places given, of which those past its end count from its start again. */
export function piecesOf(text: string, cuts: readonly number[]): readonly string[] {
  const places = new Set(cuts.map((cut) => cut % (text.length + 1)));
  const borders = [0, ...[...places].sort((a, b) => a - b), text.length];
  return borders.slice(1).map((end, at) => text.slice(borders[at], end));
}
