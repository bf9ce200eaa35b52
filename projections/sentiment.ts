/**
 * Sentiment over time. A row is one expression; the weights, means and their companions are computed at the time asked,
 * from the expressions visible then. Formulas and what each is good for: docs/sentiment.md.
 */
import { fsum } from 'd3-array';
import { compareInstants, interval, type DataOf, type Instant, type Interval, type TimeRef } from '../events/index.js';
import { compareText, type Row } from './ledger.js';
import { defineProjection } from './projection.js';
import { readRows, type Reader } from './reader.js';

type Data = DataOf<'SentimentExpressed'>;

export interface Expression {
  holder: string;
  kind: Data['holder']['kind'];
  aspect: Data['aspect'];
  aspectText?: string | undefined;
  claim: string;
  score: Data['score'];
  relevance: number;
  confidence: number;
  method: Data['method'];
  /** A pure reprint: counted in reach, without weight. */
  reprint: boolean;
  occurredAt: TimeRef;
  source: { document: string; locator?: string | undefined; address?: string | undefined };
}

export const sentiment = defineProjection('sentiment', 1, (type, data: Data, event) => {
  if (type !== 'SentimentExpressed') return null;
  const { entity, holder, ...rest } = data;
  const value: Expression = {
    holder: holder.entity ?? holder.name ?? holder.kind,
    kind: holder.kind,
    aspect: rest.aspect,
    aspectText: rest.aspectText,
    claim: rest.claim,
    score: rest.score,
    relevance: rest.relevance,
    confidence: event.metadata.confidence,
    method: rest.method,
    reprint: event.metadata.repeats !== undefined,
    occurredAt: event.metadata.occurredAt,
    source: event.metadata.source,
  };
  return { series: `sentiment:${entity}`, value };
});

export type ExpressionRow = Row & { value: Expression };

export interface Weighted {
  row: ExpressionRow;
  score: Interval;
  weight: number;
  novelty: number;
}

export interface Measures {
  /** Σws/Σw; null when the mass is below 0.05 (it does not decay, so it would be stale). */
  mean: number | null;
  meanLo: number | null;
  meanHi: number | null;
  shrunk: number;
  net: number;
  mass: number;
  n: number;
  nEff: number | null;
  reach: number;
  dispersion: number | null;
  disagreement: number | null;
  balance: number | null;
  reason: 'stale' | null;
}

export const DEFAULT_HALF_LIFE_MS = 7 * 86_400_000;
const STALE_MASS = 0.05;
const CUT_HALF_LIVES = 40;
const REPEAT_WITHIN_MS = 86_400_000;
const REPEAT_FACTOR = 0.75;

/** The expressions on a subject that the reader can see, in valid order. */
export function expressions(reader: Reader, entity: string): ExpressionRow[] {
  return readRows(reader, `sentiment:${entity}`);
}

/** A score as an interval: "negative" alone is [−1, 0), "positive" (0, 1]. */
export function scoreBounds(score: Expression['score']): Interval {
  if (score === 'positive') return interval(0, 1, false, true);
  if (score === 'negative') return interval(-1, 0, true, false);
  return typeof score === 'number' ? interval(score, score, true, true) : interval(score.lo, score.hi, true, true);
}

/** An expression with what of its weight does not depend on the time asked. */
export interface Prepared {
  row: ExpressionRow;
  score: Interval;
  novelty: number;
  /** relevance · novelty · confidence */
  base: number;
}

/** @param rows expressions in valid order: novelty looks only at what came before */
export function prepare(rows: readonly ExpressionRow[]): Prepared[] {
  const seen = new Map<string, { first: number; repeats: number }>();
  return rows.map((row) => {
    const novelty = noveltyOf(row, seen);
    return { row, score: scoreBounds(row.value.score), novelty, base: row.value.relevance * novelty * row.value.confidence };
  });
}

/**
 * Weights at time t: relevance · novelty · confidence · exp(−ln 2 · (t − t_j)/H), for what is certainly over at t.
 * @param halfLifeMs H in milliseconds
 */
export function weigh(prepared: readonly Prepared[], t: Instant, halfLifeMs: number): Weighted[] {
  return prepared.flatMap(({ row, score, novelty, base }) => (compareInstants(row.at, t) > 0 ? [] : [{ row, score, novelty, weight: base * decay(t.ms - row.at.ms, halfLifeMs) }]));
}

function decay(age: number, halfLifeMs: number): number {
  return age > CUT_HALF_LIVES * halfLifeMs ? 0 : Math.exp((-Math.LN2 * age) / halfLifeMs);
}

