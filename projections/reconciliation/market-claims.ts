/** Each claim on a subject against what was measured at its own moment, and what several claims of one report imply together. */
import { compareInstants, type Instant, type Interval } from '../../events/index.js';
import { levelAt } from '../levels.js';
import type { BarRow } from '../market-value.js';
import { finding, hold, type Finding, type Piece, type SessionReading, type Unchecked } from './finding.js';
import { aliased, marketNetwork, measuredBase, measuredMoment, momentKey, once, sessionsWithin, sharesAtMoment, isPrinted, type Claimed, type ClaimFact, type MarketReaders, type MeasuredFact, type Subject } from './market-facts.js';
import { sessionFrom } from './moments.js';
import { gapBetween, POSITIVE, relate, sameInterval } from './outward.js';
import { impliedBy, minimalConflict, relaxationsOf, valuesBy, type Fact, type Network } from './propagate.js';

/** A subject's network at one base and moment, and what was measured of it. */
export interface Setting {
  network: Network;
  oneCount: boolean;
  base: MeasuredFact[];
  shares: MeasuredFact[];
  moment: MeasuredFact[];
}

export function settingOf(readers: MarketReaders, subject: Subject, claim: Pick<Claimed, 'base' | 'moment'>): Setting {
  return once(readers, `setting ${subject.key} ${subject.priced} ${claim.base?.key} ${momentKey(claim.moment)}`, () => makeSetting(readers, subject, claim));
}

function makeSetting(readers: MarketReaders, subject: Subject, claim: Pick<Claimed, 'base' | 'moment'>): Setting {
  const later = sharesAtMoment(readers, subject, claim.base, claim.moment);
  const measured = measuredBase(readers, subject, claim.base);
  const before = measured.filter((fact) => fact.variable !== 'S0');
  const counts = [...measured.filter((fact) => fact.variable === 'S0'), ...later];
  const oneCount = counts.length < 2;
  return { network: marketNetwork(oneCount), oneCount, base: aliased(before, oneCount), shares: aliased(counts, oneCount), moment: aliased(measuredMoment(readers, subject, claim.moment), oneCount) };
}

export function claimPiece(claim: Claimed, text = claim.facts.map((fact) => fact.text).join(claim.row.value.kind === 'value' ? ' at ' : ' to ')): Piece {
  return { role: 'claim', row: claim.row, also: claim.also, reach: claim.reach, witnesses: claim.witnesses, status: claim.status, text, when: claim.row.value.to, note: claim.row.value.note ?? null };
}

export function measuredPieces(facts: readonly Fact[]): Piece[] {
  const seen = new Set<string>();
  return facts.flatMap((fact) => {
    const { rows, shares } = fact as MeasuredFact;
    return (rows ?? []).flatMap((row): Piece[] => {
      if (seen.has(row.id)) return [];
      seen.add(row.id);
      const bar = (row as BarRow).value;
      const text = 'close' in bar ? `${bar.date}: close ${bar.close}${bar.high === undefined || bar.low === undefined ? '' : `, ${bar.low} to ${bar.high} in the session`}` : `shares outstanding${shares ? `, counted ${shares.ageDays} days before` : ''}`;
      return [{ role: 'measured', row, also: [], reach: 1, witnesses: 1, status: 'certain', text, when: null, note: null }];
    });
  });
}

export function unitOf(variable: string, subject: Subject, claim?: Claimed): string {
  if (variable === 'r' || variable === 'R') return 'ratio';
  if (variable.startsWith('S')) return 'shares';
  const quantity = claim?.facts.find((fact) => fact.variable === variable)?.quantity;
  return claim?.currency ?? subject.currency ?? (quantity && 'unit' in quantity && quantity.unit !== undefined ? quantity.unit : 'points');
}

