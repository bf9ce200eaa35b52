/** Claims on one subject against each other: in pairs that can be of one moment, and all together. */
import { compareInstants, type Interval, type Session } from '../../events/index.js';
import { compareText } from '../ledger.js';
import { finding, hold, type Finding, type Held, type Piece } from './finding.js';
import { bounded, claimPiece, measuredPieces, readingsOf, settingOf, unitOf } from './market-claims.js';
import { aliased, scheduledWithin, type Claimed, type ClaimFact, type MarketReaders, type MeasuredFact, type Subject } from './market-facts.js';
import { sameness, sessionFrom, type Base } from './moments.js';
import { POSITIVE, sameInterval } from './outward.js';
import { impliedBy, minimalConflict, relaxationsOf, type Fact, type Network, type Relation } from './propagate.js';

/** Every two claims that can speak of one change. Different stated periods are left to differentMoments. */
export function pairs(readers: MarketReaders, subject: Subject, claims: readonly Claimed[]): Finding[] {
  return claims.flatMap((a, i) => claims.slice(i + 1).flatMap((b) => pair(readers, subject, a, b) ?? []));
}

function pair(readers: MarketReaders, subject: Subject, a: Claimed, b: Claimed): Finding | null {
  const [of, against] = rank(a) <= rank(b) ? [a, b] : [b, a];
  const pieces = [claimPiece(of), claimPiece(against)];
  const same = sameness(a.moment, b.moment, oneDocument(a, b));
  if (same === 'different') return null;
  if (isChange(a) && isChange(b)) {
    // A beginning that is not said was told of the claim itself.
    if (!a.base || !b.base) return null;
    const unlike = unlikeBases(a.base, b.base);
    // A relative time that only may be the other's is no reason to list what can't be compared.
    if (unlike) return a.moment.key === b.moment.key ? finding('claims', subject.key, unlike.verdict, pieces, { reason: unlike.verdict === 'incomparable' ? 'base' : null }) : null;
  }
  const setting = settingOf(readers, subject, { base: of.base ?? against.base, moment: of.moment.stated ? of.moment : against.moment });
  const measured = [...setting.base, ...setting.shares];
  const facts = (claim: Claimed): ClaimFact[] => aliased(claim.facts, setting.oneCount);
  const attempts = [[of, against], [against, of]] as const;
  for (const [one, other] of attempts) {
    const [fact] = facts(one);
    if (!fact) continue;
    const held = hold(setting.network, fact, [...measured, ...facts(other)]);
    if (!held || !restsOn(held, other) || saysNothing(held.implied)) continue;
    if (held.verdict === 'conflict' && same === 'can') {
      if (!a.moment.stated || !b.moment.stated) return null;
      return finding('claims', subject.key, 'different-moments', pieces, { reason: 'values-differ', compared: compared(fact, held.implied, subject, one) });
    }
    return finding('claims', subject.key, held.verdict, [claimPiece(one), claimPiece(other), ...measuredPieces(held.support)], {
      compared: compared(fact, held.implied, subject, one),
      steps: held.steps,
      relaxations: held.relaxations,
      readings: isChange(one) ? readingsOf(readers, subject, one, fact, setting) : [],
      spans: { valueBefore: bounded(impliedBy(setting.network, measured, 'V0')) },
    });
  }
  return null;
}

function compared(fact: ClaimFact, implied: Interval, subject: Subject, claim: Claimed): Finding['compared'] {
  return { variable: fact.variable, unit: unitOf(fact.variable, subject, claim), stated: fact.allowed, implied };
}

function restsOn(held: Held, claim: Claimed): boolean {
  return held.support.some((fact) => claim.facts.some((own) => own.id === fact.id));
}

function saysNothing(implied: Interval): boolean {
  return (implied.lo === null && implied.hi === null) || sameInterval(implied, POSITIVE);
}

function isChange(claim: Claimed): boolean {
  return claim.facts.some((fact) => fact.variable === 'r' || fact.variable === 'R' || fact.variable === 'D');
}

