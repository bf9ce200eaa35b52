/**
 * What is said of metrics, of the future, and of commitments: the rows of the claims ledger. Whether a claim is open, met,
 * missed or superseded is computed from the rows visible then: claim-states.ts.
 */
import { bounds, timeBounds, type Bounds, type DataOf, type Instant, type Interval, type Quantity, type TimeRef } from '../events/index.js';
import { type Row } from './ledger.js';
import { originalRow } from './ledger-index.js';
import { defineProjection } from './projection.js';
import { readNames, readRows, type Reader } from './reader.js';

type Metric = DataOf<'MetricReported'>;
type Forecast = DataOf<'ForecastMade'>;
type Made = DataOf<'AnnouncementMade'>;
type Amended = DataOf<'AnnouncementAmended'>;
type Holder = Forecast['by'];

interface Stated {
  occurredAt: TimeRef;
  source: { document: string; locator?: string | undefined; address?: string | undefined };
  confidence: number;
  /** The announcement that it belongs to. */
  announcement: string | null;
  /** Id of the report that it repeats. */
  repeats: string | null;
}

export type Statement =
  | (Stated & { kind: 'figure'; entity: string; metric: string; value: Quantity; period: TimeRef | null; by: Holder | null; note: string | null })
  | (Stated & { kind: 'forecast'; entity: string; metric: string; value: Quantity | null; claim: string; by: Holder; notBefore: string | null; notAfter: string | null; note: string | null })
  | (Stated & { kind: 'commitment'; parties: Made['parties']; title: string; amount: Quantity | null; duration: string | null })
  | (Stated & { kind: 'amendment'; change: Amended['change']; summary: string; added: Quantity | null; total: Quantity | null; duration: string | null });

export const claimsLedger = defineProjection('claims', 1, (type, data: never, { metadata }) => {
  const stated: Stated = { occurredAt: metadata.occurredAt, source: metadata.source, confidence: metadata.confidence, announcement: metadata.$correlationId ?? null, repeats: metadata.repeats?.id ?? null };
  switch (type) {
    case 'MetricReported': {
      const { entity, metric, value, period, by, note } = data as Metric;
      return { series: `stated:${entity}`, value: { ...stated, kind: 'figure', entity, metric, value, period: period ?? null, by: by ?? null, note: note ?? null } satisfies Statement };
    }
    case 'ForecastMade': {
      const { entity, metric, value, claim, by, horizon, note } = data as Forecast;
      return { series: `stated:${entity}`, value: { ...stated, kind: 'forecast', entity, metric, value: value ?? null, claim, by, notBefore: horizon?.notBefore ?? null, notAfter: horizon?.notAfter ?? null, note: note ?? null } satisfies Statement };
    }
    case 'AnnouncementMade': {
      const { announcement, parties, title, commitment } = data as Made;
      if (!commitment) return null;
      return { series: `committed:${announcement}`, value: { ...stated, announcement, kind: 'commitment', parties, title, amount: commitment.amount, duration: commitment.duration ?? null } satisfies Statement };
    }
    case 'AnnouncementAmended': {
      const { announcement, change, summary, added, total, duration } = data as Amended;
      return { series: `committed:${announcement}`, value: { ...stated, announcement, kind: 'amendment', change, summary, added: added ?? null, total: total ?? null, duration: duration ?? null } satisfies Statement };
    }
    default:
      return null;
  }
});

type Of<K extends Statement['kind']> = Row & { value: Extract<Statement, { kind: K }> };
/** `stated`: when it was first known, also where a correction stands for it since. */
export type FigureRow = Of<'figure'> & { stated: Instant };
export type ForecastRow = Of<'forecast'> & { stated: Instant };
export type CommitmentRow = Of<'commitment'>;
export type AmendmentRow = Of<'amendment'>;

/** Everything stated of an entity, in valid order. */
export function statementsOn(reader: Reader, entity: string): (FigureRow | ForecastRow)[] {
  const rows = readRows(reader, `stated:${entity}`) as (Of<'figure'> | Of<'forecast'>)[];
  return rows.map((row) => ({ ...row, stated: originalRow(reader.ledger, row, reader.sight).known.from }));
}

/** Entities of which anything is stated; whether the reader may see it is another matter. */
export function statedEntities(reader: Reader): string[] {
  return readNames(reader, 'stated:').map((name) => name.slice('stated:'.length));
}

export function committedAnnouncements(reader: Reader): string[] {
  return readNames(reader, 'committed:').map((name) => name.slice('committed:'.length));
}

/** The terms of an announcement as reports give them, and what the parties changed. */
export function commitmentsOf(reader: Reader, announcement: string): (CommitmentRow | AmendmentRow)[] {
  return readRows(reader, `committed:${announcement}`) as (CommitmentRow | AmendmentRow)[];
}

/** What a claim speaks of: a period, a moment by which, a time before which not, a level as it stood, or nothing stated. */
export type Horizon = { kind: 'period' | 'by' | 'not-before'; from: Instant; to: Instant } | { kind: 'level' | 'none' };

/** The horizon of a statement. A figure of a period that was over when it was published is a report of it all the same. */
export function horizonOf({ value }: FigureRow | ForecastRow): Horizon {
  if (value.kind === 'figure') {
    const period = value.period && timeBounds(value.period);
    return period ? { kind: 'period', from: period.lo, to: period.hi } : { kind: 'level' };
  }
  const from = value.notBefore === null ? null : edtf(value.notBefore);
  const to = value.notAfter === null ? null : edtf(value.notAfter);
  if (from && to) return { kind: 'period', from: from.lo, to: to.hi };
  if (to) return { kind: 'by', from: to.lo, to: to.hi };
  return from ? { kind: 'not-before', from: from.lo, to: from.hi } : { kind: 'none' };
}

function edtf(text: string): Bounds | null {
  return timeBounds({ within: text });
}

export function figureOf(row: FigureRow | ForecastRow): Interval | null {
  return row.value.value && bounds(row.value.value);
}

/** Was the figure stated before its period was over? Then it is a claim on it, and no report. */
export function isAhead(row: FigureRow): boolean {
  const horizon = horizonOf(row);
  return horizon.kind === 'period' && Number.isFinite(horizon.to.ms) && row.stated.ms < horizon.to.ms;
}

/**
 * Whose word it is. The management of an entity speaks for it with one voice, whoever of them; a figure without a holder
 * is the document's.
 */
export function voiceOf({ value }: FigureRow | ForecastRow): string {
  if (!value.by) return `document:${value.source.document}`;
  if (value.by.kind === 'management') return 'management';
  return `${value.by.kind}:${value.by.entity ?? value.by.name ?? ''}`;
}

export function unitOf(quantity: Quantity | null | undefined): string | undefined {
  return quantity && 'unit' in quantity ? quantity.unit : undefined;
}

/** A report with less than half of the confidence of what it is held against decides nothing. */
export function isTrusted(row: Row & { value: { confidence: number } }, report: Row & { value: { confidence: number } }): boolean {
  return report.value.confidence >= row.value.confidence / 2;
}
