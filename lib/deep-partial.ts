/**
 * A value that is still arriving: any property may be missing, a list may be shorter, a text may be cut.
 *
 * Texts of a fixed choice are plain strings here, for half of `'fantasy'` is none of the choices.
 * Numbers and booleans never arrive in part.
 */
export type DeepPartial<T> = unknown extends T
  ? unknown
  : T extends string
    ? string
    : T extends readonly (infer Item)[]
      ? readonly DeepPartial<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> }
        : T;
