/** What undici, of which Node's `fetch` is made, wants of a dispatcher. */
interface Dispatcher {
  dispatch(options: object, handler: object): boolean;
}

/** Where every copy of undici keeps the dispatcher in use. */
const globalDispatcher: unique symbol = Symbol.for('undici.globalDispatcher.1');

/**
 * `fetch` that waits as long as it takes. Node's own gives up after 300 s without a byte, and a model
 * may think for longer; the SDK lifts that limit too, but only as long as nobody gives it a `fetch`.
 * Elsewhere there is no such limit, and this is plain `fetch`.
 */
export const patientFetch: typeof fetch = (input, init) => {
  const given = (globalThis as { [globalDispatcher]?: Dispatcher })[globalDispatcher];
  if (typeof given?.dispatch !== 'function') return fetch(input, init);
  const dispatcher: Dispatcher = {
    dispatch: (options, handler) =>
      given.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler),
  };
  return fetch(input, { ...init, dispatcher } as RequestInit);
};
