/** Everything that reconciliation finds on one subject of the market. */
import { bounds, compareInstants, type Quantity } from '../../events/index.js';
import { levels, sharesAt } from '../levels.js';
import type { BarRow } from '../market-value.js';
import type { Row } from '../ledger.js';
import { readRows } from '../reader.js';
import { finding, type Finding, type Piece, type Unchecked } from './finding.js';
import { againstMeasured, claimPiece, foreign, impliedBase, measuredPieces, statements } from './market-claims.js';
import { claimsOf, isPrinted, scheduledWithin, sessionsWithin, type Claimed, type MarketReaders, type Subject } from './market-facts.js';
import { differentMoments, pairs, together } from './market-pairs.js';
import { lastClose, previous, sessionFrom } from './moments.js';
import { minus, over, relate } from './outward.js';

export interface MarketFindings {
  findings: Finding[];
  unchecked: Unchecked[];
}

export function marketFindings(readers: MarketReaders, subject: Subject, announcement: string): MarketFindings {
  const claims = claimsOf(readers, subject, announcement);
  const abroad = claims.filter((claim) => claim.currency !== null && subject.currency !== null && claim.currency !== subject.currency);
  const own = claims.filter((claim) => !abroad.includes(claim));
  const measured = own.map((claim) => againstMeasured(readers, subject, claim));
  const findings = [...measured.flatMap((each) => each.findings), ...statements(own).flatMap((statement) => impliedBase(readers, subject, statement))];
  for (const group of [own, ...byCurrency(abroad)]) {
    const among: Subject = group === own ? subject : { ...subject, currency: group[0]?.currency ?? null, priced: false };
    const told = pairs(readers, among, group).filter((pair) => !findings.some((other) => other.verdict === 'conflict' && pair.verdict === 'conflict' && samePieces(pair, other)));
    findings.push(...told, ...together(readers, among, group, [...findings, ...told]));
  }
  findings.push(...abroad.map((claim) => foreign(subject, claim)), ...differentMoments(readers, subject, own), ...own.flatMap((claim) => record(readers, subject, claim)), ...counts(readers, subject), ...dayBefore(readers, subject, own));
  return { findings, unchecked: measured.flatMap((each) => each.unchecked) };
}

function byCurrency(claims: readonly Claimed[]): Claimed[][] {
  const groups = new Map<string, Claimed[]>();
  for (const claim of claims) groups.set(claim.currency ?? '', [...(groups.get(claim.currency ?? '') ?? []), claim]);
  return [...groups.values()];
}

function samePieces(a: Finding, b: Finding): boolean {
  const ids = (found: Finding): string => JSON.stringify(found.pieces.filter((piece) => piece.role === 'claim').map((piece) => piece.row.id).sort());
  return ids(a) === ids(b);
}

/** "A record high" is held against every session stored before it. */
function record(readers: MarketReaders, subject: Subject, claim: Claimed): Finding[] {
  const { note } = claim.row.value;
  const said = note === undefined ? null : /\b(?:record|all-time)[ -](high|low)\b/i.exec(note)?.[1]?.toLowerCase();
  const [instrument = ''] = subject.instruments;
  const { sessions } = sessionsWithin(readers, subject, claim.moment);
  const [first] = sessions;
  if (!said || !first || subject.instruments.length !== 1) return [];
  const side = (bar: BarRow): number => (said === 'high' ? bar.value.high : bar.value.low) ?? bar.value.close;
  const sign = said === 'high' ? 1 : -1;
  const extreme = (bars: readonly BarRow[]): BarRow | null => bars.reduce<BarRow | null>((best, bar) => (best === null || sign * side(bar) > sign * side(best) ? bar : best), null);
  const earlier = levels(readers.market, instrument, { upTo: first.open }).map((level) => level.bar);
  const before = extreme(earlier);
  const then = extreme(sessions.map((session) => session.bar));
  if (!before || !then) return [];
  const pieces: Piece[] = [claimPiece(claim, `a record ${said}`), ...measuredPieces([then, before].map((row) => ({ id: row.id, variable: 'P1', allowed: { lo: null, hi: null, loClosed: false, hiClosed: false }, firm: true, rows: [row] })))];
  return [
    finding('record', subject.key, sign * side(then) > sign * side(before) ? 'agree' : 'conflict', pieces, {
      named: { side: said, reached: side(then), date: then.value.date, before: side(before), beforeDate: before.value.date, since: earlier[0]?.value.date ?? '' },
    }),
  ];
}

