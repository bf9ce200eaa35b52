/**
 * The tracker as a library: open a store, replay its events, and ask the views at each step. `market-reaction-tracker/events`,
 * `/projections` and `/study` are the pure parts.
 */
import { readConfig } from '../config.js';
import { openTracker } from '../open-tracker.js';
import { openWorlds } from '../synthetic/worlds.js';
import type { Tracker } from '../tracker.js';
import type { Answer, Asked, ViewContext } from '../views/context.js';
import { answerFrom } from '../views/context.js';
import { announcementClaimsView, entityClaimsView, type ClaimsQuery } from '../views/claims.js';
import { exposureView } from '../views/exposure.js';
import { marketValueView } from '../views/market-value.js';
import { announcementReactionView, dayReactionView, type ReactionQuery } from '../views/reaction.js';
import { reconciliationView } from '../views/reconciliation.js';
import { sentimentView } from '../views/sentiment.js';
import { timelineView } from '../views/announcements.js';

export { LookAheadError, replay, type ReplayOptions, type Step } from '../replay/replay.js';
export { CursorError, ORDERS, type ReplayOrder } from '../replay/cursor.js';
export { pacer, type Pace, type PaceClock, type Pacer } from '../replay/pace.js';
export type { Selection } from '../replay/selection.js';
export { ViewError, type Answer, type Asked, type ViewContext } from '../views/context.js';
export type { Tracker } from '../tracker.js';

export interface OpenOptions {
  /** `file:FOLDER` (default file:./data), `memory:`, or `esdb://…` for EventStoreDB. */
  store?: string;
  /** What the streams' names begin with; default `market.`. */
  prefix?: string;
  /** Where projections are saved, or `off`. */
  snapshots?: string;
  /** Id of a scenario: its world, which is synthetic, in place of the real one. */
  scenario?: string;
  /** The store is only read; default true. */
  readOnly?: boolean;
  /** Told of faults and retries, in sentences. */
  log?: (message: string) => void;
}

/**
 * Opens a store with its projections folded up to its head. Close the tracker when done.
 * @throws ConfigError, StoreOpenError, ViewError for a scenario that there is not, and what is in the way of folding
 */
export async function open({ store, prefix, snapshots, scenario, readOnly = true, log = () => undefined }: OpenOptions = {}): Promise<Tracker> {
  const given = Object.entries({ store, prefix, snapshots }).filter(([, value]) => value !== undefined);
  const tracker = await openTracker(readConfig(Object.fromEntries(given)), { readOnly, log });
  const obstacle = await tracker.runner.settled();
  if (obstacle === null && scenario === undefined) return tracker;
  const worlds = openWorlds(tracker, log);
  const close = async (): Promise<void> => {
    await worlds.close();
    await tracker.close();
  };
  try {
    if (obstacle !== null) throw obstacle;
    // It is there until it is closed, and the real one below it with it.
    return await worlds.use(scenario ?? '', (world) => ({ ...world, close }));
  } catch (error) {
    await close();
    throw error;
  }
}

/** A view of a tracker now, or as it was: the same bodies as the API's. @throws ViewError */
export function ask<T>(tracker: Tracker, view: (context: ViewContext) => Answer<T>, asked: Asked = {}): T {
  return answerFrom(tracker.runner, asked, view).body;
}

type View<F extends (context: ViewContext, ...rest: never[]) => Answer<unknown>> = (context: ViewContext) => ReturnType<F>;

/** The views by name, to be asked with `ask(tracker, view)` or `step.view(view)`. Instruments by id or symbol. */
export const views = {
  marketValue: (instrument: string, query: Parameters<typeof marketValueView>[2] = {}): View<typeof marketValueView> => (context) => marketValueView(context, instrument, query),
  sentiment: (entity: string, query: Parameters<typeof sentimentView>[2] = {}): View<typeof sentimentView> => (context) => sentimentView(context, entity, query),
  timeline: (announcement: string): View<typeof timelineView> => (context) => timelineView(context, announcement),
  reconciliation: (announcement: string): View<typeof reconciliationView> => (context) => reconciliationView(context, announcement),
  reaction: (announcement: string, query: ReactionQuery): View<typeof announcementReactionView> => (context) => announcementReactionView(context, announcement, query),
  reactionOfDay: (query: ReactionQuery): View<typeof dayReactionView> => (context) => dayReactionView(context, query),
  announcementClaims: (announcement: string, query: ClaimsQuery = {}): View<typeof announcementClaimsView> => (context) => announcementClaimsView(context, announcement, query),
  entityClaims: (entity: string, query: ClaimsQuery = {}): View<typeof entityClaimsView> => (context) => entityClaimsView(context, entity, query),
  exposure: (entity: string, query: Parameters<typeof exposureView>[2] = {}): View<typeof exposureView> => (context) => exposureView(context, entity, query),
};