/** Which of two claims the comparison is made in the units of: a change in currency before a relative one, and that before a level. */
function rank({ facts: [fact] }: Claimed): number {
  return fact?.variable === 'D' ? 0 : fact?.variable === 'r' || fact?.variable === 'R' ? 1 : 2;
}

function oneDocument(a: Claimed, b: Claimed): boolean {
  const of = (claim: Claimed): string => JSON.stringify([claim.row.value.source.document, claim.row.value.source.address ?? null]);
  return of(a) === of(b);
}

/** `incomparable`: measured from different kinds of beginnings; `different-moments`: from different closes. */
function unlikeBases(a: Base, b: Base): { verdict: 'incomparable' | 'different-moments' } | null {
  if (a.key === b.key) return null;
  return { verdict: (a.kind === 'open') === (b.kind === 'open') && a.at && b.at ? 'different-moments' : 'incomparable' };
}

/** Claims of one change at different moments of one session: said together, once, so that nobody holds them against each other. */
export function differentMoments(readers: MarketReaders, subject: Subject, claims: readonly Claimed[]): Finding[] {
  const groups = new Map<string, Claimed[]>();
  for (const claim of claims) {
    const session = dayOf(claim, subject);
    if (!session || (isChange(claim) && !claim.base)) continue;
    groups.set(session.date, [...(groups.get(session.date) ?? []), claim]);
  }
  return [...groups].flatMap(([date, day]): Finding[] => {
    const bases = new Set(day.flatMap((claim) => claim.base?.key ?? []));
    return [...bases].flatMap((key): Finding[] => {
      const members = day.filter((claim) => claim.base?.key === key || (!claim.base && claim.facts[0]?.variable === 'P1'));
      const [first] = members.filter(isChange);
      if (!first || new Set(members.map((claim) => claim.moment.key)).size < 2) return [];
      const setting = settingOf(readers, subject, first);
      // All on one scale: the change from the base.
      const changes = members.map((claim) => {
        const implied = impliedBy(setting.network, [...setting.base, ...setting.shares, ...aliased(claim.facts, setting.oneCount)], 'r');
        return [claim.row.id, implied && (implied.value.lo !== null || implied.value.hi !== null) ? implied.value : null] as const;
      });
      const [session] = members.flatMap((claim) => dayOf(claim, subject) ?? []);
      const others = first.base?.at && session ? scheduledWithin(readers, subject, first.base.at, session.close) : [];
      const pieces: Piece[] = [...members.map((claim) => claimPiece(claim)), ...measuredPieces(setting.base), ...others];
      const readings = readingsOf(readers, subject, first, first.facts[0] as ClaimFact, setting);
      return [finding('moments', subject.key, 'different-moments', pieces, { readings, named: { date }, spans: { base: setting.base[0]?.allowed ?? null, ...Object.fromEntries(changes) } })];
    });
  });
}

/** The session that a claim's moment lies in, before or after; null for periods that go on into the next one. */
function dayOf({ moment }: Claimed, subject: Subject): Session | null {
  const at = moment.lo ?? moment.hi;
  const session = at && sessionFrom(subject.calendar, moment.instant ? { ms: at.ms - 1, ns: 0 } : at);
  const next = session && sessionFrom(subject.calendar, session.close);
  if (!session || !next || !moment.stated || !moment.hi) return session;
  return compareInstants(moment.hi, next.open) <= 0 ? session : null;
}

/**
 * All claims together, each moment with variables of its own and one beginning for those that share it: conflicts that
 * no pair shows. What was reported already is not reported again.
 */
