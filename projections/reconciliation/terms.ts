/** What was announced: amounts, durations and paces that reports give, held against each other. */
import { add, bounds, describeQuantity, multiply, point, type Instant, type Interval, type Quantity } from '../../events/index.js';
import { compareKnown, compareText, type Row } from '../ledger.js';
import { readRows, statusAt, type Reader } from '../reader.js';
import { findAnnouncement, type EffectRow, type MadeRow } from '../timeline.js';
import { finding, hold, type Finding, type Piece } from './finding.js';
import { POSITIVE } from './outward.js';
import type { Fact, Network } from './propagate.js';

type TermVariable = 'amount' | 'years' | 'pace';

interface Term extends Fact {
  variable: TermVariable;
  currency: string | null;
  row: MadeRow | EffectRow;
  text: string;
  status: Piece['status'];
}

/** amount = pace × years. */
const NETWORK: Network = { relations: [{ kind: 'product', a: 'pace', b: 'years', c: 'amount' }], natural: new Map([['amount', POSITIVE], ['years', POSITIVE], ['pace', POSITIVE]]) };

const DAY = 86_400_000;

/** Every term that the reports of an announcement state; figures of its effects where they are of the commitment itself. */
function termsOf(reader: Reader, announcement: string, asOf: Instant): Term[] {
  const made = readRows(reader, `announcement:${announcement}`) as MadeRow[];
  const effects = readRows(reader, `effect:${announcement}`) as EffectRow[];
  const parties = new Set(made.flatMap((row) => row.value.parties.map((party) => party.entity)));
  return [...made.flatMap(termsOfMade), ...effects.flatMap((row) => termOfEffect(row, statusAt(row, asOf), parties))];
}

function termsOfMade(row: MadeRow): Term[] {
  const { commitment } = row.value;
  const term = (variable: TermVariable, allowed: Interval, text: string, currency: string | null = null): Term => ({ id: `${row.id}:${variable}`, variable, allowed, firm: false, currency, row, text, status: 'certain' });
  const terms: Term[] = [];
  if (commitment) terms.push(term('amount', bounds(commitment.amount), describeQuantity(commitment.amount), unitOf(commitment.amount)));
  const years = commitment?.duration === undefined ? null : yearsOf(commitment.duration);
  if (years) terms.push(term('years', years, commitment?.duration ?? ''));
  if (Number.isFinite(row.from.ms) && Number.isFinite(row.until.ms)) {
    // Both ends may have been given as months: the span between them may be shorter by that much.
    const days = (row.until.ms - row.from.ms) / DAY;
    terms.push({ ...term('years', { lo: Math.max(0, days - 62) / 366, hi: days / 365, loClosed: true, hiClosed: true }, 'from its start to its end'), id: `${row.id}:span` });
  }
  return terms;
}

/** A metric or forecast named `commitment…`, or an amount between the parties; `USD/year` is a pace, `years` a duration. */
function termOfEffect(row: EffectRow, status: Piece['status'] | null, parties: ReadonlySet<string>): Term[] {
  const { type, data } = row.value;
  const ofParties = parties.has(String(data['entity'])) && (type !== 'RelationshipDisclosed' || parties.has(String(data['other'])));
  const named = type === 'RelationshipDisclosed' || ((type === 'MetricReported' || type === 'ForecastMade') && /^commitment\b/.test(String(data['metric'])));
  const quantity = (type === 'RelationshipDisclosed' ? data['amount'] : data['value']) as Quantity | undefined;
  if (status === null || !ofParties || !named || quantity === undefined || quantity.as === 'direction') return [];
  const term = (variable: TermVariable, currency: string | null, factor = 1): Term => ({ id: `${row.id}:${variable}`, variable, allowed: factor === 1 ? bounds(quantity) : multiply(bounds(quantity), point(factor)), firm: false, currency, row, text: describeQuantity(quantity), status });
  if (/^[A-Z]{3}$/.test(quantity.unit)) return [term('amount', quantity.unit)];
  const pace = /^([A-Z]{3})(?:\/| a | per )year$/.exec(quantity.unit);
  if (pace) return [term('pace', pace[1] ?? null)];
  if (/^years?$/.test(quantity.unit)) return [term('years', null)];
  return /^months?$/.test(quantity.unit) ? [term('years', null, 1 / 12)] : [];
}

function unitOf(quantity: Quantity): string | null {
  return 'unit' in quantity && quantity.unit !== undefined ? quantity.unit : null;
}

/** Years of an ISO 8601 duration. A year has 365 or 366 days. */
export function yearsOf(duration: string): Interval | null {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?$/.exec(duration);
  if (!match) return null;
  const [years, months, weeks, days] = match.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number];
  const loose = weeks * 7 + days;
  const whole = point((years * 12 + months) / 12);
  return loose === 0 ? whole : add(whole, { lo: loose / 366, hi: loose / 365, loClosed: true, hiClosed: true });
}

/** What the terms that views go by make a year, or null. */
export function paceOf(made: MadeRow | null): Interval | null {
  const commitment = made?.value.commitment;
  const years = commitment?.duration === undefined ? null : yearsOf(commitment.duration);
  if (!commitment || !years) return null;
  const held = hold(NETWORK, { id: 'pace', variable: 'pace', allowed: POSITIVE, firm: false }, [
    { id: 'amount', variable: 'amount', allowed: bounds(commitment.amount), firm: false },
    { id: 'years', variable: 'years', allowed: years, firm: false },
  ]);
  return held?.implied ?? null;
}

