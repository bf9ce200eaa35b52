/** Sign and signed-rank tests, with exact laws where there are few events. */
import { binomialTwoSided, normalTwoSided } from '../distributions.js';
import { mean } from '../linear.js';
import { uniform } from '../random.js';
import { midranks, sum, type Panel } from './panel.js';

/** Exact binomial of the signs of CAR; zeros are left out. */
export function signTest({ members }: Panel): { positive: number; n: number; p: number } {
  const signs = members.map(({ car }) => Math.sign(car)).filter((sign) => sign !== 0);
  const positive = signs.filter((sign) => sign > 0).length;
  return { positive, n: signs.length, p: binomialTwoSided(positive, signs.length, 0.5) };
}

/** Against the part of positive residuals of each event's own estimation window (Cowan 1992): z without continuity correction, and exact. */
export function generalisedSign({ members }: Panel): { share: number; positive: number; z: number; exact: number } {
  const n = members.length;
  const share = mean(members.map(({ fitted }) => fitted.residuals.e.filter((e) => e > 0).length / fitted.residuals.e.length));
  const positive = members.filter(({ car }) => car > 0).length;
  return { share, positive, z: (positive - n * share) / Math.sqrt(n * share * (1 - share)), exact: binomialTwoSided(positive, n, share) };
}

const EXACT = 50;

/** Wilcoxon's signed ranks of CAR: W⁺ and its two-sided p, exact up to 50 events without ties, else normal with continuity. Tests symmetry about nothing. */
export function wilcoxon({ members }: Panel): { w: number; n: number; p: number; exact: boolean } {
  const cars = members.map(({ car }) => car).filter((car) => car !== 0);
  const n = cars.length;
  const sizes = cars.map(Math.abs);
  const ranks = midranks(sizes);
  const w = sum(ranks.map((rank, i) => ((cars[i] ?? 0) > 0 ? rank : 0)), (x) => x);
  const tied = new Set(sizes).size < n;
  if (n <= EXACT && !tied) return { w, n, p: exactSignedRank(w, n), exact: true };
  const centre = (n * (n + 1)) / 4;
  const groups = new Map<number, number>();
  for (const size of sizes) groups.set(size, (groups.get(size) ?? 0) + 1);
  const ties = sum([...groups.values()], (g) => g * g * g - g) / 48;
  const spread = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties);
  const z = (Math.abs(w - centre) - 0.5) / spread;
  return { w, n, p: normalTwoSided(Math.max(0, z)), exact: false };
}

/** Twice the smaller tail of all 2^n signs. */
function exactSignedRank(w: number, n: number): number {
  let counts = [1];
  for (let rank = 1; rank <= n; rank += 1) {
    const next = new Array<number>(counts.length + rank).fill(0);
    counts.forEach((count, total) => {
      next[total] = (next[total] ?? 0) + count;
      next[total + rank] = (next[total + rank] ?? 0) + count;
    });
    counts = next;
  }
  const all = sum(counts, (count) => count);
  const lower = sum(counts.slice(0, w + 1), (count) => count) / all;
  const upper = sum(counts.slice(w), (count) => count) / all;
  return Math.min(1, 2 * Math.min(lower, upper));
}

const ALL_FLIPS = 20;

/** Sign flips of CAR: all 2^N up to 20 events, else seeded draws, never with p of 0. */
export function signFlips({ members }: Panel, { seed = 1, draws = 9999 } = {}): { p: number; exact: boolean } {
  const cars = members.map(({ car }) => car);
  const n = cars.length;
  const own = Math.abs(sum(cars, (car) => car));
  // The same sum in another order is as large.
  const least = own * (1 - 1e-12);
  if (n <= ALL_FLIPS) {
    let as = 0;
    const flips = 1 << n;
    for (let mask = 0; mask < flips; mask += 1) if (Math.abs(cars.reduce((total, car, i) => total + (mask & (1 << i) ? -car : car), 0)) >= least) as += 1;
    return { p: as / flips, exact: true };
  }
  const random = uniform(seed);
  let as = 0;
  for (let draw = 0; draw < draws; draw += 1) if (Math.abs(cars.reduce((total, car) => total + (random() < 0.5 ? -car : car), 0)) >= least) as += 1;
  return { p: (1 + as) / (draws + 1), exact: false };
}
