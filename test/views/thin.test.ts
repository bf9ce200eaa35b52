/** Fewer points of long series: what stays is of the series, in its order, and nothing that matters is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thin, thinAnswer, THINNINGS } from '../../src/views/thin.js';

interface P { t: number; v: number }
const series = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 400 }).map((values) => values.map((v, t): P => ({ t: t * 60_000, v })));
const y = ({ v }: P): number => v;
const x = ({ t }: P): number => t;

describe.each(THINNINGS)('%s', (method) => {
  it('keeps at most so many points, each one of the series, in its order, the first and the last among them; a short series whole', () => {
    fc.assert(fc.property(series, fc.integer({ min: 4, max: 120 }), (points, max) => {
      const kept = thin(points, max, method, y, x);
      expect(kept.length).toBeLessThanOrEqual(max);
      expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      const places = kept.map((point) => points.indexOf(point));
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
      if (points.length <= max) expect(kept).toEqual(points);
      else expect(kept.length).toBeGreaterThan(max / 3);
    }));
  });
});

it('min-max keeps the highest and the lowest of all, whatever the width', () => {
  fc.assert(fc.property(series, fc.integer({ min: 4, max: 120 }), (points, max) => {
    const values = points.map(y);
    const kept = thin(points, max, 'min-max', y, x).map(y);
    expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...values), Math.max(...values)]);
  }));
});

it('lttb keeps of each stretch the point of the largest triangle, as a straightforward computation finds it', () => {
  // Steinarsson 2013, section 4.2, written out once more from the text: buckets, and the mean of the next one.
  const reference = (points: P[], max: number): P[] => {
    const n = points.length;
    const edge = (k: number): number => 1 + Math.floor((k * (n - 2)) / (max - 2));
    const buckets = Array.from({ length: max - 2 }, (_, k) => points.slice(edge(k), edge(k + 1)));
    const all = [[points[0] as P], ...buckets, [points.at(-1) as P]];
    const chosen = [points[0] as P];
    for (let k = 1; k <= max - 2; k += 1) {
      const next = all[k + 1] as P[];
      const c = { t: next.reduce((sum, p) => sum + p.t, 0) / next.length, v: next.reduce((sum, p) => sum + p.v, 0) / next.length };
      const a = chosen.at(-1) as P;
      const areas = (all[k] as P[]).map((b) => Math.abs((a.t - c.t) * (b.v - a.v) - (a.t - b.t) * (c.v - a.v)));
      chosen.push((all[k] as P[])[areas.indexOf(Math.max(...areas))] as P);
    }
    return [...chosen, points.at(-1) as P];
  };
  fc.assert(fc.property(series, fc.integer({ min: 4, max: 60 }), (points, max) => {
    if (points.length > max) expect(thin(points, max, 'lttb', y, x)).toEqual(reference(points, max));
  }));
});

it('an answer of several series has fewer points of each, and says how', () => {
  const points = ['a', 'b'].flatMap((instrument) => Array.from({ length: 100 }, (_, i) => ({ instrument, time: new Date(i * 1000).toISOString(), price: (i * 37) % 101 })));
  const { thinned, points: kept } = thinAnswer({ points, level: null }, { y: 'price', by: 'instrument' }, 10, 'min-max');
  expect(thinned).toEqual({ method: 'min-max', by: 'price', points: 200, kept: kept.length });
  expect(['a', 'b'].map((one) => kept.filter(({ instrument }) => instrument === one).length)).toEqual([10, 10]);
});
