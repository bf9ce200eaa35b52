/** The curves of a sentiment answer: one point a step for everything together and for each line. */
import { Duration } from 'luxon';
import { compareInstants, formatInstant, type Instant } from '../../events/index.js';
import { curveMeasures, type Prepared } from '../../projections/index.js';
import { instantParameter, ViewError } from './context.js';
import type { SentimentView } from './schemas.js';

export interface CurveQuery {
  /** The curve's first and last moment, and its step (ISO 8601 duration, default P1D). */
  from?: string | undefined;
  to?: string | undefined;
  step?: string | undefined;
}

const MAX_POINTS = 5000;
/** Points times expressions: about half a second, in which the server answers nobody else. */
const MAX_WORK = 4_000_000;
/** The same over all answers of one request, between which it does answer others. */
const MAX_REQUEST_WORK = 10 * MAX_WORK;

/**
 * From before the first expression to asOf.
 * @param lines the members of each line beside `all`
 * @param cells answers of the request: they share its limit of work
 * @throws ViewError bad-parameter for a range that ends before it begins, or too many points
 */
export function curve(prepared: readonly Prepared[], lines: readonly [string, readonly Prepared[]][], asOf: Instant, halfLifeMs: number, stepMs: number, query: CurveQuery, cells: number): SentimentView['points'] {
  const first = prepared[0]?.row;
  if (!first) return [];
  const from = instantParameter('from', query.from);
  const to = instantParameter('to', query.to);
  if (from && to && compareInstants(from, to) > 0) throw new ViewError('bad-parameter', 400, `to: expected a time after from, got ${query.to}`);
  const begin = from?.ms ?? first.at.ms - stepMs;
  const end = Math.min(to?.ms ?? asOf.ms, asOf.ms);
  const steps = (end - begin) / stepMs;
  const maxWork = Math.min(MAX_WORK, MAX_REQUEST_WORK / cells);
  if (steps > MAX_POINTS || steps * prepared.length > maxWork) throw new ViewError('bad-parameter', 400, `step: expected one that gives at most ${Math.min(MAX_POINTS, Math.floor(maxWork / prepared.length))} points from ${new Date(begin).toISOString()} to ${new Date(end).toISOString()}`);
  const points: SentimentView['points'] = [];
  const add = (ms: number): void => {
    const t = { ms, ns: 0 };
    for (const [line, members] of [['all', prepared] as const, ...lines]) {
      // A line has no point before its first expression, so that it begins there.
      if (line !== 'all' && compareInstants((members[0] as Prepared).row.at, t) > 0) continue;
      const { shrunk, mean, net, mass } = curveMeasures(members, t, halfLifeMs);
      points.push({ time: formatInstant(t), line, shrunk, mean, net, mass });
    }
  };
  for (let ms = begin; ms < end; ms += stepMs) add(ms);
  if (end >= begin) add(end);
  return points;
}

/** @throws ViewError bad-parameter */
export function duration(name: string, text: string): number {
  const parsed = Duration.fromISO(text);
  const ms = parsed.isValid ? parsed.toMillis() : NaN;
  if (!(ms > 0) || parsed.months !== 0 || parsed.years !== 0) throw new ViewError('bad-parameter', 400, `${name}: expected an ISO 8601 duration of weeks, days, hours or less, such as P7D, got ${JSON.stringify(text.slice(0, 40))}`);
  return ms;
}