/** Mass, net, and what is plotted of them, at many times: the measures of a curve's points. */
export function curveMeasures(prepared: readonly Prepared[], t: Instant, halfLifeMs: number): Pick<Measures, 'mass' | 'net' | 'shrunk' | 'mean'> {
  const weights: number[] = [];
  const products: number[] = [];
  for (const { row, score, base } of prepared) {
    // In valid order: the rest is still to come.
    if (compareInstants(row.at, t) > 0) break;
    const weight = base * decay(t.ms - row.at.ms, halfLifeMs);
    if (weight === 0) continue;
    weights.push(weight);
    products.push(weight * middle(score));
  }
  const mass = fsum(weights);
  const net = fsum(products);
  return { mass, net, shrunk: net / (1 + mass), mean: mass < STALE_MASS ? null : net / mass };
}

/** 1 for a first statement, 0.75^k for its k-th repeat within 24 hours, 0 for a reprint. */
function noveltyOf(row: ExpressionRow, seen: Map<string, { first: number; repeats: number }>): number {
  const { value } = row;
  if (value.reprint) return 0;
  const key = JSON.stringify([value.holder, value.aspect, value.claim]);
  const before = seen.get(key);
  if (!before || row.at.ms - before.first > REPEAT_WITHIN_MS) {
    seen.set(key, { first: row.at.ms, repeats: 0 });
    return 1;
  }
  before.repeats += 1;
  let novelty = 1;
  for (let k = 0; k < before.repeats; k += 1) novelty *= REPEAT_FACTOR;
  return novelty;
}

/** The table of docs/sentiment.md over a set of weighted expressions. Midpoints of intervals stand in where one number is asked. */
export function measure(weighted: readonly Weighted[]): Measures {
  const mass = sum(weighted, (x) => x.weight);
  const net = sum(weighted, (x) => x.weight * middle(x.score));
  const absolute = sum(weighted, (x) => x.weight * Math.abs(middle(x.score)));
  const positive = sum(weighted, (x) => (middle(x.score) > 0 ? x.weight : 0));
  const negative = sum(weighted, (x) => (middle(x.score) < 0 ? x.weight : 0));
  const squares = sum(weighted, (x) => x.weight * x.weight);
  const stale = mass < STALE_MASS;
  const mean = mass === 0 ? 0 : net / mass;
  return {
    mean: stale ? null : mean,
    meanLo: stale ? null : sum(weighted, (x) => x.weight * (x.score.lo ?? -1)) / mass,
    meanHi: stale ? null : sum(weighted, (x) => x.weight * (x.score.hi ?? 1)) / mass,
    shrunk: net / (1 + mass),
    net,
    mass,
    n: weighted.filter((x) => x.weight > 0.01).length,
    nEff: squares === 0 ? null : (mass * mass) / squares,
    reach: weighted.length,
    dispersion: stale ? null : Math.sqrt(Math.max(0, sum(weighted, (x) => x.weight * (middle(x.score) - mean) * (middle(x.score) - mean)) / mass)),
    disagreement: absolute === 0 ? null : 1 - Math.abs(net) / absolute,
    balance: positive + negative === 0 ? null : (positive - negative) / (positive + negative),
    reason: stale ? 'stale' : null,
  };
}

export interface Combined {
  mean: number | null;
  reason: 'stale' | null;
  /** The mean of each holder kind that is not stale, and the weight that it entered with. */
  kinds: { kind: string; mean: number; weight: number }[];
}

/**
 * One number over holder kinds, each heard alike, so that the volume of the press does not drown investors: holders
 * first (a holder's mass counts up to 1), then kinds, then over kinds with the weights given (default equal).
 */
export function combine(weighted: readonly Weighted[], weights: Readonly<Record<string, number>> = {}): Combined {
  const kinds = [...groupBy(weighted, (x) => x.row.value.kind)].map(([kind, members]) => {
    const holders = [...groupBy(members, (x) => x.row.value.holder).values()].map((own) => {
      const mass = sum(own, (x) => x.weight);
      return { mass: Math.min(1, mass), mean: mass === 0 ? 0 : sum(own, (x) => x.weight * middle(x.score)) / mass };
    });
    const mass = fsum(holders.map((holder) => holder.mass));
    return { kind, stale: sum(members, (x) => x.weight) < STALE_MASS, mean: mass === 0 ? 0 : fsum(holders.map((holder) => holder.mass * holder.mean)) / mass, weight: weights[kind] ?? 1 };
  });
  const heard = kinds.filter((entry) => !entry.stale && entry.weight > 0).sort((a, b) => compareText(a.kind, b.kind));
  const total = fsum(heard.map((entry) => entry.weight));
  return {
    mean: total === 0 ? null : fsum(heard.map((entry) => entry.weight * entry.mean)) / total,
    reason: total === 0 ? 'stale' : null,
    kinds: heard.map(({ kind, mean, weight }) => ({ kind, mean, weight })),
  };
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function middle(score: Interval): number {
  return ((score.lo ?? -1) + (score.hi ?? 1)) / 2;
}

function sum(items: readonly Weighted[], of: (item: Weighted) => number): number {
  return fsum(items.map(of));
}