export function termFindings(reader: Reader, announcement: string, asOf: Instant): Finding[] {
  const terms = oncePerFigure(termsOf(reader, announcement, asOf));
  const subject = `announcement-${announcement}`;
  const findings = terms.flatMap((a, i) => terms.slice(i + 1).flatMap((b) => between(subject, a, b)));
  return [...findings, ...paces(subject, terms), ...amendments(reader, subject, announcement, asOf)];
}

interface Told {
  term: Term;
  also: Row[];
}

function oncePerFigure(terms: readonly Term[]): Told[] {
  const told = new Map<string, Told>();
  for (const term of [...terms].sort((a, b) => b.row.value.confidence - a.row.value.confidence || compareKnown(a.row, b.row) || compareText(a.id, b.id))) {
    const key = JSON.stringify([term.variable, term.currency, term.allowed]);
    const same = told.get(key);
    if (same) same.also.push(term.row);
    else told.set(key, { term, also: [] });
  }
  return [...told.values()];
}

function piece({ term, also }: Told): Piece {
  const documents = new Set([term.row, ...(also as (MadeRow | EffectRow)[])].map((row) => JSON.stringify([row.value.source.document, row.value.source.address ?? null])));
  return { role: 'claim', row: term.row, also, reach: 1 + also.length, witnesses: documents.size, status: term.status, text: `${term.variable === 'years' ? 'duration ' : ''}${term.text}`, when: null, note: null };
}

/** The less trusted one, told first, is held against the other. */
function between(subject: string, trusted: Told, other: Told): Finding[] {
  const [a, b] = [trusted.term, other.term];
  if (a.variable !== b.variable) return [];
  const pieces = [piece(other), piece(trusted)];
  if (a.currency !== b.currency) return [finding('terms', subject, 'incomparable', pieces, { reason: 'currency', named: { currency: a.currency, own: b.currency } })];
  const held = hold(NETWORK, b, [a]);
  return held ? [finding('terms', subject, held.verdict, pieces, { compared: { variable: b.variable, unit: unit(b), stated: b.allowed, implied: held.implied }, relaxations: held.relaxations })] : [];
}

/** A stated pace against amount and duration of each report that gives both. */
function paces(subject: string, told: readonly Told[]): Finding[] {
  return told
    .filter(({ term }) => term.variable === 'pace')
    .flatMap((pace) =>
      told
        .filter(({ term }) => term.variable === 'amount' && term.currency === pace.term.currency)
        .flatMap((amount): Finding[] => {
          const years = told.find(({ term, also }) => term.variable === 'years' && [term.row, ...also].some((row) => row.id === amount.term.row.id || amount.also.some((other) => other.id === row.id)));
          const held = years && hold(NETWORK, pace.term, [amount.term, years.term]);
          return held ? [finding('terms', subject, held.verdict, [piece(pace), piece(amount), piece(years)], { compared: { variable: 'pace', unit: unit(pace.term), stated: pace.term.allowed, implied: held.implied }, steps: held.steps, relaxations: held.relaxations })] : [];
        }),
    );
}

const AMENDED: Network = { relations: [{ kind: 'sum', a: 'amount', b: 'added', c: 'total' }], natural: new Map([['amount', POSITIVE], ['total', POSITIVE]]) };

/** The parties' own changes: what they had committed and what they added make the new whole. No change contradicts what it changes. */
function amendments(reader: Reader, subject: string, announcement: string, asOf: Instant): Finding[] {
  const made = findAnnouncement(reader, announcement);
  const amount = made?.value.commitment?.amount;
  if (!made || !amount) return [];
  const effects = (readRows(reader, `effect:${announcement}`) as EffectRow[]).filter((row) => statusAt(row, asOf) !== null && (row.value.type as string) === 'AnnouncementAmended');
  return effects.flatMap((row): Finding[] => {
    const { added, total } = row.value.data as { added?: Quantity; total?: Quantity };
    if (!added || !total) return [];
    const pieces: Piece[] = [row, made].map((one) => ({ role: 'claim', row: one, also: [], reach: 1, witnesses: 1, status: one === made ? 'certain' : (statusAt(row, asOf) ?? 'possible'), text: one === made ? describeQuantity(amount) : `${describeQuantity(total)} with ${describeQuantity(added)} added`, when: null, note: null }));
    if (new Set([amount, added, total].map(unitOf)).size > 1) return [finding('terms', subject, 'incomparable', pieces, { reason: 'currency', named: { currency: unitOf(total), own: unitOf(amount) } })];
    const fact = (variable: string, quantity: Quantity, of: Row): Fact & { text: string } => ({ id: `${of.id}:${variable}`, variable, allowed: bounds(quantity), firm: false, text: describeQuantity(quantity) });
    const whole = fact('total', total, row);
    const held = hold(AMENDED, whole, [fact('amount', amount, made), fact('added', added, row)]);
    return held ? [finding('terms', subject, held.verdict, pieces, { compared: { variable: 'total', unit: unitOf(total) ?? '', stated: whole.allowed, implied: held.implied }, steps: held.steps, relaxations: held.relaxations })] : [];
  });
}

function unit({ variable, currency }: Term): string {
  return variable === 'years' ? 'years' : variable === 'pace' ? `${currency}/year` : (currency ?? '');
}
