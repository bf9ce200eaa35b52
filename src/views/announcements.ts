/** Announcements, when they were made, and the tree of what followed. */
import { BEGINNING, bounds, compareInstants, describeQuantity, formatInstant, maxInstant, type Instant, type TimeRef } from '../../events/index.js';
import { anchorOf, announcementIds, effectTree, findAnnouncement, statusAt, type Anchor, type Effect, type EffectRow, type MadeRow, type Node, type Reading } from '../../projections/index.js';
import type { z } from 'zod';
import { nameOf, preview } from './catalog.js';
import { answer, echo, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { describeTime, earliestOf, evidence, sourceOf, validFields } from './evidence.js';
import { labelOf, subjectOf, type Names } from './labels.js';
import type { Announcement, announcementDetailSchema, announcementsSchema, nodeSchema, readingSchema, TimelineView } from './schemas.js';

/**
 * An announcement is known by its terms or by a report of its date, whichever came first.
 * @returns its terms, null while only its date is known
 * @throws ViewError not-found with what is there
 */
export function announcementExists(context: ViewContext, id: string): MadeRow | null {
  const timeline = reader(context, 'timeline');
  const found = findAnnouncement(timeline, id);
  if (found || anchorOf(timeline, id).readings.length > 0) return found;
  const ids = knownIds(context);
  throw new ViewError('not-found', 404, `no announcement ${JSON.stringify(id)} is known${context.sight.known ? ' then' : ''}; ${ids.length > 0 ? `there are ${preview(ids)}` : context.sight.known ? 'none was' : 'none is stored yet: load a seed'}`);
}

function knownIds(context: ViewContext): string[] {
  const timeline = reader(context, 'timeline');
  return announcementIds(timeline).filter((id) => findAnnouncement(timeline, id) !== null || anchorOf(timeline, id).readings.length > 0);
}

export function announcementsView(context: ViewContext): Answer<z.infer<typeof announcementsSchema>> {
  const timeline = reader(context, 'timeline');
  const announcements = knownIds(context).flatMap((id) => {
    const anchor = anchorOf(timeline, id);
    const later = context.asOf && anchor.range && rangeStatus(anchor.range, context.asOf) === null;
    return later ? [] : [fields(context, id, findAnnouncement(timeline, id), anchor)];
  });
  // Latest first; what is not dated yet stands at the end.
  announcements.sort((a, b) => order(b.publicBy, a.publicBy) || order(a.announcement, b.announcement));
  return answer(context, { ...echo(context, context.asOf), announcements });
}

export function announcementView(context: ViewContext, id: string): Answer<z.infer<typeof announcementDetailSchema>> {
  const made = announcementExists(context, id);
  const timeline = reader(context, 'timeline');
  const anchor = anchorOf(timeline, id);
  const subjects = new Set(effectTree(timeline, id).flatMap((node) => ('data' in node.row.value ? (subjectOf(node.row.value.data) ?? []) : [])));
  const about = (prefix: string): string[] => [...subjects].filter((subject) => subject.startsWith(prefix)).map((subject) => subject.slice(prefix.length)).sort();
  return answer(context, {
    ...echo(context, context.asOf),
    ...fields(context, id, made, anchor),
    readings: anchor.readings.map(readingFields),
    instruments: about('instrument-'),
    entities: [...new Set([...(made?.value.parties.map((party) => party.entity) ?? []), ...about('entity-')])].sort(),
  });
}

export function timelineView(context: ViewContext, id: string): Answer<TimelineView> {
  const made = announcementExists(context, id);
  const timeline = reader(context, 'timeline');
  const anchor = anchorOf(timeline, id);
  const nodes = effectTree(timeline, id);
  const times = [...nodes.map(({ row }) => row.at), ...(anchor.range ? [anchor.range.to] : [])];
  const asOf = context.asOf ?? times.reduce(maxInstant, BEGINNING);
  const names: Names = { entity: (entity) => nameOf(context, 'entity', entity), instrument: (instrument) => nameOf(context, 'instrument', instrument) };
  return answer(context, {
    ...echo(context, asOf),
    announcement: id,
    title: made?.value.title ?? id,
    axis: anchor.range ? 'absolute' : 'relative',
    ...publicFields(anchor),
    nodes: nodes.flatMap((node) => nodeFields(node, asOf, anchor, made, names)),
  });
}

function fields(context: ViewContext, id: string, made: MadeRow | null, anchor: Anchor): Announcement {
  const terms = made?.value;
  const amount = terms?.commitment ? bounds(terms.commitment.amount) : null;
  const root = made ?? anchor.readings[0]?.row;
  if (!root) throw new Error(`unreachable: ${id} is known by nothing`);
  return {
    announcement: id,
    title: terms?.title ?? id,
    parties: (terms?.parties ?? []).map(({ entity, role }) => ({ entity, role, name: nameOf(context, 'entity', entity) })),
    amount: terms?.commitment ? describeQuantity(terms.commitment.amount) : null,
    amountLo: amount?.lo ?? null,
    amountHi: amount?.hi ?? null,
    duration: terms?.commitment?.duration ?? null,
    purpose: terms?.purpose ?? null,
    ...publicFields(anchor),
    dated: anchor.conflict ? 'conflict' : anchor.range ? 'dated' : 'undated',
    terms: terms ? 'known' : 'not-known-yet',
    effects: effectTree(reader(context, 'timeline'), id).filter((node) => node.row.fact !== made?.fact).length,
    ...sourceOf(root.value),
    ...evidence(root),
  };
}

function publicFields(anchor: Anchor): { publicFrom: string | null; publicBy: string | null } {
  return { publicFrom: anchor.range && formatInstant(anchor.range.from), publicBy: anchor.range && formatInstant(anchor.range.to) };
}

function readingFields(reading: Reading): z.infer<typeof readingSchema> {
  const { row } = reading;
  return {
    text: describeTime(row.value.when),
    from: reading.from && formatInstant(reading.from),
    to: reading.to && formatInstant(reading.to),
    relation: reading.relation,
    note: row.value.note ?? null,
    ...sourceOf(row.value),
    ...evidence(row),
  };
}

function nodeFields(node: Node, asOf: Instant, anchor: Anchor, made: MadeRow | null, names: Names): z.infer<typeof nodeSchema>[] {
  const { row } = node;
  const root = row.fact === made?.fact;
  const effect = root ? null : (row.value as Effect);
  // The announcement itself stands where its dating reports put it.
  const possibleFrom = root && anchor.range ? anchor.range.from : earliestOf(row, () => anchor);
  const status = root && anchor.range ? rangeStatus(anchor.range, asOf) : statusAt(row, asOf, possibleFrom);
  if (status === null) return [];
  const moment = momentOf(row, effect, root, anchor);
  return [
    {
      id: row.fact,
      parent: node.parent,
      depth: node.depth,
      type: effect?.type ?? 'AnnouncementMade',
      label: labelOf(effect?.type ?? 'AnnouncementMade', effect?.data ?? row.value, names),
      subject: effect ? subjectOf(effect.data) : null,
      when: root ? (anchor.range ? describeRange(anchor.range) : 'not dated yet') : describeTime((effect as Effect).occurredAt),
      ...(root && anchor.range ? { possibleFrom: formatInstant(anchor.range.from), certainFrom: formatInstant(anchor.range.to) } : validFields(row, possibleFrom)),
      relativeFromSeconds: moment && anchor.range && Number.isFinite(possibleFrom.ms) ? (possibleFrom.ms - anchor.range.to.ms) / 1000 : null,
      relativeSeconds: moment && anchor.range ? (moment.ms - anchor.range.to.ms) / 1000 : null,
      side: row.side ?? sideOf(possibleFrom, moment, anchor),
      status,
      ...sourceOf(row.value),
      ...evidence(row),
    },
  ];
}

function rangeStatus({ from, to }: { from: Instant; to: Instant }, asOf: Instant): 'certain' | 'possible' | null {
  return compareInstants(to, asOf) <= 0 ? 'certain' : compareInstants(from, asOf) <= 0 ? 'possible' : null;
}

/** The moment by which an effect is placed on the axis; null where its source leaves it open. */
function momentOf(row: MadeRow | EffectRow, effect: Effect | null, root: boolean, anchor: Anchor): Instant | null {
  if (root) return anchor.range?.to ?? null;
  return effect && hasOwnTime(effect.occurredAt) ? row.at : null;
}

function hasOwnTime(ref: TimeRef): boolean {
  return !('relative' in ref) && !('unknown' in ref);
}

/** null where the times leave it open. */
function sideOf(from: Instant, moment: Instant | null, anchor: Anchor): 'before' | 'after' | null {
  if (!moment || !anchor.range) return null;
  if (compareInstants(moment, anchor.range.from) < 0) return 'before';
  return compareInstants(from, anchor.range.to) >= 0 ? 'after' : null;
}

function describeRange(range: { from: Instant; to: Instant }): string {
  const from = formatInstant(range.from);
  const to = formatInstant(range.to);
  return from === to ? `${to}` : from === null ? `by ${to}` : `between ${from} and ${to}`;
}

function order(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
