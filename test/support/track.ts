/** A tracker over a given history, and its answers in a form in which two trackers can be compared. */
import { emptyLedger, projections } from '../../projections/index.js';
import type { Tracker } from '../../src/tracker.js';
import { answerFrom, ViewError, type Asked } from '../../src/views/context.js';
import type { Arrival } from './any-history.js';
import { emptyTracker } from './in-process.js';
import { ask, VIEW_CALLS } from './view-calls.js';

export interface Tracked {
  tracker: Tracker;
  /** Adds more; resolves when it is folded. */
  add: (arrivals: readonly Arrival[]) => Promise<void>;
  /** Ids by the link of their event: links are of one store, ids are not. */
  ids: Map<string, string>;
}

/** @param chunkRows how many rows are packed together; small, so that short histories are packed too */
export async function track(arrivals: readonly Arrival[], chunkRows = 4): Promise<Tracked> {
  let clock = '';
  const tracker = emptyTracker({ now: () => new Date(clock), projections: projections.map((projection) => ({ ...projection, initial: () => emptyLedger(chunkRows) })) });
  const ids = new Map<string, string>();
  const add = async (more: readonly Arrival[]): Promise<void> => {
    for (const { streamId, event, recordedAt } of more) {
      clock = recordedAt;
      const { lastRevision } = await tracker.store.append(streamId, [event], { expectedRevision: 'any' });
      ids.set(`/v1/events/${streamId}/${lastRevision}`, event.id);
    }
    const head = await tracker.store.head();
    if (head !== null && !(await tracker.runner.waitFor(head, 10_000))) throw new Error(`not folded: ${tracker.runner.problem()?.message}`);
    // A projection that stopped would answer the same for ever: that is no proof.
    const faults = [...tracker.runner.states.values()].flatMap(({ projection, fault }) => (fault ? [`${projection.name}: ${fault.stack}`] : []));
    if (faults.length > 0) throw new Error(faults.join('\n'));
  };
  await add(arrivals);
  return { tracker, add, ids };
}

/** Links to events, wherever they stand in a body. */
const LINK = /\/v1\/events\/[^"/]+\/\d+/g;

/** Every view's body as text, with ids in place of links and without what was asked; a refusal by its kind. */
export function answersOf({ tracker, ids }: Tracked, asked: Asked): string[] {
  return VIEW_CALLS.map((call) => {
    try {
      const { body } = answerFrom(tracker.runner, asked, (context) => ask(call, context));
      return JSON.stringify({ ...(body as object), knownAt: null, clock: null, again: null }).replace(LINK, (link) => ids.get(link) ?? link);
    } catch (error) {
      if (error instanceof ViewError) return JSON.stringify([error.kind, error.extra]);
      throw error;
    }
  });
}

/** The ids of the events behind an answer. */
export function behind(answer: string): Set<string> {
  return new Set([...answer.matchAll(/"(?:event|sharesEvent)":"([^"]+)"/g)].map((match) => match[1] as string));
}
