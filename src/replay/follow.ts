/**
 * Follows the log: history from the store, then what is folded, as one. There is no moment of change between the two:
 * each time it is asked what is kept after the place where one stands, and where that is not all of it the store is read
 * from there on. So nothing is lost or doubled, and one who is slow costs no memory. What is delivered is folded: whoever
 * then asks a view sees it there.
 */
import { BEGINNING, compareInstants, sortedEntries } from '../../events/index.js';
import { machineClock } from '../machine-clock.js';
import type { Position } from '../store/port.js';
import type { Tracker } from '../tracker.js';
import type { Cursor } from './cursor.js';
import { typedLog, type Place } from './deliver.js';
import { inRange, selects, type Selection } from './selection.js';
import { followCursor, stepLine } from './step-line.js';
import { followTail, type TailEvent } from './tail.js';

export interface FollowedBatch {
  events: readonly TailEvent[];
  /** Cursor up to which everything was looked at, also what was not selected; null before the first event. */
  reached: string | null;
  /** Whether all that was folded has been looked at. */
  caughtUp: boolean;
}

export interface FollowOptions {
  selection: Selection;
  after: Pick<Cursor, 'position' | 'place' | 'recorded'> | null;
  signal: AbortSignal;
  /** The longest time without a batch: then comes an empty one. Default: for ever. */
  quietMs?: number;
  /** Ends when everything up to here was delivered. */
  until?: Position | null;
}

const PAGE = 256;

export async function* followLog(tracker: Tracker, { selection, after, signal, quietMs = Infinity, until = null }: FollowOptions): AsyncGenerator<FollowedBatch, void> {
  const { store, runner, prefixes } = tracker;
  const tail = followTail(runner);
  const everything = sortedEntries(selection as Record<string, unknown>).length === 0;
  let at: { position: Position | null; place: number; recorded: Place['recorded'] } = after ?? { position: null, place: 0, recorded: BEGINNING };
  let quietFrom = machineClock.now();
  const { to } = selection;
  const isOver = (): boolean => (until !== null && at.position !== null && at.position >= until) || (to !== undefined && compareInstants(at.recorded, to) >= 0);
  const isWanted = ({ event, typed }: Pick<TailEvent, 'event' | 'typed'>): boolean => everything || (inRange(selection, typed.recorded) && selects(selection, prefixes, event, typed));
  const reach = ({ event, typed }: Pick<TailEvent, 'event' | 'typed'>): void => { at = { position: event.position, place: typed.order, recorded: typed.recorded }; };

  function batch(events: readonly TailEvent[], caughtUp: boolean): FollowedBatch {
    quietFrom = machineClock.now();
    const { position, place, recorded } = at;
    return { events, reached: position === null ? null : followCursor(store.id, { position, place, recorded }), caughtUp };
  }

  async function* history(): AsyncGenerator<FollowedBatch> {
    const head = runner.position();
    let events: TailEvent[] = [];
    for await (const read of typedLog({ store, prefixes }, at.position === null ? null : { ...at, position: at.position }, head)) {
      reach(read);
      if (isWanted(read)) events.push({ ...read, ...stepLine(store.id, read.event, read.typed) });
      if (isOver()) break;
      if (events.length < PAGE && machineClock.now() - quietFrom < quietMs) continue;
      yield batch(events, false);
      events = [];
    }
    // Behind the last event of the tracker may be others of the store.
    if (!isOver() && head !== null && (at.position === null || at.position < head)) at = { ...at, position: head };
    yield batch(events, false);
  }

  /** What is kept, up to where it is over. */
  function live(fresh: readonly TailEvent[]): readonly TailEvent[] {
    const last = fresh.at(-1);
    if (everything && until === null && last) {
      reach(last);
      return fresh;
    }
    const events: TailEvent[] = [];
    for (const kept of fresh) {
      reach(kept);
      if (isWanted(kept)) events.push(kept);
      if (isOver()) break;
    }
    return events;
  }

  try {
    for (let told = false; !signal.aborted && runner.phase() !== 'closed'; ) {
      const fresh = tail.after(at.position);
      if (fresh === null) {
        yield* history();
        told = false;
      } else {
        const events = live(fresh);
        const caughtUp = runner.phase() === 'live';
        if (events.length > 0 || (caughtUp && !told) || machineClock.now() - quietFrom >= quietMs) {
          told = caughtUp;
          yield batch(events, caughtUp);
        }
      }
      if (isOver()) return;
      if (tail.after(at.position)?.length === 0) await tail.news(at.position, Math.max(0, quietMs - (machineClock.now() - quietFrom)), signal);
    }
  } finally {
    tail.release();
  }
}
