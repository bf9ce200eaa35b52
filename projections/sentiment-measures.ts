/**
 * What a set of weighted expressions measures: mean, mass, net and their companions, and one number over holder kinds.
 * Formulas and what each is good for: docs/sentiment.md.
 */
import { fsum } from 'd3-array';
import { compareInstants, type Instant, type Interval } from '../events/index.js';
import { compareText } from './ledger.js';
import { decay, type Prepared, type Weighted } from './sentiment.js';

/** Below this mass a mean is of what was said long ago. */
const STALE_MASS = 0.05;

export interface Measures {
  /** Σws/Σw; null when the mass is below 0.05 (it does not decay, so it would be stale). */
  mean: number | null;
  meanLo: number | null;
  meanHi: number | null;
  shrunk: number;
  shrunkLo: number;
  shrunkHi: number;
  net: number;
  netLo: number;
  netHi: number;
  mass: number;
  n: number;
  nEff: number | null;
  reach: number;
  dispersion: number | null;
  disagreement: number | null;
  balance: number | null;
  reason: 'stale' | null;
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

/** The table of docs/sentiment.md over a set of weighted expressions. Midpoints of intervals stand in where one number is asked. */
export function measure(weighted: readonly Weighted[]): Measures {
  const mass = sum(weighted, (x) => x.weight);
  const net = sum(weighted, (x) => x.weight * middle(x.score));
  const absolute = sum(weighted, (x) => x.weight * Math.abs(middle(x.score)));
  const positive = sum(weighted, (x) => (middle(x.score) > 0 ? x.weight : 0));
  const negative = sum(weighted, (x) => (middle(x.score) < 0 ? x.weight : 0));
  const squares = sum(weighted, (x) => x.weight * x.weight);
  const netLo = sum(weighted, (x) => x.weight * (x.score.lo ?? -1));
  const netHi = sum(weighted, (x) => x.weight * (x.score.hi ?? 1));
  const stale = mass < STALE_MASS;
  const mean = mass === 0 ? 0 : net / mass;
  return {
    mean: stale ? null : mean,
    meanLo: stale ? null : netLo / mass,
    meanHi: stale ? null : netHi / mass,
    shrunk: net / (1 + mass),
    shrunkLo: netLo / (1 + mass),
    shrunkHi: netHi / (1 + mass),
    net,
    netLo,
    netHi,
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
  /** 1 − |Σwm| / Σw|m| over the means m of the kinds: 0 the kinds agree, 1 they balance; null with fewer than two. */
  disagreement: number | null;
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
  const net = fsum(heard.map((entry) => entry.weight * entry.mean));
  const absolute = fsum(heard.map((entry) => entry.weight * Math.abs(entry.mean)));
  return {
    mean: total === 0 ? null : net / total,
    reason: total === 0 ? 'stale' : null,
    disagreement: heard.length < 2 || absolute === 0 ? null : 1 - Math.abs(net) / absolute,
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

