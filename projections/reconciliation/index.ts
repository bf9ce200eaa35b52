/**
 * Reconciliation: what is claimed of an announcement and of the market around it, held against what was measured and
 * against each other. A pure query over the rows that the readers see.
 */
import { BEGINNING, maxInstant, type CalendarId, type Instant, type Interval } from '../../events/index.js';
import { levelAt } from '../levels.js';
import { claims } from '../market-value.js';
import { compareText } from '../ledger.js';
import { findEntity, findInstrument, listInstruments } from '../registry.js';
import type { Reader } from '../reader.js';
import { anchorOf, effectTree, findAnnouncement, type Anchor, type EffectRow } from '../timeline.js';
import type { Finding, Unchecked } from './finding.js';
import { marketFindings } from './market.js';
import type { Subject } from './market-facts.js';
import { paceOf, termFindings } from './terms.js';
import { startsOf, timeFindings, type StartReading } from './times.js';

export * from './finding.js';
export { gapBetween, relate, stretched, type Gap } from './outward.js';
export * from './propagate.js';
export { yearsOf } from './terms.js';
export type { StartReading } from './times.js';

/** Raised when the same facts give other findings: answers name it. */
export const RECONCILIATION_RULE = 1;

export interface ReconciliationReaders {
  market: Reader;
  timeline: Reader;
  registry: Reader;
}

export interface Reconciliation {
  anchor: Anchor;
  starts: StartReading[];
  pace: Interval | null;
  subjects: Subject[];
  findings: Finding[];
  unchecked: Unchecked[];
}

/** The types of effects that say something of a price or value. */
const MARKET_TYPES = new Set(['MarketMoveReported', 'MarketValueReported', 'MarketValueChangeReported', 'PriceObserved']);

/** The last moment that reconciliation reads of an announcement: the asOf of a question without one. */
export function latestReconciled({ timeline }: ReconciliationReaders, announcement: string): Instant | null {
  const anchor = anchorOf(timeline, announcement);
  const times = [...effectTree(timeline, announcement).map((node) => node.row.at), ...(anchor.range ? [anchor.range.to] : [])];
  return times.length === 0 ? null : times.reduce(maxInstant, BEGINNING);
}

export function reconcile(readers: ReconciliationReaders, announcement: string, asOf: Instant): Reconciliation {
  const { timeline, market } = readers;
  const anchor = anchorOf(timeline, announcement);
  const made = findAnnouncement(timeline, announcement);
  const subjects = subjectsOf(readers, announcement, asOf);
  const calendar: CalendarId = subjects[0]?.calendar ?? 'US';
  const each = subjects.map((subject) => marketFindings({ market, anchor, asOf, memo: new Map() }, subject, announcement));
  return {
    anchor,
    starts: startsOf(anchor),
    pace: paceOf(made),
    subjects,
    findings: [...timeFindings(timeline, announcement, anchor, made, calendar, asOf), ...termFindings(timeline, announcement, asOf), ...each.flatMap((found) => found.findings)],
    unchecked: each.flatMap((found) => found.unchecked),
  };
}

/** The instruments and entities whose prices and values the announcement's effects speak of. */
function subjectsOf(readers: ReconciliationReaders, announcement: string, asOf: Instant): Subject[] {
  const keys = new Set<string>();
  for (const { row } of effectTree(readers.timeline, announcement)) {
    const { type, data } = row.value as Partial<EffectRow['value']>;
    if (type === undefined || !data || !MARKET_TYPES.has(type)) continue;
    if (typeof data['instrument'] === 'string') keys.add(`instrument-${data['instrument']}`);
    else if (typeof data['entity'] === 'string') keys.add(`entity-${data['entity']}`);
  }
  // What is said of a company with one share class is said of that class.
  const owned = new Map([...keys].map((key) => [key, onlyClassOf(readers.registry, key, asOf)] as const));
  return [...new Set([...owned].map(([key, only]) => only ?? key))].sort(compareText).map((key) => subjectOf(readers, key, asOf));
}

/** The one share class of an entity; null for an instrument, or where there are none or several. */
function onlyClassOf(registry: Reader, key: string, asOf: Instant): string | null {
  const [only, ...more] = key.startsWith('entity-') ? classesOf(registry, key.slice('entity-'.length), asOf) : [];
  return only === undefined || more.length > 0 ? null : `instrument-${only}`;
}

function subjectOf({ market, registry }: ReconciliationReaders, key: string, asOf: Instant): Subject {
  const instruments = key.startsWith('instrument-') ? [key.slice('instrument-'.length)] : classesOf(registry, key.slice('entity-'.length), asOf);
  const [first = ''] = instruments;
  const listing = first === '' ? null : findInstrument(registry, first, asOf);
  const bar = first === '' ? null : levelAt(market, first, asOf)?.bar.value;
  const issuer = key.startsWith('entity-') ? key.slice('entity-'.length) : (listing?.value.entity ?? null);
  const claimKeys = issuer !== null && onlyClassOf(registry, `entity-${issuer}`, asOf) === key ? [key, `entity-${issuer}`] : [key];
  const currency = listing?.value.kind === 'index' ? null : (bar?.currency ?? listing?.value.currency ?? spoken(market, key));
  return { key, claimKeys, instruments, currency, calendar: listing?.value.calendar ?? 'US', issuer, priced: true };
}

/** The share classes of a company; of a group none: who belongs to it, and since when, is the group's own affair. */
function classesOf(registry: Reader, entity: string, asOf: Instant): string[] {
  if (findEntity(registry, entity)?.value.kind === 'group') return [];
  return listInstruments(registry, asOf).flatMap(({ value }) => (value.entity === entity && value.kind === 'share' ? [value.instrument] : []));
}

/** The one currency that all claims speak in, where nothing measured and no listing says it. */
function spoken(market: Reader, key: string): string | null {
  const units = new Set(claims(market, key).flatMap(({ value }) => [value.quantity, value.price].flatMap((quantity) => (quantity && 'unit' in quantity && quantity.unit !== undefined && /^[A-Z]{3}$/.test(quantity.unit) ? [quantity.unit] : []))));
  const [only] = units;
  return units.size === 1 ? (only ?? null) : null;
}