/** A claim against the close, or the range of the sessions, of its own moment. */
export function againstMeasured(readers: MarketReaders, subject: Subject, claim: Claimed): { findings: Finding[]; unchecked: Unchecked[] } {
  const unknown = (reason: Unchecked['reason']): { findings: Finding[]; unchecked: Unchecked[] } => ({ findings: [], unchecked: [{ subject: subject.key, piece: claimPiece(claim), reason }] });
  const changes = claim.facts.some((fact) => ['r', 'R', 'D'].includes(fact.variable));
  if (changes && !claim.base) return { findings: [finding('measured', subject.key, 'incomparable', [claimPiece(claim)], { reason: 'base' })], unchecked: [] };
  const setting = settingOf(readers, subject, claim);
  const measured = [...setting.base, ...setting.shares, ...setting.moment];
  if (unprinted(readers, subject, claim)) return { findings: [finding('measured', subject.key, 'incomparable', [claimPiece(claim)], { reason: 'adjustment' })], unchecked: [] };
  const { sessions, complete } = sessionsWithin(readers, subject, claim.moment);
  const covered = (claim.moment.inSessions && complete) || (claim.moment.instant && setting.moment.length > 0) || subject.instruments.length > 1;
  const findings = aliased(claim.facts, setting.oneCount).flatMap((fact): Finding[] => {
    const held = setting.moment.length > 0 ? hold(setting.network, fact, measured) : null;
    if (!held || !held.support.some((one) => one.variable === 'P1' || one.variable === 'V1')) return [];
    // Outside regular hours prices were not measured: the moment may lie there.
    const elsewhere = held.verdict === 'conflict' && !covered;
    const readings = readingsOf(readers, subject, claim, fact, setting);
    const needed = ['r', 'R', 'D'].includes(fact.variable) ? impliedBy(setting.network, [...setting.base, ...setting.shares, fact], 'P1') : null;
    return [
      finding('measured', subject.key, elsewhere ? 'different-moments' : held.verdict, [claimPiece(claim, fact.text), ...measuredPieces(held.support)], {
        reason: covered ? null : 'outside-hours',
        compared: { variable: fact.variable, unit: unitOf(fact.variable, subject, claim), stated: fact.allowed, implied: held.implied },
        steps: held.steps,
        relaxations: elsewhere ? [] : held.relaxations,
        readings,
        needed: needed && !sameInterval(needed.value, POSITIVE) ? needed.value : null,
        named: { sessions: sessions.length },
        spans: { base: setting.base[0]?.allowed ?? null },
      }),
    ];
  });
  if (findings.length > 0) return { findings, unchecked: [] };
  return unknown(setting.moment.length > 0 ? 'base-not-measured' : sessions.length > 0 || claim.moment.inSessions || claim.moment.instant ? 'not-measured' : 'outside-hours');
}

function unprinted(readers: MarketReaders, subject: Subject, claim: Claimed): boolean {
  const { sessions } = sessionsWithin(readers, subject, claim.moment);
  return sessions.some((session) => !isPrinted(session.bar)) || (claim.base?.level !== null && claim.base?.level !== undefined && !isPrinted(claim.base.level.bar));
}

/** Of which of the measured prices of its first session a claim is true. */
export function readingsOf(readers: MarketReaders, subject: Subject, claim: Claimed, fact: ClaimFact, setting: Setting): SessionReading[] {
  const { sessions } = sessionsWithin(readers, subject, claim.moment);
  const first = sessions[0] ?? firstAfter(readers, subject, claim.moment.lo ?? claim.moment.hi);
  if (!first) return [];
  const { bar, open, close } = first;
  const prices = [['open', bar.value.open, open], ['high', bar.value.high, null], ['low', bar.value.low, null], ['close', bar.value.close, close]] as const;
  const bare = valuesBy(setting.network, []);
  return prices.flatMap(([at, price, time]): SessionReading[] => {
    if (price === undefined) return [];
    const measured: Fact[] = [...setting.base, ...setting.shares, { id: `reading:${at}`, variable: 'P1', allowed: { lo: price, hi: price, loClosed: true, hiClosed: true }, firm: true }];
    const values = valuesBy(setting.network, measured);
    // What nothing measured had a part in says nothing of the claim.
    const implied = values && bare && !sameInterval(values(fact.variable), bare(fact.variable)) ? values(fact.variable) : null;
    const valueChange = setting.base.length > 0 && setting.shares.length > 0 ? (values?.('D') ?? null) : null;
    return [
      {
        row: bar,
        date: bar.value.date,
        point: at,
        price,
        inWindow: time ? inWindow(claim, time) : sessions.length > 0,
        change: setting.base.length > 0 ? (values?.('r') ?? null) : null,
        valueChange,
        gap: implied && (gapBetween(fact.allowed, implied)?.size ?? null),
        holds: implied && relate(fact.allowed, implied) !== 'conflict',
      },
    ];
  });
}

