/**
 * A scenario beside the real world: every view of everything that the scenario's own events are about, value by value,
 * each with the events that made it another. An overlay is held against the world that it lies on, unless told otherwise.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { compareInstants, parseInstant, subjectOf } from '../../events/index.js';
import { findInstrument } from '../../projections/index.js';
import type { Tracker } from '../tracker.js';
import { announcementsView, announcementView, timelineView } from '../views/announcements.js';
import { entitiesView, instrumentsView } from '../views/catalog.js';
import { announcementClaimsView, entityClaimsView } from '../views/claims.js';
import { answerFrom, encodeToken, openContext, reader, ViewError, type Answer, type Asked, type ViewContext } from '../views/context.js';
import { entityMarketValueView } from '../views/entity-value.js';
import { exposureView } from '../views/exposure.js';
import { marketValueView } from '../views/market-value.js';
import { announcementReactionView } from '../views/reaction.js';
import { reconciliationView } from '../views/reconciliation.js';
import { sentimentView } from '../views/sentiment.js';
import type { Scenario } from './catalogue.js';
import { causesIn } from './causes.js';
import { differences } from './leaves.js';
import { baseOf } from './worlds.js';

export const DIFF_VIEWS = ['instrument', 'entity', 'market-value', 'entity-value', 'sentiment', 'claims', 'exposure', 'announcement', 'timeline', 'reconciliation', 'announcement-claims', 'reaction'] as const;
export type DiffView = (typeof DIFF_VIEWS)[number];

export const diffRowSchema = z
  .object({
    view: z.enum(DIFF_VIEWS),
    subject: z.string().meta({ description: 'instrument, entity or announcement; of a reaction both, with a blank between' }),
    key: z.string().meta({ description: 'place in the view\'s answer; items of lists by what they are about, such as points[date=2025-11-04].close' }),
    before: z.unknown().meta({ description: 'in the real world; null: there is none' }),
    after: z.unknown().meta({ description: 'in the scenario' }),
    causes: z.array(z.string()).meta({ description: 'links of the scenario\'s own events behind it, at most 20: those that it names, those that amend what it rested on, else all that concern the view' }),
  })
  .meta({ id: 'ScenarioDifference' });
export type DiffRow = z.infer<typeof diffRowSchema>;

export interface DiffQuery extends Pick<Asked, 'asOf' | 'knownAt'> {
  /** `base` (default): the real world that the scenario lies on; `now`: as it is. An isolated one is held against it as it is. */
  against?: 'base' | 'now' | undefined;
  view?: DiffView | undefined;
  /** Only of this instrument, entity or announcement. */
  subject?: string | undefined;
  /** Of reactions; without one they are not compared. */
  benchmark?: string | undefined;
}

type View = (context: ViewContext) => Answer<unknown>;

interface Compared {
  view: DiffView;
  subject: string;
  ask: View;
}

/** @throws ViewError for parameters that are wrong; what a world has no answer for counts as nothing there */
export async function* diff(real: Tracker, world: Tracker, scenario: Scenario, query: DiffQuery): AsyncGenerator<DiffRow> {
  const { asOf, knownAt } = query;
  const below = query.against === 'now' ? null : baseOf(real, scenario);
  const basis = encodeToken(real.store.id, below ?? real.runner.position());
  const from = (scenario.base?.events ?? 0) + 1;
  for (const { view, subject, ask } of await comparedOf(world, query)) {
    await breathe();
    const moment = asOf ?? (await latest(real, world, { knownAt, basis }, ask));
    const before = bodyOf(real, { asOf: moment, knownAt, basis }, ask);
    const after = bodyOf(world, { asOf: moment, knownAt }, (context) => {
      const answered = ask(context);
      return { ...answered, body: { body: answered.body, context } };
    }) as { body: unknown; context: ViewContext } | null;
    if (before === null && after === null) continue;
    const causes = after === null ? () => [] : causesIn(after.context, from);
    for (const difference of differences(before ?? {}, after?.body ?? {})) yield { view, subject, key: difference.key, before: difference.before, after: difference.after, causes: causes(difference) };
  }
}

/** Both are asked of one moment: the later of those that they would take of themselves. */
async function latest(real: Tracker, world: Tracker, asked: Asked, ask: View): Promise<string | undefined> {
  const moments = [bodyOf(real, asked, ask), bodyOf(world, { knownAt: asked.knownAt }, ask)].flatMap((body) => {
    const text = (body as { asOf?: string | null } | null)?.asOf;
    return typeof text === 'string' ? [text] : [];
  });
  const [a, b] = moments.map((text) => ({ text, at: parseInstant(text) }));
  if (!a?.at || !b?.at) return a?.text ?? b?.text;
  return compareInstants(a.at, b.at) >= 0 ? a.text : b.text;
}

