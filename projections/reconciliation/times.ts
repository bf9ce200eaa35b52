/** When an announcement became public, the reports of it against each other, and whether effects come after causes. */
import { BEGINNING, compareInstants, NEVER, timeBounds, type CalendarId, type Instant, type Interval, type Session } from '../../events/index.js';
import type { Row } from '../ledger.js';
import { readRows, statusAt, type Reader } from '../reader.js';
import type { Anchor, EffectRow, MadeRow, Reading } from '../timeline.js';
import { finding, type Finding, type Piece } from './finding.js';
import { sessionFrom } from './moments.js';
import { gapBetween, relate } from './outward.js';
import type { Relaxation } from './propagate.js';

const HOUR = 3_600_000;

export function timeFindings(reader: Reader, announcement: string, anchor: Anchor, made: MadeRow | null, calendar: CalendarId, asOf: Instant): Finding[] {
  const subject = `announcement-${announcement}`;
  return [...publicFindings(subject, anchor, calendar), ...dateFindings(subject, anchor), ...orderFindings(subject, reader, announcement, anchor, made, asOf)];
}

/** How a reading of the announcement's start stands: who says it, or that it is only inferred. */
export interface StartReading {
  from: Instant;
  kind: 'not-before' | 'reported' | 'inferred';
  reading: Reading | null;
}

/**
 * The moments from which the announcement may have been public: the start of the window that views go by, any moment
 * that a report names inside it, and, as an inference, the last full hour before the sharpest "by then".
 */
export function startsOf(anchor: Anchor): StartReading[] {
  const { range } = anchor;
  if (!range || compareInstants(range.from, range.to) === 0) return [];
  const starts: StartReading[] = Number.isFinite(range.from.ms) ? [{ from: range.from, kind: 'not-before', reading: null }] : [];
  for (const reading of anchor.readings) {
    const { from, to } = reading;
    if (from && to && compareInstants(from, to) === 0 && compareInstants(from, range.from) > 0 && compareInstants(from, range.to) < 0) starts.push({ from, kind: 'reported', reading });
  }
  const hour: Instant = { ms: Math.floor(range.to.ms / HOUR) * HOUR, ns: 0 };
  // A stamp on the full hour is no sharper than the hour itself.
  if (Number.isFinite(hour.ms) && compareInstants(hour, range.from) > 0 && compareInstants(hour, range.to) < 0) starts.push({ from: hour, kind: 'inferred', reading: null });
  return starts.sort((a, b) => compareInstants(a.from, b.from));
}

function publicFindings(subject: string, anchor: Anchor, calendar: CalendarId): Finding[] {
  const used = anchor.readings.filter((reading) => reading.relation === 'used');
  const [first] = used;
  if (!first) return [];
  const pieces = used.map(readingPiece);
  if (anchor.conflict) {
    const worst = used.flatMap((a) => used.map((b) => ({ a, b, gap: gapBetween(span(a), span(b)) }))).sort((x, y) => (y.gap?.size ?? 0) - (x.gap?.size ?? 0))[0];
    return [finding('public', subject, 'conflict', pieces, worst ? { compared: { variable: 'date', unit: 'seconds', stated: span(worst.a), implied: span(worst.b) }, relaxations: relaxed(worst.a, worst.b) } : {})];
  }
  if (!anchor.range) return [];
  const { from, to } = anchor.range;
  const session = sessionFrom(calendar, to);
  const place = session && placeOf(anchor.range, session, calendar);
  const pairs = used.slice(1).map((reading) => relate(span(first), span(reading)));
  const verdict = pairs.every((one) => one === 'agree') ? 'agree' : 'compatible';
  return [
    finding('public', subject, verdict, pieces, {
      named: { place, session: session?.date ?? null, lead: session ? (session.open.ms - to.ms) / 1000 : null },
      times: { from, to, open: session?.open ?? null },
    }),
  ];
}

/** Where the window lies to the first session that ends after it. `between`: an open or a whole session is inside it. */
function placeOf({ from, to }: { from: Instant; to: Instant }, session: Session, calendar: CalendarId): 'before-open' | 'in-session' | 'between' {
  const first = Number.isFinite(from.ms) ? sessionFrom(calendar, from) : session;
  if (compareInstants(to, session.open) <= 0) return first?.date === session.date ? 'before-open' : 'between';
  return compareInstants(from, session.open) >= 0 ? 'in-session' : 'between';
}

/** Reports that views do not go by, against the window. */
function dateFindings(subject: string, anchor: Anchor): Finding[] {
  const used = anchor.readings.filter((reading) => reading.relation === 'used');
  const { range } = anchor;
  if (!range) return [];
  const window: Interval = seconds(range.from, range.to);
  return anchor.readings.filter((reading) => reading.relation !== 'used').map((reading): Finding => {
    const stated = span(reading);
    const verdict = relate(stated, window);
    return finding('date', subject, verdict, [readingPiece(reading), ...used.map(readingPiece)], { compared: { variable: 'date', unit: 'seconds', stated, implied: window }, relaxations: verdict === 'conflict' ? relaxedTo(reading, window) : [] });
  });
}

