import { defer, type Observable } from 'rxjs';
import { call, type Provider, type StreamTuple, type Wire } from 'rx-llm';

/** What there is to know about a provider before it is called. */
export interface ProviderFacts {
  /** Model to ask unless another is named. */
  readonly model: string;
  /** The variables that make it live: all of a group, of any group. */
  readonly liveWith: readonly (readonly string[])[];
  /** Where requests go when it is live. */
  readonly url: () => string;
  /** How the variables begin that its SDK looks for by itself. */
  readonly settings: readonly string[];
}

/** A provider with its facts, and how a call is pointed at a place. */
export interface Access<W extends Wire> extends ProviderFacts {
  readonly provider: Provider<W>;
  /** A connection to a local server, such as `http://127.0.0.1:4711`. */
  readonly local: (origin: string) => W['connection'];
  /** A connection to the real API, with what the environment holds. */
  readonly live: () => W['connection'];
}

/** A provider whose wire is its own business: all that the demo needs is the text it is asked. */
export interface DemoProvider extends ProviderFacts {
  readonly name: string;
  /** Gets ready to call without calling: imports the SDK and makes a client. Errors when that fails. */
  prepare(place: Place): Observable<unknown>;
  /** Makes a call of a prompt. */
  call<Args extends readonly unknown[]>(options: AskOptions, prompt: Prompt<Args>): Ask<Args>;
}

/** Where calls go: the origin of a local server, `null` for the real API. */
export type Place = string | null;

export interface AskOptions {
  readonly place: Place;
  readonly model: string;
  /** How long to wait for usage that follows the finish, in ms. */
  readonly usageWait?: number;
}

export type Prompt<Args extends readonly unknown[]> = (...args: Args) => string;

/** A call, ready for its arguments. */
export type Ask<Args extends readonly unknown[]> = (...args: Args) => Observable<StreamTuple>;

/** Hides the wire of a provider. */
export function demoProvider<W extends Wire>(access: Access<W>): DemoProvider {
  const { provider, local, live, ...facts } = access;
  const connection = (place: Place): W['connection'] => (place === null ? live() : local(place));
  return {
    ...facts,
    name: provider.name,
    prepare: (place) => defer(async () => provider.connect(connection(place))),
    call: ({ place, ...options }, prompt) =>
      call(provider, { ...options, ...connection(place) }, prompt),
  };
}
