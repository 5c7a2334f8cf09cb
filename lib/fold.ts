/**
 * A running result over a sequence: immutable, so any intermediate state can be kept and read later.
 * What it keeps between items is its own secret.
 */
export interface Fold<Item, Result> {
  /** The fold that has also seen `item`. The receiver is unchanged. */
  add(item: Item): Fold<Item, Result>;
  /** The result of everything seen so far. Computed when asked for. */
  result(): Result;
}

/**
 * A fold from its three parts: a state, how an item changes it, and what result it stands for.
 *
 * @param state the state before any item
 * @param step the state after `item`; must not change the state it is given
 * @param finish the result a state stands for; called at most when somebody asks
 */
export function fold<State, Item, Result>(
  state: State,
  step: (state: State, item: Item) => State,
  finish: (state: State) => Result,
): Fold<Item, Result> {
  return {
    add: (item) => fold(step(state, item), step, finish),
    result: () => finish(state),
  };
}

/** The same fold over items that are first turned into its own. */
export function mapItems<Given, Item, Result>(
  { add, result }: Fold<Item, Result>,
  toItem: (given: Given) => Item,
): Fold<Given, Result> {
  return { add: (given) => mapItems(add(toItem(given)), toItem), result };
}
