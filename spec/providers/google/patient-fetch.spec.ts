import { describe, expect, it } from '@jest/globals';
import { patientFetch } from '../../../providers/google/patient-fetch.ts';
import { loopbackServer } from '../../support/loopback-server.ts';

interface Dispatcher {
  dispatch(options: object, handler: object): boolean;
}

const symbol = Symbol.for('undici.globalDispatcher.1');
const globals = globalThis as unknown as Record<symbol, Dispatcher | undefined>;

/** Jest runs specs in a realm of their own; `fetch` and its dispatcher live in Node's. */
const realmOfNode = (): typeof globals =>
  (Reflect.construct(fetch.constructor, ['return globalThis']) as () => typeof globals)();

describe('patientFetch', () => {
  it('should have no limit on silence, and otherwise be fetch', async () => {
    const server = await loopbackServer({ headers: { 'x-a': '1' }, steps: [{ send: 'hello' }] });
    await fetch(server.url);
    const given = realmOfNode()[symbol]!;
    const seen: object[] = [];
    globals[symbol] = {
      dispatch: (options, handler) => {
        seen.push(options);
        return given.dispatch(options, handler);
      },
    };
    try {
      const response = await patientFetch(`${server.url}/path`, { method: 'POST', body: 'hi' });
      expect(await response.text()).toBe('hello');
      expect(server.requests.at(-1)).toMatchObject({ method: 'POST', path: '/path', body: 'hi' });
      expect(seen).toMatchObject([{ headersTimeout: 0, bodyTimeout: 0 }]);
    } finally {
      globals[symbol] = undefined;
      await server.close();
    }
  });

  it('should be plain fetch where there is no dispatcher', async () => {
    const server = await loopbackServer({ steps: [{ send: 'hello' }] });
    try {
      expect(globals[symbol]).toBeUndefined();
      expect(await (await patientFetch(server.url)).text()).toBe('hello');
    } finally {
      await server.close();
    }
  });
});
