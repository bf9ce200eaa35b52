/** What a stream holds of observations, with what corrections made of them: what a new file is compared with. */
import type { EventStore, JsonObject, RecordedEvent } from '../store/port.js';

export interface Standing {
  id: string;
  revision: number;
  data: JsonObject;
}

export interface Stands {
  /** The document that the first event is from. */
  document: string;
  /** The first event of the fact. */
  original: Standing;
  /** What stands for it now. */
  latest: Standing;
  corrections: number;
}

const PAGE = 1000;

/**
 * @param type of the observations
 * @returns by the id of their first event; `last` is the stream's last revision, -1 where there is none
 */
export async function standingOf(store: EventStore, streamId: string, type: string): Promise<{ found: Map<string, Stands>; last: number }> {
  const found = new Map<string, Stands>();
  const firstOf = new Map<string, string>();
  let from: number | 'start' = 'start';
  let last = -1;
  for (;;) {
    const page: RecordedEvent[] = await store.readStream(streamId, { from, direction: 'forwards', limit: PAGE });
    for (const { id, type: own, revision, data, metadata } of page) {
      if (own === type) found.set(id, { document: (metadata['source'] as { document?: string } | undefined)?.document ?? '', original: { id, revision, data }, latest: { id, revision, data }, corrections: 0 });
      if (own !== 'ObservationCorrected') continue;
      const corrects = (data['corrects'] as { id: string }).id;
      const first = firstOf.get(corrects) ?? corrects;
      const fact = found.get(first);
      if (!fact) continue;
      firstOf.set(id, first);
      found.set(first, { ...fact, latest: { id, revision, data: data['data'] as JsonObject }, corrections: fact.corrections + 1 });
    }
    last = page.at(-1)?.revision ?? last;
    if (page.length < PAGE) return { found, last };
    from = last;
  }
}
