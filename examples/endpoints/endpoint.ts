import type { Observable } from 'rxjs';
import type { Place } from '../providers/demo-provider.ts';

/** Where the demo's requests go. */
export interface Endpoint {
  /** What it is, in one line. */
  readonly description: string;
  readonly place: Place;
  /**
   * Watches the connection of the next request from the moment it is subscribed to: emits the time
   * (`performance.now()`, in ms) at which its socket closes, and completes.
   */
  readonly nextClose: Observable<number>;
  /** Who sees that close, as the beginning of a sentence. */
  readonly closeSeenBy: string;
  /** Ends what runs in this process for it. */
  close(): void;
}