function readingPiece(reading: Reading): Piece {
  return { role: 'reading', row: reading.row, also: [], reach: 1, witnesses: 1, status: 'certain', text: '', when: reading.row.value.when, note: reading.row.value.note ?? null };
}

function span(reading: Reading): Interval {
  return seconds(reading.from ?? BEGINNING, reading.to ?? NEVER);
}

/** Seconds since 1970. A period's end is treated as touched: what ends as another begins does not exclude it. */
function seconds(from: Instant, to: Instant): Interval {
  const lo = Number.isFinite(from.ms) ? from.ms / 1000 : null;
  const hi = Number.isFinite(to.ms) ? to.ms / 1000 : null;
  return { lo, hi, loClosed: lo !== null, hiClosed: hi !== null };
}

function relaxed(a: Reading, b: Reading): Relaxation[] {
  return [...relaxedTo(a, span(b)), ...relaxedTo(b, span(a))];
}

function relaxedTo(reading: Reading, implied: Interval): Relaxation[] {
  const stated = span(reading);
  const gap = gapBetween(stated, implied);
  if (!gap) return [];
  const fact = { id: reading.row.id, variable: 'date', allowed: stated, firm: false };
  return [{ fact, implied: { value: implied, steps: [] }, end: gap.end, from: gap.from, to: gap.to, reached: gap.reached, by: gap.size, relative: gap.size / 86_400 }];
}

/** No effect is over before its cause can have happened. */
function orderFindings(subject: string, reader: Reader, announcement: string, anchor: Anchor, made: MadeRow | null, asOf: Instant): Finding[] {
  const effects = (readRows(reader, `effect:${announcement}`) as EffectRow[]).filter((row) => statusAt(row, asOf) !== null);
  const byFact = new Map(effects.map((row) => [row.fact, row]));
  const early: EffectRow[] = [];
  const found: Finding[] = [];
  for (const row of effects) {
    const { cause } = row.value;
    const when = timeBounds(row.value.occurredAt);
    if (cause === null || !when || !Number.isFinite(when.hi.ms)) continue;
    const ofDeal = made !== null && cause === made.fact;
    const other = byFact.get(cause);
    const otherFrom = other && timeBounds(other.value.occurredAt)?.lo;
    const causeFrom = ofDeal ? anchor.range?.from : otherFrom;
    if (!causeFrom || !Number.isFinite(causeFrom.ms)) continue;
    const causeRow = ofDeal ? made : other;
    if (compareInstants(when.hi, causeFrom) < 0 && causeRow) {
      const stated = seconds(when.lo, when.hi);
      const implied: Interval = { lo: causeFrom.ms / 1000, hi: null, loClosed: true, hiClosed: false };
      const gap = gapBetween(stated, implied);
      const relaxations: Relaxation[] = gap ? [{ fact: { id: row.id, variable: 'date', allowed: stated, firm: false }, implied: { value: implied, steps: [] }, end: gap.end, from: gap.from, to: gap.to, reached: true, by: gap.size, relative: gap.size / 86_400 }] : [];
      found.push(finding('order', subject, 'conflict', [effectPiece(row, asOf), { ...effectPiece(row, asOf), row: causeRow, text: 'its cause', when: null, status: ofDeal ? dealStatus(anchor, asOf) : statusOf(causeRow, asOf) }], { compared: { variable: 'date', unit: 'seconds', stated, implied }, relaxations, times: { until: when.hi, causeFrom } }));
    } else if (ofDeal && anchor.range && compareInstants(when.lo, anchor.range.to) < 0 && compareInstants(anchor.range.from, anchor.range.to) !== 0) early.push(row);
  }
  const range = anchor.range;
  return early.length > 0 && range ? [...found, finding('order', subject, 'compatible', early.map((row) => effectPiece(row, asOf)), { named: { count: early.length }, times: { from: range.from, to: range.to } })] : found;
}

function effectPiece(row: EffectRow, asOf: Instant): Piece {
  return { role: 'claim', row, also: [], reach: 1, witnesses: 1, status: statusOf(row, asOf), text: row.value.type, when: row.value.occurredAt, note: null };
}

/** What is not certainly over is only possible. */
function statusOf(row: Row, asOf: Instant): Piece['status'] {
  return statusAt(row, asOf) ?? 'possible';
}

function dealStatus({ range }: Anchor, asOf: Instant): Piece['status'] {
  return range && compareInstants(range.to, asOf) <= 0 ? 'certain' : 'possible';
}