/** Counts of shares of other bases, and reports of one filing. */
function counts(readers: MarketReaders, subject: Subject): Finding[] {
  const [instrument = ''] = subject.instruments;
  if (subject.instruments.length !== 1) return [];
  type Count = Row & { value: { shares: Quantity; basis: string; filing?: string | undefined; timed: boolean } };
  const rows = (readRows(readers.market, `shares:${instrument}`) as Count[]).filter((row) => compareInstants(row.at, readers.asOf) <= 0);
  const piece = (row: Count): Piece => ({ role: 'measured', row, also: [], reach: 1, witnesses: 1, status: 'certain', text: `${row.value.basis} shares`, when: null, note: row.value.filing ?? null });
  const compared = (a: Count, b: Count): Finding['compared'] => ({ variable: 'S0', unit: 'shares', stated: bounds(a.value.shares), implied: bounds(b.value.shares) });
  return rows.flatMap((a, i): Finding[] => {
    if (a.value.basis !== 'total') {
      const total = sharesAt(readers.market, instrument, a.at)?.row as Count | undefined;
      return total ? [finding('shares', subject.key, 'incomparable', [piece(a), piece(total)], { reason: 'share-basis', compared: compared(a, total), named: { basis: a.value.basis } })] : [];
    }
    return rows.slice(i + 1).flatMap((b): Finding[] => {
      if (b.value.basis !== 'total') return [];
      const oneFiling = a.value.filing !== undefined && a.value.filing === b.value.filing;
      const oneDate = a.value.timed && b.value.timed && compareInstants(a.at, b.at) === 0;
      if (!oneFiling && !oneDate) return [];
      const verdict = relate(bounds(a.value.shares), bounds(b.value.shares));
      return [finding('shares', subject.key, verdict, [piece(a), piece(b)], { compared: compared(a, b), named: { oneFiling: oneFiling ? 1 : 0 } })];
    });
  });
}

/**
 * A move of the session before the announcement is easily taken for the reaction: told where something else was scheduled for
 * it, or where it is the larger one.
 */
function dayBefore(readers: MarketReaders, subject: Subject, claims: readonly Claimed[]): Finding[] {
  const { market, anchor, asOf } = readers;
  const [instrument = ''] = subject.instruments;
  const from = anchor.range && (Number.isFinite(anchor.range.from.ms) ? anchor.range.from : anchor.range.to);
  const close = from && lastClose(subject.calendar, from);
  const day = close && sessionFrom(subject.calendar, { ms: close.ms - 1, ns: 0 });
  const after = close && sessionFrom(subject.calendar, close);
  const prior = day && previous(subject.calendar, day.date);
  if (!close || !day || !after || !prior || subject.instruments.length !== 1 || compareInstants(after.close, asOf) > 0) return [];
  // Only where something is claimed of the day of the reaction.
  if (!claims.some((claim) => sessionsWithin(readers, subject, claim.moment).sessions[0]?.bar.value.date === after.date)) return [];
  const bars = levels(market, instrument, { after: { ms: prior.close.ms - 1, ns: 0 }, upTo: after.close }).map((level) => level.bar);
  const [first, base, reaction] = bars;
  if (bars.length !== 3 || !first || !base || !reaction || !isPrinted(base)) return [];
  const change = (a: BarRow, b: BarRow): Finding['needed'] => over(minus(exactly(b.value.close), exactly(a.value.close)), exactly(a.value.close));
  const others = scheduledWithin(readers, subject, prior.close, close);
  if (others.length === 0 && Math.abs(base.value.close / first.value.close - 1) <= Math.abs(reaction.value.close / base.value.close - 1)) return [];
  return [
    finding('before', subject.key, 'different-moments', measuredPieces([first, base, reaction].map((row) => ({ id: row.id, variable: 'P1', allowed: exactly(row.value.close), firm: true, rows: [row] }))).concat(others), {
      named: { date: base.value.date, reactionDate: reaction.value.date, first: first.value.close, base: base.value.close },
      spans: { before: change(first, base), after: change(base, reaction) },
      times: { publicFrom: from },
    }),
  ];
}

function exactly(x: number): { lo: number; hi: number; loClosed: true; hiClosed: true } {
  return { lo: x, hi: x, loClosed: true, hiClosed: true };
}