/** The answer's body; null where that world has nothing to say of it. */
function bodyOf(tracker: Tracker, asked: Asked, ask: View): unknown {
  try {
    return answerFrom(tracker.runner, asked, ask).body;
  } catch (error) {
    if (error instanceof ViewError && ['not-found', 'bad-parameter', 'ambiguous-symbol'].includes(error.kind)) return null;
    throw error;
  }
}

/** What there is to compare: all that the scenario's own events are about, and what that belongs to. */
async function comparedOf(world: Tracker, { view, subject, benchmark }: DiffQuery): Promise<Compared[]> {
  const about = { instrument: new Set<string>(), entity: new Set<string>(), announcement: new Set<string>() };
  for await (const batch of world.store.readAll({ streamPrefixes: [world.prefix] })) {
    for (const { streamId, data, metadata } of batch) {
      const [, kind, id] = /^(instrument|entity|announcement)-(.+)$/.exec(subjectOf(streamId)) ?? [];
      if (kind !== undefined && id !== undefined) about[kind as keyof typeof about].add(id);
      if (typeof data['other'] === 'string') about.entity.add(data['other']);
      if (typeof metadata['$correlationId'] === 'string') about.announcement.add(metadata['$correlationId']);
    }
  }
  const context = openContext(world.runner, {});
  const registry = reader(context, 'registry');
  for (const id of about.instrument) {
    const issuer = findInstrument(registry, id, null)?.value.entity;
    if (issuer !== undefined) about.entity.add(issuer);
  }
  // An announcement whose effects are about any of these may read otherwise, whoever the events belong to.
  for (const { announcement } of announcementsView(context).body.announcements) {
    if (about.announcement.has(announcement)) continue;
    const { instruments, entities } = announcementView(context, announcement).body;
    if (instruments.some((id) => about.instrument.has(id)) || entities.some((id) => about.entity.has(id))) about.announcement.add(announcement);
  }
  const sorted = (set: ReadonlySet<string>): string[] => [...set].sort();
  const wanted: Compared[] = [
    ...sorted(about.instrument).flatMap((id): Compared[] => [
      { view: 'instrument', subject: id, ask: (own) => itemOf(instrumentsView(own), 'instruments', 'instrument', id) },
      { view: 'market-value', subject: id, ask: (own) => marketValueView(own, id, {}) },
    ]),
    ...sorted(about.entity).flatMap((id): Compared[] => [
      { view: 'entity', subject: id, ask: (own) => itemOf(entitiesView(own), 'entities', 'entity', id) },
      { view: 'entity-value', subject: id, ask: (own) => entityMarketValueView(own, id, {}) },
      { view: 'sentiment', subject: id, ask: (own) => sentimentView(own, id, {}) },
      { view: 'claims', subject: id, ask: (own) => entityClaimsView(own, id, {}) },
      { view: 'exposure', subject: id, ask: (own) => exposureView(own, id, {}) },
    ]),
    ...sorted(about.announcement).flatMap((id): Compared[] => [
      { view: 'announcement', subject: id, ask: (own) => announcementView(own, id) },
      { view: 'timeline', subject: id, ask: (own) => timelineView(own, id) },
      { view: 'reconciliation', subject: id, ask: (own) => reconciliationView(own, id) },
      { view: 'announcement-claims', subject: id, ask: (own) => announcementClaimsView(own, id, {}) },
      ...(benchmark === undefined ? [] : reactionsOf(context, id, about.instrument, benchmark)),
    ]),
  ];
  return wanted.filter((one) => (view === undefined || one.view === view) && (subject === undefined || one.subject.split(' ').includes(subject)));
}

/** Of the shares that the announcement's effects or the scenario's events are about. */
function reactionsOf(context: ViewContext, announcement: string, instruments: ReadonlySet<string>, benchmark: string): Compared[] {
  let effects: string[] = [];
  try {
    effects = announcementView(context, announcement).body.instruments;
  } catch (error) {
    if (!(error instanceof ViewError)) throw error;
  }
  return [...new Set([...effects, ...instruments])].sort().map((instrument) => ({ view: 'reaction', subject: `${announcement} ${instrument}`, ask: (own) => announcementReactionView(own, announcement, { instrument, benchmark }) }));
}

/** One item of a list as an answer. @throws ViewError not-found */
function itemOf(answered: Answer<unknown>, list: string, field: string, id: string): Answer<unknown> {
  const found = (answered.body as Record<string, Record<string, unknown>[]>)[list]?.find((item) => item[field] === id);
  if (!found) throw new ViewError('not-found', 404, `no ${field} ${id}`);
  return { ...answered, body: found };
}

