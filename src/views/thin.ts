/**
 * Long series with fewer points, for charts. Every point that stays is one of the series as it is: none is averaged or made.
 *
 * Min-max keeps of each stretch the lowest and the highest, so that no extreme is lost. LTTB keeps of each the point that
 * makes the largest triangle with its neighbours, which looks most like the whole: Steinarsson, Downsampling Time Series
 * for Visual Representation, University of Iceland, 2013, section 4.2.
 */
import { z } from 'zod';

export const THINNINGS = ['min-max', 'lttb'] as const;
export type Thinning = (typeof THINNINGS)[number];

export const thinnedSchema = z
  .object({
    method: z.enum(THINNINGS),
    by: z.string().meta({ description: 'the field that decided which points stay' }),
    points: z.number().meta({ description: 'how many there are in all' }),
    kept: z.number(),
  })
  .meta({ id: 'Thinned', description: 'points are fewer than there are, since maxPoints was asked; absent where it was not' });
export type Thinned = z.infer<typeof thinnedSchema>;

/** What in an answer's `points` is drawn. */
export interface Series {
  /** The field that is drawn, and that which tells series in one list apart. */
  y: string;
  by?: string;
}

type Point = Readonly<Record<string, unknown>>;

/**
 * An answer with at most so many points of each series.
 * @param max at least 4
 */
export function thinAnswer<B extends object>(body: B, { y, by }: Series, max: number, method: Thinning): B & { thinned: Thinned } {
  const { points } = body as B & { points: readonly Point[] };
  const kept = seriesOf(points, by).flatMap((series) => thin(series, max, method, (point) => Number(point[y]), (point) => Date.parse(String(point['time']))));
  return { ...body, points: kept, thinned: { method, by: y, points: points.length, kept: kept.length } };
}

/** Points by series, in the order in which each begins; within one in theirs. */
function seriesOf(points: readonly Point[], by: string | undefined): Point[][] {
  const series = new Map<unknown, Point[]>();
  for (const point of points) {
    const key = by === undefined ? null : point[by];
    const own = series.get(key);
    if (own) own.push(point);
    else series.set(key, [point]);
  }
  return [...series.values()];
}

/** Those of a series that stay, in its order; the first and the last always. */
export function thin<T>(series: readonly T[], max: number, method: Thinning, yOf: (point: T) => number, xOf: (point: T) => number): T[] {
  if (series.length <= max) return [...series];
  return method === 'lttb' ? largestTriangles(series, max, yOf, xOf) : extremes(series, max, yOf);
}

function extremes<T>(series: readonly T[], max: number, yOf: (point: T) => number): T[] {
  const stretches = Math.floor((max - 2) / 2);
  const inner = series.length - 2;
  const kept = [series[0] as T];
  for (let k = 0; k < stretches; k += 1) {
    const [begin, end] = [1 + Math.floor((k * inner) / stretches), 1 + Math.floor(((k + 1) * inner) / stretches)];
    let [low, high] = [begin, begin];
    for (let i = begin; i < end; i += 1) {
      const value = yOf(series[i] as T);
      if (value < yOf(series[low] as T)) low = i;
      if (value > yOf(series[high] as T)) high = i;
    }
    kept.push(series[Math.min(low, high)] as T);
    if (low !== high) kept.push(series[Math.max(low, high)] as T);
  }
  kept.push(series.at(-1) as T);
  return kept;
}

function largestTriangles<T>(series: readonly T[], max: number, yOf: (point: T) => number, xOf: (point: T) => number): T[] {
  const width = (series.length - 2) / (max - 2);
  const kept = [series[0] as T];
  let before = series[0] as T;
  for (let k = 0; k < max - 2; k += 1) {
    const [begin, end] = [1 + Math.floor(k * width), 1 + Math.floor((k + 1) * width)];
    // Behind the last stretch it is the last point itself.
    const next = series.slice(end, Math.max(end + 1, 1 + Math.floor((k + 2) * width)));
    const [nextX, nextY] = [mean(next, xOf), mean(next, yOf)];
    let [best, largest] = [begin, -1];
    for (let i = begin; i < end; i += 1) {
      const point = series[i] as T;
      const area = Math.abs((xOf(before) - nextX) * (yOf(point) - yOf(before)) - (xOf(before) - xOf(point)) * (nextY - yOf(before)));
      if (area > largest) [best, largest] = [i, area];
    }
    before = series[best] as T;
    kept.push(before);
  }
  kept.push(series.at(-1) as T);
  return kept;
}

function mean<T>(points: readonly T[], of: (point: T) => number): number {
  return points.reduce((sum, point) => sum + of(point), 0) / points.length;
}
