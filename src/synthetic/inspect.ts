/** What is in a scenario: its own events by type, and how its projections stand. */
import { allRows, compareText } from '../../projections/index.js';
import type { Runner } from '../projecting/runner.js';
import type { Position } from '../store/port.js';
import type { Tracker } from '../tracker.js';
import { encodeToken } from '../views/context.js';

async function count(world: Tracker, counted: Counted): Promise<Counted> {
  for await (const batch of world.store.readAll({ from: counted.after, streamPrefixes: [world.prefix] })) {
    for (const { type, streamId, recordedAt, position } of batch) {
      counted.events += 1;
      counted.types.set(type, (counted.types.get(type) ?? 0) + 1);
      counted.streams.add(streamId);
      counted.first ??= recordedAt;
      counted.last = recordedAt;
      counted.after = position;
    }
  }
  return counted;
}

export interface Inspected {
  events: number;
  types: { type: string; events: number }[];
  streams: number;
  firstRecordedAt: string | null;
  lastRecordedAt: string | null;
  rejected: number;
  checkpoint: string;
}

interface Counted {
  after: Position | 'start';
  events: number;
  types: Map<string, number>;
  streams: Set<string>;
  first: string | null;
  last: string | null;
}

const counts = new WeakMap<Runner, Promise<Counted>>();

/** The scenario's own events are read once, and later those that came since. */
export async function inspect(world: Tracker): Promise<Inspected> {
  const before = counts.get(world.runner) ?? Promise.resolve<Counted>({ after: 'start', events: 0, types: new Map(), streams: new Set(), first: null, last: null });
  // One after the other: two at once would count the same events twice.
  const counting = before.then((counted) => count(world, counted));
  counts.set(world.runner, counting.catch(() => before));
  const { events, types, streams, first, last } = await counting;
  const rejected = world.runner.states.get('rejected')?.ledger;
  let bad = 0;
  if (rejected) for (const { streamId } of allRows(rejected)) if (streamId.startsWith(world.prefix)) bad += 1;
  return {
    events,
    types: [...types].sort(([a], [b]) => compareText(a, b)).map(([type, count]) => ({ type, events: count })),
    streams: streams.size,
    firstRecordedAt: first,
    lastRecordedAt: last,
    rejected: bad,
    checkpoint: encodeToken(world.store.id, world.runner.position()),
  };
}
