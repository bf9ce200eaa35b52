/**
 * The state of claims at a moment: open, met, missed or superseded, each by rules that know no company, and each with
 * the reports that settle it. docs/claims.md has the rules in words; commitments have their own, in commitment-states.ts.
 */
import { add, bounds, compareInstants, intersect, interval, isPoint, maxInstant, timeBounds, type Instant, type Interval, type Quantity } from '../events/index.js';
import { figureOf, horizonOf, isAhead, isTrusted, unitOf, voiceOf, type CommitmentRow, type FigureRow, type ForecastRow, type Horizon } from './claims.js';
import { compareKnown, type Row } from './ledger.js';
import { inside, over, POSITIVE } from './reconciliation/outward.js';

export const CLAIM_STATES = ['open', 'met', 'missed', 'superseded'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** Raised when the same facts give other states: answers name it. */
export const CLAIM_RULE = 2;

/** Why a claim is still open. */
export const OPEN_REASONS = ['not-over', 'nothing-reported', 'no-figure', 'not-decided', 'nothing-later'] as const;
export type OpenReason = (typeof OPEN_REASONS)[number];

/**
 * How a report stands to the claim: `settles` decides, `agrees` and `differs` stand beside what decides, `too-weak` has less
 * than half of the claim's confidence, `other-terms` changes something of a commitment, and not what is committed.
 */
export const STANDINGS = ['settles', 'agrees', 'differs', 'too-weak', 'other-terms'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Against<R extends Row = Row> {
  row: R;
  standing: Standing;
}

export interface Judged {
  row: FigureRow | ForecastRow | CommitmentRow;
  kind: 'forecast' | 'figure' | 'level' | 'commitment';
  state: ClaimState;
  reason: OpenReason | null;
  /** A level that later reports bear out. */
  stillTrue: boolean;
  /** From when the state is known. */
  since: Instant | null;
  against: Against[];
  /** What has to be reached, in the claim's own unit, and what was: of a change, the change. */
  claimed: Interval | null;
  found: Interval | null;
}

type Settled = Pick<Judged, 'state' | 'reason' | 'since' | 'against' | 'claimed' | 'found'> & { stillTrue?: boolean };

/** A day's width in either zone: two ways to write one period. */
const SAME_END = 36 * 3_600_000;

/**
 * The claims among statements on one entity, with their state at asOf.
 * @param rows everything stated that the asker sees
 */
export function judge(rows: readonly (FigureRow | ForecastRow)[], asOf: Instant): Judged[] {
  const then = rows.filter((row) => compareInstants(row.at, asOf) <= 0);
  const ids = new Set(then.map((row) => row.fact));
  // A reprint is neither a second claim nor a second report.
  const own = then.filter(({ value }) => value.repeats === null || !ids.has(value.repeats));
  return own.flatMap((row): Judged[] => {
    const horizon = horizonOf(row);
    if (row.value.kind === 'figure' && horizon.kind === 'period' && !isAhead(row as FigureRow)) return [];
    const kind = row.value.kind === 'forecast' ? 'forecast' : horizon.kind === 'level' ? 'level' : 'figure';
    const reports = own.filter((other): other is FigureRow => other.value.kind === 'figure' && other.id !== row.id && other.value.metric === row.value.metric && !isAhead(other as FigureRow));
    const settled = settle(row, horizon, reports, asOf);
    const later = supersededBy(row, horizon, own);
    const replaced = later !== null && (settled.state === 'open' || (settled.since !== null && compareInstants(later.known.from, settled.since) < 0));
    const judged = replaced ? { ...settled, state: 'superseded' as const, reason: null, since: later.known.from, against: [{ row: later, standing: 'settles' as const }], found: figureOf(later) } : settled;
    // Nothing is known of a claim before it is known itself.
    return [{ row, kind, stillTrue: false, ...judged, since: judged.since && maxInstant(judged.since, row.known.from) }];
  });
}

function settle(row: FigureRow | ForecastRow, horizon: Horizon, reports: readonly FigureRow[], asOf: Instant): Settled {
  switch (horizon.kind) {
    case 'period':
      return settlePeriod(row, horizon, reports, asOf);
    case 'by':
      return settleDeadline(row, horizon, reports, asOf);
    case 'not-before':
      return settleNotBefore(row, horizon, reports, asOf);
    case 'level':
      return settleLevel(row, reports);
    case 'none':
      return open(row.value.value === null ? 'no-figure' : 'nothing-later', figureOf(row));
  }
}

function open(reason: OpenReason, claimed: Interval | null, against: Against[] = [], found: Interval | null = null): Settled {
  return { state: 'open', reason, since: null, against, claimed, found };
}

/** A direction alone has no unit: of a figure in any it says the sign. */
function comparable(row: FigureRow | ForecastRow, report: FigureRow): boolean {
  const own = unitOf(row.value.value);
  return own === undefined || own === unitOf(report.value.value);
}

type Order = (a: FigureRow, b: FigureRow) => number;

/** The most trusted, of those the sharpest, of those the last known. */
const byTrust: Order = (a, b) => b.value.confidence - a.value.confidence || width(a) - width(b) || compareKnown(b, a);

/** The last of a level; of those of one time the most trusted. */
const byTime: Order = (a, b) => compareInstants(b.at, a.at) || b.value.confidence - a.value.confidence || compareKnown(b, a);

/** A report of the period comes before a level in it. */
const inPeriod: Order = (a, b) => Number(isLevel(a)) - Number(isLevel(b)) || (isLevel(a) ? byTime(a, b) : byTrust(a, b));

function width(report: FigureRow): number {
  const found = bounds(report.value.value);
  // Two unbounded ones are equally wide: Infinity − Infinity is no number.
  return found.lo === null || found.hi === null ? Number.MAX_VALUE : found.hi - found.lo;
}

function isLevel(report: FigureRow): boolean {
  return horizonOf(report).kind !== 'period';
}

function pick(reports: readonly FigureRow[], order: Order): FigureRow | null {
  return [...reports].sort(order)[0] ?? null;
}

/** Since when the verdict is what it is now: reports taken in the order in which they were known, each time by the one that decided then. */
function sinceOf(reports: readonly FigureRow[], order: Order, verdict: (deciding: FigureRow) => string): Instant {
  const [first, ...later] = [...reports].sort(compareKnown) as [FigureRow, ...FigureRow[]];
  let deciding = first;
  let said = verdict(deciding);
  let since = deciding.known.from;
  for (const report of later) {
    if (order(report, deciding) >= 0) continue;
    deciding = report;
    if (verdict(report) !== said) since = report.known.from;
    said = verdict(report);
  }
  return since;
}

function standings(row: FigureRow | ForecastRow, deciding: FigureRow, all: readonly FigureRow[]): Against[] {
  const found = bounds(deciding.value.value);
  const others = all.filter((report) => report !== deciding).map((report): Against => ({ row: report, standing: !isTrusted(row, report) ? 'too-weak' : intersect(bounds(report.value.value), found) ? 'agrees' : 'differs' }));
  return [{ row: deciding, standing: 'settles' }, ...others];
}

function weak(row: FigureRow | ForecastRow, all: readonly FigureRow[]): Against[] {
  return all.filter((report) => !isTrusted(row, report)).map((report) => ({ row: report, standing: 'too-weak' }));
}

/** By the reports of the same period; where there is none, by the last level in it, which misses nothing before the period is over. */
function settlePeriod(row: FigureRow | ForecastRow, { from, to }: { from: Instant; to: Instant }, reports: readonly FigureRow[], asOf: Instant): Settled {
  const claimed = figureOf(row);
  const isOver = compareInstants(asOf, to) >= 0;
  const all = reports.filter((report) => comparable(row, report) && ofPeriod(report, from, to));
  const trusted = all.filter((report) => isTrusted(row, report));
  const deciding = pick(trusted, inPeriod);
  if (!deciding) return open(!isOver ? 'not-over' : claimed ? 'nothing-reported' : 'no-figure', claimed, weak(row, all));
  if (!claimed) return open('no-figure', null);
  const found = bounds(deciding.value.value);
  const against = standings(row, deciding, isLevel(deciding) ? all : all.filter((report) => !isLevel(report)));
  const tooEarly = isLevel(deciding) && verdictOf(claimed, found) === 'missed';
  if (tooEarly && !isOver) return open('not-over', claimed, against, found);
  const since = sinceOf(trusted, inPeriod, (report) => verdictOf(claimed, bounds(report.value.value)));
  return decided(claimed, found, against, tooEarly ? maxInstant(to, since) : since);
}

function ofPeriod(report: FigureRow, from: Instant, to: Instant): boolean {
  const horizon = horizonOf(report);
  if (horizon.kind === 'period') return Math.abs(horizon.from.ms - from.ms) <= SAME_END && Math.abs(horizon.to.ms - to.ms) <= SAME_END;
  const when = timeBounds(report.value.occurredAt);
  return when !== null && compareInstants(when.lo, from) >= 0 && compareInstants(when.hi, to) <= 0;
}

function verdictOf(claimed: Interval, found: Interval): 'met' | 'missed' | 'open' {
  return inside(found, claimed) ? 'met' : intersect(found, claimed) ? 'open' : 'missed';
}

function decided(claimed: Interval, found: Interval, against: Against[], since: Instant): Settled {
  const state = verdictOf(claimed, found);
  return { state, reason: state === 'open' ? 'not-decided' : null, since: state === 'open' ? null : since, against, claimed, found };
}

/** A goal by a date: reached at the figure that it names, whenever before; missed when what is reported then is below. */
function settleDeadline(row: FigureRow | ForecastRow, { from, to }: { from: Instant; to: Instant }, reports: readonly FigureRow[], asOf: Instant): Settled {
  const { value } = row.value;
  const passed = compareInstants(asOf, to) >= 0;
  if (value === null) return open(passed ? 'no-figure' : 'not-over', null);
  if (unitOf(value) === 'percent' || unitOf(value) === 'ratio') {
    const changed = settleChange(row, to, reports, passed);
    if (changed) return changed;
  }
  const goal = goalOf(value);
  const own = reports.filter((report) => comparable(row, report) && isTrusted(row, report));
  const reached = own.filter((report) => compareInstants(report.at, to) <= 0 && inside(bounds(report.value.value), goal)).sort(compareKnown)[0];
  if (reached) return { state: 'met', reason: null, since: reached.known.from, against: standings(row, reached, [reached, ...weak(row, reports).map((each) => each.row as FigureRow)]), claimed: goal, found: bounds(reached.value.value) };
  if (!passed) return open('not-over', goal);
  const then = own.filter((report) => compareInstants(timeBounds(report.value.occurredAt)?.hi ?? report.at, from) > 0 && compareInstants(report.at, to) <= 0);
  const deciding = pick(then, byTrust);
  if (!deciding) return open('nothing-reported', goal, weak(row, reports));
  return decided(goal, bounds(deciding.value.value), standings(row, deciding, then), maxInstant(to, deciding.known.from));
}

/** "A billion users by the end of the year" is reached at a billion, not at what rounds to it. */
function goalOf(value: Quantity): Interval {
  const stated = bounds(value);
  if (!('value' in value) || value.as === 'moreThan' || value.as === 'lessThan' || value.as === 'atMost' || value.as === 'order') return stated;
  const exact = bounds({ ...value, as: 'exact' });
  if (!isPoint(exact) || exact.lo === null) return stated;
  return exact.lo < 0 ? interval(null, exact.lo, false, true) : interval(exact.lo, null, true, false);
}

/** A change of a metric that is reported in amounts: from the last report before it was said to the last by the deadline. */
function settleChange(row: FigureRow | ForecastRow, to: Instant, reports: readonly FigureRow[], passed: boolean): Settled | null {
  const claimed = figureOf(row);
  const amounts = reports.filter((report) => isTrusted(row, report) && !comparable(row, report)).sort((a, b) => compareInstants(a.at, b.at));
  const base = amounts.findLast((report) => compareInstants(report.at, row.at) < 0);
  const last = amounts.findLast((report) => compareInstants(report.at, row.at) >= 0 && compareInstants(report.at, to) <= 0);
  if (!claimed || !base || !last) return null;
  const found = add(over(bounds(last.value.value), bounds(base.value.value)), { lo: -1, hi: -1, loClosed: true, hiClosed: true });
  const against: Against[] = [last, base].map((report) => ({ row: report, standing: 'settles' }));
  return passed ? decided(claimed, found, against, maxInstant(to, maxInstant(last.known.from, base.known.from))) : open('not-over', claimed, against, found);
}

/** "No profit before 2029": missed by a report of one before; met when that time comes without one. */
function settleNotBefore(row: FigureRow | ForecastRow, { from }: { from: Instant }, reports: readonly FigureRow[], asOf: Instant): Settled {
  const claimed = figureOf(row) ?? POSITIVE;
  const early = pick(reports.filter((report) => isTrusted(row, report) && comparable(row, report) && compareInstants(horizonEnd(report), from) <= 0 && inside(bounds(report.value.value), claimed)), byTrust);
  if (early) return { state: 'missed', reason: null, since: early.known.from, against: standings(row, early, [early]), claimed, found: bounds(early.value.value) };
  if (compareInstants(asOf, from) < 0) return open('not-over', claimed);
  return { state: 'met', reason: null, since: from, against: [], claimed, found: null };
}

function horizonEnd(report: FigureRow): Instant {
  const horizon = horizonOf(report);
  return horizon.kind === 'period' ? horizon.to : report.at;
}

/** A level stands until a later one excludes it; one that lies inside bears it out. */
function settleLevel(row: FigureRow | ForecastRow, reports: readonly FigureRow[]): Settled {
  const claimed = figureOf(row) as Interval;
  // A report without a time of its own is later than nothing.
  const levels = reports.filter((report) => horizonOf(report).kind === 'level' && timeBounds(report.value.occurredAt) !== null && comparable(row, report) && compareInstants(report.at, row.at) > 0);
  const trusted = levels.filter((report) => isTrusted(row, report));
  const last = pick(trusted, byTime);
  if (!last) return open('nothing-later', claimed, weak(row, levels));
  const verdict = (report: FigureRow): 'met' | 'missed' | 'open' => verdictOf(claimed, bounds(report.value.value));
  const since = sinceOf(trusted, byTime, verdict);
  if (verdict(last) !== 'missed') return { ...decided(claimed, bounds(last.value.value), standings(row, last, levels), since), stillTrue: verdict(last) === 'met' };
  // The last may be of before the claim: only a report that is certainly of later takes its place.
  const certain = trusted.filter((report) => compareInstants(report.from, row.at) >= 0);
  const deciding = pick(certain, byTime);
  if (!deciding || verdict(deciding) !== 'missed') return open('not-decided', claimed, standings(row, last, levels), bounds(last.value.value));
  return { state: 'superseded', reason: null, since: maxInstant(since, sinceOf(certain, byTime, verdict)), against: standings(row, deciding, levels), claimed, found: bounds(deciding.value.value) };
}

/** A later word of the same voice on the same thing, that excludes the earlier one. */
function supersededBy(row: FigureRow | ForecastRow, horizon: Horizon, rows: readonly (FigureRow | ForecastRow)[]): FigureRow | ForecastRow | null {
  if (horizon.kind === 'level') return null;
  const later = rows.filter((other) => other.id !== row.id && other.value.metric === row.value.metric && voiceOf(other) === voiceOf(row) && isTrusted(row, other) && isLater(other, row) && replaces(horizonOf(other), horizon) && saysOtherwise(other, row, horizon));
  return later.sort((a, b) => compareKnown(b, a))[0] ?? null;
}

/** By when it was said, where that is told apart; else by when it was known. */
function isLater(other: Row, row: Row): boolean {
  return (compareInstants(other.at, row.at) || compareInstants(other.known.from, row.known.from)) > 0;
}

/** A plan for a later date does not take the place of a goal for an earlier one. */
function replaces(other: Horizon, own: Horizon): boolean {
  if (other.kind !== own.kind) return false;
  if (other.kind === 'period' && own.kind === 'period') return Math.abs(other.from.ms - own.from.ms) <= SAME_END && Math.abs(other.to.ms - own.to.ms) <= SAME_END;
  return other.kind !== 'by' || own.kind !== 'by' || compareInstants(other.to, own.to) <= 0;
}

function saysOtherwise(other: FigureRow | ForecastRow, row: FigureRow | ForecastRow, horizon: Horizon): boolean {
  const [theirs, own] = [figureOf(other), figureOf(row)];
  const moved = horizonOf(other);
  if ('from' in moved && 'from' in horizon && Math.abs(moved.from.ms - horizon.from.ms) > SAME_END) return true;
  return theirs !== null && own !== null && unitOf(other.value.value) === unitOf(row.value.value) && intersect(own, theirs) === null;
}
