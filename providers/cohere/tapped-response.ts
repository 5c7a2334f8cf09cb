/** What became of a request. */
export type TappedResponse = { readonly response: Response } | { readonly error: unknown };

/** A `fetch`, and what it got. */
export interface ResponseTap {
  readonly fetch: typeof fetch;
  /** What the last request got. */
  outcome(): TappedResponse;
}

/**
 * A `fetch` for an SDK that reads its streams itself: keeps each response for us, its body unread, and
 * gives the SDK an empty one in its place. A refusal goes to the SDK as it is, to be made an error of.
 *
 * A failure is kept as well, and the SDK told of an empty response: when its `fetch` rejects, cohere-ai
 * 8.1 forgets to stop the timer of its timeout, which then keeps the process alive for 300 s.
 */
export function tapResponse(send: typeof fetch): ResponseTap {
  let outcome: TappedResponse = { error: new Error('The SDK sent no request') };
  return {
    fetch: async (...args) => {
      try {
        const response = await send(...args);
        outcome = { response };
        return response.ok ? emptied(response) : response;
      } catch (error) {
        outcome = { error };
        return new Response('');
      }
    },
    outcome: () => outcome,
  };
}

const emptied = ({ status, headers }: Response): Response => {
  const hasBody = status !== 204 && status !== 205;
  return new Response(hasBody ? '' : null, { status, headers });
};
