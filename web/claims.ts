/** Puts what sources claim in its place beside what is measured: as an implied close, or nowhere when its base is open. */
import type { Claim, Point } from './api.js';

export interface PlacedClaim {
  claim: Claim;
  /** Seconds; from is null where the source leaves the earliest open. */
  from: number | null;
  to: number;
  /** The implied close; null: unbounded on that side. */
  lo: number | null;
  hi: number | null;
}

const seconds = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso) / 1000);

/** The implied closes of the claims; those whose base is not known are left to the list. */
export function placeClaims(claims: readonly Claim[], points: readonly Point[]): PlacedClaim[] {
  return claims.flatMap((claim) => placeClaim(claim, points) ?? []);
}

function placeClaim(claim: Claim, points: readonly Point[]): PlacedClaim | null {
  const to = seconds(claim.certainFrom) ?? seconds(claim.possibleFrom);
  if (to === null) return null;
  const times = { claim, from: seconds(claim.possibleFrom), to };
  const shares = sharesAt(points, to);
  switch (claim.kind) {
    case 'price':
      return { ...times, lo: claim.lo, hi: claim.hi };
    case 'value':
      return shares === null ? null : { ...times, lo: claim.lo === null ? null : claim.lo / shares, hi: claim.hi === null ? null : claim.hi / shares };
    case 'move': {
      const base = baseOf(claim, points);
      return base === null ? null : { ...times, lo: claim.lo === null ? null : base * (1 + claim.lo), hi: claim.hi === null ? null : base * (1 + claim.hi) };
    }
    case 'value-change': {
      const base = baseOf(claim, points);
      if (base === null || shares === null || claim.unit === 'direction') return null;
      return { ...times, lo: claim.lo === null ? null : base + claim.lo / shares, hi: claim.hi === null ? null : base + claim.hi / shares };
    }
  }
}

/** The close that a change is counted from; null where the source does not say which, or it isn't stored. */
function baseOf(claim: Claim, points: readonly Point[]): number | null {
  if (claim.base === 'before-announcement') {
    const known = points.find((point) => point.relative !== null && point.relative !== 0);
    return known?.relative ? (known.price / known.relative) * 100 : null;
  }
  if (claim.base !== 'previous-close') return null;
  const start = seconds(claim.possibleFrom);
  if (start === null) return null;
  return points.findLast((point) => (seconds(point.time) ?? Infinity) < start)?.price ?? null;
}

/** The share count by which market value and close are turned into each other; the middle where it is an interval. */
export function sharesAt(points: readonly Point[], at: number): number | null {
  const known = points.filter((point) => point.sharesLo !== null && point.sharesHi !== null);
  const point = known.findLast((one) => (seconds(one.time) ?? Infinity) <= at) ?? known[0];
  return point ? ((point.sharesLo ?? 0) + (point.sharesHi ?? 0)) / 2 : null;
}

/** Where a figure is counted from, in words. */
export function baseWords(base: string | null): string {
  return { 'previous-close': 'against the close before', 'before-announcement': 'against the last close before the announcement', 'period-start': 'over a longer period', open: 'against the open' }[base ?? ''] ?? '';
}
