/** What an import writes to. */
import type { Instant } from '../../events/index.js';
import type { EventStore } from '../store/port.js';

export interface Target {
  store: EventStore;
  /** What the streams' names begin with. */
  prefix: string;
  /** What the streams begin with that are read for what is amended; default: the same. */
  prefixes?: readonly string[];
  /** Sessions that end later are refused. */
  now: () => Instant;
}
