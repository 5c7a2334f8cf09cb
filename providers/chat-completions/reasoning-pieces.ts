type Fields = Readonly<Record<string, unknown>>;

/**
 * Lists of a message whose entries come in pieces: LiteLLM's blocks of a thinking model and OpenRouter's
 * details of its reasoning. They go back whole, as a response that did not stream has them.
 *
 * @see https://docs.litellm.ai/docs/reasoning_content
 * @see https://openrouter.ai/docs/guides/best-practices/reasoning-tokens
 */
export const comesInPieces = (name: string): boolean =>
  name === 'thinking_blocks' || name === 'reasoning_details';

/**
 * Joins the pieces of each entry, in the order in which the entries began. Pieces belong together by `type`
 * and `index`, where they have one, until the signature or the data of the entry is there: that is its end.
 */
export function joinPieces(pieces: readonly unknown[]): readonly unknown[] {
  const entries: unknown[] = [];
  const places = new Map<string, number>();
  for (const piece of pieces) {
    if (!isFields(piece)) {
      entries.push(piece);
      continue;
    }
    const key = `${String(piece['type'])} ${String(piece['index'])}`;
    const place = places.get(key);
    const entry = place === undefined ? undefined : entries[place];
    if (place !== undefined && isFields(entry) && goesOn(entry, piece)) {
      entries[place] = joined(entry, piece);
    } else {
      places.set(key, entries.length);
      entries.push(piece);
    }
  }
  return entries;
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** What more of an entry comes as texts; everything else is there once. */
const texts: ReadonlySet<string> = new Set(['thinking', 'text', 'summary']);

const ends: readonly string[] = ['signature', 'data'];

function goesOn(entry: Fields, piece: Fields): boolean {
  const isOther = Boolean(entry['id']) && Boolean(piece['id']) && entry['id'] !== piece['id'];
  const hasEnded = ends.some((name) => Boolean(entry[name]));
  const saysMore = [...texts, ...ends].some((name) => Boolean(piece[name]));
  return !isOther && !(hasEnded && saysMore);
}

function joined(entry: Fields, piece: Fields): Fields {
  const next: Record<string, unknown> = { ...entry };
  for (const [name, value] of Object.entries(piece)) {
    const before = next[name];
    if (texts.has(name) && typeof before === 'string' && typeof value === 'string')
      next[name] = before + value;
    else if ((value !== null && value !== '') || before === undefined) next[name] = value;
  }
  return next;
}
