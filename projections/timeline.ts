/**
 * An announcement and what followed from it, as a tree of causes. When it was made is a matter of reports that may
 * disagree: the most trusted are intersected, every reading is kept, and until one is known the axis stays relative.
 */
import { BEGINNING, compareInstants, maxInstant, minInstant, NEVER, timeBounds, type DataOf, type EventType, type Instant, type TimeRef } from '../events/index.js';
import { compareKnown, compareText, compareValid, type Row } from './ledger.js';
import { defineProjection } from './projection.js';
import { readNames, readRows, type Reader } from './reader.js';

export type Made = DataOf<'AnnouncementMade'>;

interface Source {
  document: string;
  locator?: string | undefined;
  address?: string | undefined;
}

export interface Effect {
  type: EventType;
  data: Record<string, unknown>;
  cause: string | null;
  source: Source;
  confidence: number;
  occurredAt: TimeRef;
}

interface Dated {
  when: TimeRef;
  note?: string | undefined;
  source: Source;
  confidence: number;
}

export const timeline = defineProjection('timeline', 1, (type, data: never, event) => {
  // Who and what there is, and closes, are no effects.
  if (type === 'BarClosed' || type === 'EntityRegistered' || type === 'InstrumentListed' || type === 'InstrumentRenamed' || type === 'InstrumentDelisted') return null;
  const { source, confidence, occurredAt } = event.metadata;
  if (type === 'AnnouncementMade') {
    const made = data as Made;
    return { series: `announcement:${made.announcement}`, value: { ...made, source, confidence } };
  }
  if (type === 'AnnouncementDated') {
    const dated = data as DataOf<'AnnouncementDated'>;
    return { series: `dated:${dated.announcement}`, value: { when: dated.when, note: dated.note, source, confidence } };
  }
  const announcement = type === 'AnnouncementAmended' ? (data as DataOf<'AnnouncementAmended'>).announcement : event.metadata.$correlationId;
  if (announcement === undefined) return null;
  const value: Effect = { type, data, cause: event.metadata.$causationId ?? null, source, confidence, occurredAt };
  return { series: `effect:${announcement}`, value };
});

export type MadeRow = Row & { value: Made & { source: Source; confidence: number } };
export type EffectRow = Row & { value: Effect };
type DatedRow = Row & { value: Dated };

/** How one report of the date stands to the date that the view goes by. */
export interface Reading {
  row: DatedRow;
  /** null: open. */
  from: Instant | null;
  to: Instant | null;
  relation: 'used' | 'agrees' | 'overlaps' | 'disagrees';
}

export interface Anchor {
  /** null while no report is known, or where the most trusted reports exclude each other. */
  range: { from: Instant; to: Instant } | null;
  /** What the range is: one instant, or a period with the moment somewhere in it. */
  conflict: boolean;
  readings: Reading[];
}

/** Every announcement that the ledger has terms or dates of; whether the reader may see them is another matter. */
export function announcementIds(reader: Reader): string[] {
  const named = ['announcement:', 'dated:'].flatMap((prefix) => readNames(reader, prefix).map((name) => name.slice(prefix.length)));
  return [...new Set(named)].sort(compareText);
}

/** Its terms: of the reports that can be seen the most trusted, and of those the latest, so that a doubtful one replaces none. */
export function findAnnouncement(reader: Reader, id: string): MadeRow | null {
  let found: MadeRow | null = null;
  for (const row of readRows<MadeRow['value']>(reader, `announcement:${id}`)) {
    if (found === null || row.value.confidence >= found.value.confidence) found = row;
  }
  return found;
}

/** When an announcement was made, as far as the reader can know. */
export function anchorOf(reader: Reader, announcement: string): Anchor {
  const rows = readRows(reader, `dated:${announcement}`) as DatedRow[];
  const readings = rows.flatMap((row) => {
    const bounds = timeBounds(row.value.when);
    return bounds ? [{ row, lo: bounds.lo, hi: bounds.hi }] : [];
  });
  const trust = Math.max(...readings.map((reading) => reading.row.value.confidence));
  const used = readings.filter((reading) => reading.row.value.confidence === trust);
  const from = used.reduce((latest, reading) => maxInstant(latest, reading.lo), BEGINNING);
  const to = used.reduce((earliest, reading) => minInstant(earliest, reading.hi), NEVER);
  const conflict = used.length > 0 && compareInstants(from, to) > 0;
  const range = used.length > 0 && !conflict ? { from, to } : null;
  return {
    range,
    conflict,
    readings: readings
      .map(({ row, lo, hi }): Reading => ({ row, from: open(lo), to: open(hi), relation: row.value.confidence === trust ? 'used' : relation(range, lo, hi) }))
      .sort((a, b) => b.row.value.confidence - a.row.value.confidence || compareKnown(a.row, b.row)),
  };
}

function relation(range: Anchor['range'], lo: Instant, hi: Instant): Reading['relation'] {
  if (!range) return 'overlaps';
  if (compareInstants(hi, range.from) < 0 || compareInstants(lo, range.to) > 0) return 'disagrees';
  const inside = compareInstants(lo, range.from) >= 0 && compareInstants(hi, range.to) <= 0;
  const around = compareInstants(lo, range.from) <= 0 && compareInstants(hi, range.to) >= 0;
  return inside || around ? 'agrees' : 'overlaps';
}

function open(bound: Instant): Instant | null {
  return Number.isFinite(bound.ms) ? bound : null;
}

export interface Node {
  row: EffectRow | MadeRow;
  parent: string | null;
  depth: number;
}

/**
 * The announcement and its effects, parents before children, siblings in valid order. An effect whose cause is not
 * visible hangs on the announcement.
 */
export function effectTree(reader: Reader, announcement: string): Node[] {
  const made = findAnnouncement(reader, announcement);
  const effects = readRows(reader, `effect:${announcement}`) as EffectRow[];
  const ids = new Set([...effects, ...(made ? [made] : [])].map((row) => row.fact));
  const children = new Map<string | null, EffectRow[]>();
  for (const row of effects.sort(compareValid)) {
    const cause = row.value.cause;
    const parent = cause !== null && cause !== row.fact && ids.has(cause) ? cause : (made?.fact ?? null);
    children.set(parent, [...(children.get(parent) ?? []), row]);
  }
  const nodes: Node[] = made ? [{ row: made, parent: null, depth: 0 }] : [];
  const placed = new Set<string>();
  const place = (parent: string | null, depth: number): void => {
    for (const row of children.get(parent) ?? []) {
      if (placed.has(row.id)) continue;
      placed.add(row.id);
      nodes.push({ row, parent, depth });
      place(row.fact, depth + 1);
    }
  };
  place(made?.fact ?? null, made ? 1 : 0);
  // Effects that name each other as cause are reachable from nowhere: shown, not lost.
  for (const row of effects) {
    if (placed.has(row.id)) continue;
    placed.add(row.id);
    nodes.push({ row, parent: made?.fact ?? null, depth: made ? 1 : 0 });
  }
  return nodes;
}