function inWindow({ moment }: Claimed, time: Instant): boolean {
  return (moment.lo === null || compareInstants(moment.lo, time) <= 0) && (moment.hi === null || compareInstants(time, moment.hi) <= 0);
}

function firstAfter(readers: MarketReaders, subject: Subject, moment: Instant | null): { bar: BarRow; open: Instant; close: Instant } | null {
  const [instrument = ''] = subject.instruments;
  const session = moment && sessionFrom(subject.calendar, moment);
  if (!session || subject.instruments.length !== 1 || compareInstants(session.close, readers.asOf) > 0) return null;
  const level = levelAt(readers.market, instrument, session.close);
  return level && compareInstants(level.bar.at, session.close) === 0 ? { bar: level.bar, open: session.open, close: session.close } : null;
}

/** Claims of one document at one moment and base are one statement. */
export function statements(claims: readonly Claimed[]): Claimed[][] {
  const groups = new Map<string, Claimed[]>();
  for (const claim of claims) {
    const { document, address } = claim.row.value.source;
    const key = JSON.stringify([document, address ?? null, claim.moment.key, claim.base?.key ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups.values()];
}

/**
 * What a statement implies of where its change began, and of the number of shares: held against the measured close and
 * count, which supersede it.
 */
export function impliedBase(readers: MarketReaders, subject: Subject, statement: readonly Claimed[]): Finding[] {
  const [first] = statement;
  if (!first) return [];
  const setting = settingOf(readers, subject, first);
  const facts = statement.flatMap((claim) => aliased(claim.facts, setting.oneCount));
  const pieces = statement.map((claim) => claimPiece(claim));
  const variable = facts.some((fact) => fact.variable === 'P1') || !facts.some((fact) => fact.variable === 'D' || fact.variable === 'V1') ? 'P0' : 'V0';
  const found: Finding[] = [];
  const against = (of: string, given: readonly Fact[], measured: readonly MeasuredFact[]): void => {
    const own = impliedBy(setting.network, given, of);
    const theirs = impliedBy(setting.network, measured, of);
    if (!own || !theirs || sameInterval(own.value, POSITIVE) || sameInterval(theirs.value, POSITIVE)) return;
    const fact: Fact = { id: `derived:${of}`, variable: of, allowed: own.value, firm: false };
    const held = hold(setting.network, fact, measured);
    if (!held) return;
    const conflict = held.verdict === 'conflict' ? minimalConflict(setting.network, [...measured, ...setting.shares, ...facts]) : null;
    found.push(
      finding(of === 'S0' ? 'shares' : 'base', subject.key, held.verdict, [...pieces, ...measuredPieces(held.support)], {
        compared: { variable: of, unit: unitOf(of, subject, first), stated: own.value, implied: held.implied },
        steps: [...own.steps, ...held.steps],
        relaxations: conflict ? relaxationsOf(setting.network, conflict) : [],
        readings: readingsOf(readers, subject, statement.at(-1) as Claimed, facts.at(-1) as ClaimFact, setting),
        spans: { base: setting.base[0]?.allowed ?? null, count: setting.shares[0]?.allowed ?? null, valueBefore: bounded(impliedBy(setting.network, [...setting.base, ...setting.shares], 'V0')) },
      }),
    );
  };
  if (facts.length > 1 && first.base) against(variable, [...facts, ...setting.shares], [...setting.base, ...(variable === 'V0' ? setting.shares : [])]);
  if (facts.length > 1) against('S0', facts, setting.shares);
  return found;
}

export function bounded(implied: ReturnType<typeof impliedBy>): Interval | null {
  return implied && implied.value.hi !== null ? implied.value : null;
}

/** A claim in another currency than the prices: no exchange rate is among the facts. */
export function foreign(subject: Subject, claim: Claimed): Finding {
  return finding('measured', subject.key, 'incomparable', [claimPiece(claim)], { reason: 'currency', named: { currency: claim.currency ?? '', own: subject.currency ?? '' } });
}
