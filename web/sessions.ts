/** An axis of trading hours: every session is equally wide, and what lies between two of them is nearly nothing. */

export interface SessionScale {
  /** Seconds to a place on the axis, and back. */
  fwd: (seconds: number) => number;
  bwd: (place: number) => number;
  /** Openings of sessions, at most so many and evenly chosen. */
  splits: (from: number, to: number, most: number) => number[];
}

/** A night or a weekend, in sessions: what happened then keeps its order. */
const GAP = 0.08;
const DAY_S = 86_400;

/**
 * @param sessions openings and closes in seconds, in their order
 * @returns null where there is none
 */
export function sessionScale(sessions: readonly { open: number; close: number }[]): SessionScale | null {
  if (sessions.length === 0) return null;
  const times = sessions.flatMap(({ open, close }) => [open, close]);
  const places = sessions.flatMap((_, index) => [index * (1 + GAP), index * (1 + GAP) + 1]);
  const opens = sessions.map(({ open }) => open);
  return {
    fwd: (seconds) => between(times, places, seconds, 1 / DAY_S),
    bwd: (place) => between(places, times, place, DAY_S),
    splits(from, to, most) {
      const inside = opens.filter((open) => open >= from && open <= to);
      const every = Math.ceil(inside.length / most);
      return inside.filter((_, index) => index % every === 0);
    },
  };
}

/** Linear from knot to knot; beyond them by the slope given. */
function between(from: readonly number[], to: readonly number[], value: number, slope: number): number {
  const [first = 0, last = 0] = [from[0], from.at(-1)];
  if (value <= first) return (to[0] ?? 0) - (first - value) * slope;
  if (value >= last) return (to.at(-1) ?? 0) + (value - last) * slope;
  let [lo, hi] = [0, from.length - 1];
  while (hi - lo > 1) {
    const middle = (lo + hi) >> 1;
    if ((from[middle] ?? 0) <= value) lo = middle;
    else hi = middle;
  }
  const [a = 0, b = 1, x = 0, y = 0] = [from[lo], from[hi], to[lo], to[hi]];
  return x + ((value - a) / (b - a)) * (y - x);
}
