/**
 * The state of a commitment: open until its parties extend, reduce, replace or end it, then superseded, with what it came
 * to. Several reports of one change are one change; several changes are taken one after the other.
 */
import { add, bounds, compareInstants, intersect, maxInstant, minInstant, type Instant, type Interval } from '../events/index.js';
import { isTrusted, unitOf, type AmendmentRow, type CommitmentRow } from './claims.js';
import type { Against, Judged } from './claim-states.js';
import { compareKnown } from './ledger.js';

/** Two ways to write one day differ by this at most. */
const SAME_TIME = 36 * 3_600_000;

/**
 * The most trusted report of the terms stands for the commitment, and of each change the most trusted report for that.
 * @param rows reports of the terms and of changes that the asker sees
 * @returns null where no terms are known by asOf
 */
export function judgeCommitment(rows: readonly (CommitmentRow | AmendmentRow)[], asOf: Instant): Judged | null {
  const then = rows.filter((row) => compareInstants(row.at, asOf) <= 0);
  const made = termsOf(then);
  if (!made) return null;
  const claimed = made.value.amount && bounds(made.value.amount);
  const base = { row: made, kind: 'commitment' as const, stillTrue: false, claimed };
  const amendments = then.filter((row): row is AmendmentRow => row.value.kind === 'amendment');
  const beside = amendments.filter((row) => row.value.change === 'other' || !isTrusted(made, row)).map((row): Against => ({ row, standing: isTrusted(made, row) ? 'other-terms' : 'too-weak' }));
  const changes = changesOf(amendments.filter((row) => row.value.change !== 'other' && isTrusted(made, row)));
  const [first] = changes;
  if (!first) return { ...base, state: 'open', reason: 'nothing-later', since: null, against: beside, found: null };
  const unit = unitOf(made.value.amount);
  const told: Against[] = [];
  let stands = claimed;
  for (const reports of changes) {
    const { against, becomes } = settleChange(reports, stands, unit);
    told.unshift(...against);
    stands = becomes;
  }
  // What settles comes first, the latest change before those that it changed.
  const against = [...told.filter(({ standing }) => standing === 'settles'), ...told.filter(({ standing }) => standing !== 'settles'), ...beside];
  const since = maxInstant(made.known.from, first.map((row) => row.known.from).reduce(minInstant));
  return { ...base, state: 'superseded', reason: null, since, against, found: stands };
}

function termsOf(rows: readonly (CommitmentRow | AmendmentRow)[]): CommitmentRow | null {
  const better = (row: CommitmentRow, found: CommitmentRow): boolean => row.value.confidence > found.value.confidence || (row.value.confidence === found.value.confidence && found.value.duration === null && row.value.duration !== null);
  return rows.filter((row): row is CommitmentRow => row.value.kind === 'commitment').reduce<CommitmentRow | null>((found, row) => (found === null || better(row, found) ? row : found), null);
}

/** Reports grouped by the change that they are of: another one begins where a report is of certainly later. "By a day" is read as that day. */
function changesOf(reports: readonly AmendmentRow[]): AmendmentRow[][] {
  const begins = (row: AmendmentRow): Instant => (Number.isFinite(row.from.ms) ? row.from : row.at);
  const changes: { by: Instant; reports: AmendmentRow[] }[] = [];
  for (const row of [...reports].sort((a, b) => compareInstants(begins(a), begins(b)) || compareInstants(a.at, b.at) || compareKnown(a, b))) {
    const last = changes.at(-1);
    if (last && begins(row).ms - last.by.ms <= SAME_TIME) {
      last.reports.push(row);
      last.by = minInstant(last.by, row.at);
    } else changes.push({ by: row.at, reports: [row] });
  }
  return changes.map((change) => change.reports);
}

/** One change by its reports: the most trusted settles, of those the first known; the others agree with it or differ. */
function settleChange(reports: readonly AmendmentRow[], before: Interval | null, unit: string | undefined): { against: Against[]; becomes: Interval | null } {
  const [deciding, ...others] = [...reports].sort((a, b) => b.value.confidence - a.value.confidence || compareKnown(a, b)) as [AmendmentRow, ...AmendmentRow[]];
  let becomes = becomesBy(deciding, before, unit);
  const against: Against[] = [{ row: deciding, standing: 'settles' }];
  for (const row of others) {
    const other = becomesBy(row, before, unit);
    const both = becomes && other && intersect(becomes, other);
    const same = row.value.change === deciding.value.change && (both !== null || becomes === null || other === null);
    against.push({ row, standing: same ? 'agrees' : 'differs' });
    // A total is coarser than the sum of its parts, or sharper: what agrees narrows.
    if (same) becomes = both ?? becomes ?? other;
  }
  return { against, becomes };
}

/** What the commitment comes to by one report, null where it does not say or says it in another unit; ended, nothing is left to come to. */
function becomesBy({ value: { change, total, added } }: AmendmentRow, before: Interval | null, unit: string | undefined): Interval | null {
  if (change === 'ended') return null;
  if (total && unitOf(total) === unit) return bounds(total);
  return added && before && unitOf(added) === unit ? add(before, bounds(added)) : null;
}
