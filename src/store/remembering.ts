/**
 * Appending once, again and again: a stream is read through when it is first met, and what came since before each later
 * append, so that a line of a feed that comes twice is found however far back it is, without reading all of it each time.
 */
import { appendOnce, type AppendOnceResult } from './append-once.js';
import { createFingerprints } from './fingerprints.js';
import type { EventStore, NewEvent } from './port.js';

export type AppendToStream = (streamId: string, events: readonly NewEvent[]) => Promise<AppendOnceResult>;

interface Met {
  group: number;
  /** Ids up to this revision are remembered; -1: there was no stream. */
  upTo: number;
}

const PAGE = 1000;

/** @returns an appendOnce over whole streams; it throws what that throws */
export function rememberingAppender(store: EventStore): AppendToStream {
  const ids = createFingerprints();
  const streams = new Map<string, Met>();

  async function remember(streamId: string, met: Met, before: number): Promise<void> {
    while (met.upTo + 1 < before) {
      const page = await store.readStream(streamId, { ...(met.upTo < 0 ? {} : { from: met.upTo }), direction: 'forwards', limit: Math.min(PAGE, before - met.upTo) });
      for (const { id, revision } of page) {
        if (revision >= before) return;
        ids.add(met.group, id);
        met.upTo = revision;
      }
      if (page.length === 0) return;
    }
  }

  return async (streamId, events) => {
    let met = streams.get(streamId);
    if (!met) {
      met = { group: streams.size, upTo: -1 };
      await remember(streamId, met, Infinity);
      streams.set(streamId, met);
    }
    const { upTo, group } = met;
    // An append that failed may have been stored all the same: it is then found as seen, and looked for.
    const seen = events.map(({ id }) => ids.add(group, id)).includes(true);
    const result = await appendOnce(store, streamId, events, seen ? {} : { absentUpTo: upTo });
    const fresh = result.refs.filter(({ known }) => !known).map(({ revision }) => revision);
    // Between what was read and what was appended others may have written.
    const [first = Infinity] = fresh;
    await remember(streamId, met, first);
    // Our own in one run need not be read back; where they are in several, others may stand between them.
    const last = fresh.at(-1) ?? -1;
    if (last - first === fresh.length - 1) met.upTo = Math.max(met.upTo, last);
    return result;
  };
}
