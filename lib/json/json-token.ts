/** What is neither an object nor an array. */
export type JsonScalar = string | number | boolean | null;

/**
 * Reads tokens of one kind, one after the other, from a JSON text that comes in pieces.
 *
 * It has functions where it could have getters, which make an object six times as dear to create: a
 * text full of braces begins a scanner at each.
 */
export interface JsonToken {
  /** A token begins, with this character. */
  open(first: string): void;
  /**
   * Reads a piece from a position on, and returns the position it came to: the end of the piece, the
   * first character behind the token, or the one that cannot stand there.
   */
  read(piece: string, from: number): number;
  /** No more text comes: what may end there is whole. */
  end(): void;
  isWhole(): boolean;
  /** What is wrong, `null` while nothing is. */
  fault(): string | null;
  /** The value once the token is whole; a string's as far as it has come. */
  value(): JsonScalar;
}
