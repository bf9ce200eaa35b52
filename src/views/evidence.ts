/** The fields by which every value in an answer points back to its event, its source and its times. */
import { formatInstant, type Instant, type TimeRef } from '../../events/index.js';
import { eventLink, type Anchor, type Row } from '../../projections/index.js';

export function evidence(row: Row): { event: string; eventId: string; knownFrom: string | null; knownPrecision: string; estimated: boolean } {
  return { event: eventLink(row), eventId: row.id, knownFrom: formatInstant(row.known.from), knownPrecision: row.known.precision, estimated: row.known.estimated };
}

export function sourceOf(value: { source: { document: string; locator?: string | undefined; address?: string | undefined }; confidence: number }): { document: string; locator: string | null; address: string | null; confidence: number } {
  return { document: value.source.document, locator: value.source.locator ?? null, address: value.source.address ?? null, confidence: value.confidence };
}

/** From when a row may be true and from when it certainly is; a relative time takes its start from the announcement. */
export function validFields(row: Row, possibleFrom: Instant): { possibleFrom: string | null; certainFrom: string | null } {
  return { possibleFrom: formatInstant(possibleFrom), certainFrom: formatInstant(row.at) };
}

/** From when a claim may be true; "after the announcement" is not before the announcement's earliest moment. */
export function earliestOf(row: { from: Instant; anchor: string | null; side: 'before' | 'after' | null }, anchor: (id: string) => Anchor): Instant {
  if (row.anchor === null || row.side !== 'after') return row.from;
  return anchor(row.anchor).range?.from ?? row.from;
}

/** A time reference in words, as the source gives it. */
export function describeTime(ref: TimeRef): string {
  if ('at' in ref) return ref.at;
  if ('relative' in ref) return `${ref.side} ${ref.relative}`;
  if ('unknown' in ref) return 'not stated';
  const period = 'within' in ref ? `within ${ref.within}` : `throughout ${ref.throughout}`;
  return ref.calendar ? `${period} (${ref.calendar} session)` : ref.zone ? `${period} (${ref.zone})` : period;
}