export function together(readers: MarketReaders, subject: Subject, claims: readonly Claimed[], reported: readonly Finding[]): Finding[] {
  const { network, facts, owner } = wholeNetwork(readers, subject, claims);
  const found: Finding[] = [];
  const trust = (fact: Fact): number => owner.get(fact.id)?.row.value.confidence ?? 1;
  // To find the next conflict, the least trusted figure of a known one is set aside.
  const weakest = (soft: readonly Fact[]): Fact | undefined => [...soft].sort((a, b) => trust(a) - trust(b) || compareText(b.id, a.id))[0];
  let left = facts;
  const setAside = (soft: readonly Fact[]): void => {
    const fact = weakest(soft);
    left = left.filter((other) => other.id !== fact?.id);
  };
  for (const conflict of reported.filter((each) => each.verdict === 'conflict')) {
    const ids = new Set(conflict.relaxations.map((relaxation) => relaxation.fact.id));
    if (!left.some((fact) => !fact.firm && ids.has(fact.id))) continue;
    setAside(left.filter((fact) => !fact.firm && ids.has(fact.id)));
  }
  for (;;) {
    const conflict = minimalConflict(network, left);
    const soft = conflict?.filter((fact) => !fact.firm) ?? [];
    if (!conflict || soft.length === 0) return found;
    const members = [...new Set(soft.map((fact) => owner.get(fact.id) as Claimed))];
    const relaxations = relaxationsOf(network, conflict);
    const [least] = relaxations;
    found.push(
      finding('claims', subject.key, 'conflict', [...members.map((claim) => claimPiece(claim)), ...measuredPieces(conflict.filter((fact) => fact.firm))], {
        compared: least ? { variable: baseName(least.fact.variable), unit: unitOf(baseName(least.fact.variable), subject, owner.get(least.fact.id)), stated: least.fact.allowed, implied: least.implied.value } : null,
        steps: least?.implied.steps ?? [],
        relaxations,
      }),
    );
    setAside(soft);
  }
}

/** What belongs to a beginning, whatever moment is compared with it, and what to a moment, whatever it is compared with. */
const BASE_NAMES = new Set(['P0', 'V0', 'S0']);
const MOMENT_NAMES = new Set(['P1', 'V1']);

/** The variable without the number of its moment. */
function baseName(variable: string): string {
  return variable.split('@')[0] ?? variable;
}

function wholeNetwork(readers: MarketReaders, subject: Subject, claims: readonly Claimed[]): { network: Network; facts: Fact[]; owner: Map<string, Claimed> } {
  const relations: Relation[] = [];
  const natural = new Map<string, Interval>();
  const facts = new Map<string, Fact>();
  const owner = new Map<string, Claimed>();
  const done = new Set<string>();
  for (const claim of claims) {
    if (isChange(claim) && !claim.base) continue;
    const { document, address } = claim.row.value.source;
    const moment = claim.moment.instant ? claim.moment.key : JSON.stringify([claim.moment.key, document, address ?? null]);
    const base = claim.base?.key ?? `none ${moment}`;
    const setting = settingOf(readers, subject, claim);
    const name = (variable: string): string => (variable === 'one' ? variable : BASE_NAMES.has(variable) ? `${variable}@${base}` : MOMENT_NAMES.has(variable) ? `${variable}@${moment}` : `${variable}@${base}@${moment}`);
    if (!done.has(`${base}@${moment}`)) {
      done.add(`${base}@${moment}`);
      relations.push(...setting.network.relations.map(({ kind, a, b, c }) => ({ kind, a: name(a), b: name(b), c: name(c) })));
      for (const [variable, allowed] of setting.network.natural) natural.set(name(variable), allowed);
    }
    const within: MeasuredFact[] = claim.moment.inSessions || claim.moment.instant ? setting.moment : [];
    for (const fact of [...setting.base, ...setting.shares, ...within, ...aliased(claim.facts, setting.oneCount)]) {
      const variable = name(fact.variable);
      facts.set(`${fact.id} ${variable}`, { ...fact, variable });
    }
    for (const fact of claim.facts) owner.set(fact.id, claim);
  }
  const ordered = [...facts.values()].sort((a, b) => Number(b.firm) - Number(a.firm) || compareText(a.id, b.id));
  return { network: { relations: relations.sort((x, y) => compareText(JSON.stringify(x), JSON.stringify(y))), natural }, facts: ordered, owner };
}
