/** What is in a scenario: its own events by type, and how its projections stand. */
import { allRows, compareText } from '../../projections/index.js';
import type { Tracker } from '../tracker.js';
import { encodeToken } from '../views/context.js';

export interface Inspected {
  events: number;
  types: { type: string; events: number }[];
  streams: number;
  firstRecordedAt: string | null;
  lastRecordedAt: string | null;
  rejected: number;
  checkpoint: string;
}

/** Reads the scenario's own events once. */
export async function inspect(world: Tracker): Promise<Inspected> {
  const types = new Map<string, number>();
  const streams = new Set<string>();
  let [events, first, last] = [0, null as string | null, null as string | null];
  for await (const batch of world.store.readAll({ streamPrefixes: [world.prefix] })) {
    for (const { type, streamId, recordedAt } of batch) {
      events += 1;
      types.set(type, (types.get(type) ?? 0) + 1);
      streams.add(streamId);
      first ??= recordedAt;
      last = recordedAt;
    }
  }
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
