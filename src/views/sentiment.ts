/** Sentiment on one entity: measures at a time, by holder kind, as curves, and the expressions behind them. */
import { Duration } from 'luxon';
import { compareInstants, formatInstant, maxInstant, type Instant } from '../../events/index.js';
import { anchorOf, combine, DEFAULT_HALF_LIFE_MS, expressions, groupBy, compareText, measure, scoreBounds, statusAt, weigh, curveMeasures, prepare, type Anchor, type ExpressionRow, type Prepared, type Weighted } from '../../projections/index.js';
import { resolveEntity } from './catalog.js';
import { answer, echo, instantParameter, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { describeTime, earliestOf, evidence, sourceOf, validFields } from './evidence.js';
import type { SentimentView } from './schemas.js';

export interface SentimentQuery {
  /** ISO 8601 duration, default P7D. */
  halfLife?: string | undefined;
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

/** @throws ViewError for an unknown entity or a malformed parameter */
export function sentimentView(context: ViewContext, given: string, query: SentimentQuery): Answer<SentimentView> {
  const entity = resolveEntity(context, given);
  const halfLifeMs = query.halfLife === undefined ? DEFAULT_HALF_LIFE_MS : duration('halfLife', query.halfLife);
  const stepMs = duration('step', query.step ?? 'P1D');
  const seen = expressions(reader(context, 'sentiment'), entity.value.entity);
  const asOf = context.asOf ?? latestOf(seen);
  const prepared = prepare(seen);
  const weighted = asOf ? weigh(prepared, asOf, halfLifeMs) : [];
  const anchor = (id: string): Anchor => anchorOf(reader(context, 'timeline'), id);
  const byId = new Map(weighted.map((entry) => [entry.row.id, entry]));

  return answer(context, {
    ...echo(context, asOf),
    entity: entity.value.entity,
    name: entity.value.name,
    halfLife: query.halfLife ?? 'P7D',
    overall: measure(weighted),
    combined: combine(weighted),
    kinds: kindsOf(weighted).map(([holderKind, members]) => ({ holderKind, ...measure(members) })),
    points: asOf ? curve(prepared, asOf, halfLifeMs, stepMs, query, Math.min(MAX_WORK, MAX_REQUEST_WORK / context.cells)) : [],
    expressions: asOf
      ? seen.flatMap((row) => {
          const possibleFrom = earliestOf(row, anchor);
          const status = statusAt(row, asOf, possibleFrom);
          return status === null ? [] : [expressionFields(row, byId.get(row.id), possibleFrom, status)];
        })
      : [],
  });
}

function latestOf(rows: readonly ExpressionRow[]): Instant | null {
  return rows.length === 0 ? null : rows.map((row) => row.at).reduce(maxInstant);
}

function kindsOf<T extends { row: ExpressionRow }>(entries: readonly T[]): [string, T[]][] {
  return [...groupBy(entries, (entry) => entry.row.value.kind)].sort(([a], [b]) => compareText(a, b));
}

/** One point a step for all holders together and for each kind, from before the first expression to asOf. */
function curve(prepared: readonly Prepared[], asOf: Instant, halfLifeMs: number, stepMs: number, query: SentimentQuery, maxWork: number): SentimentView['points'] {
  const first = prepared[0]?.row;
  if (!first) return [];
  const from = instantParameter('from', query.from);
  const to = instantParameter('to', query.to);
  if (from && to && compareInstants(from, to) > 0) throw new ViewError('bad-parameter', 400, `to: expected a time after from, got ${query.to}`);
  const begin = from?.ms ?? first.at.ms - stepMs;
  const end = Math.min(to?.ms ?? asOf.ms, asOf.ms);
  const steps = (end - begin) / stepMs;
  if (steps > MAX_POINTS || steps * prepared.length > maxWork) throw new ViewError('bad-parameter', 400, `step: expected one that gives at most ${Math.min(MAX_POINTS, Math.floor(maxWork / prepared.length))} points from ${new Date(begin).toISOString()} to ${new Date(end).toISOString()}`);
  const kinds: [string, readonly Prepared[]][] = [['all', prepared], ...kindsOf(prepared)];
  const points: SentimentView['points'] = [];
  const add = (ms: number): void => {
    for (const [holderKind, members] of kinds) {
      const t = { ms, ns: 0 };
      // A kind has no point before it first spoke, so that its line begins there.
      if (holderKind !== 'all' && compareInstants((members[0] as Prepared).row.at, t) > 0) continue;
      const { shrunk, mean, net, mass } = curveMeasures(members, t, halfLifeMs);
      points.push({ time: formatInstant(t), holderKind, shrunk, mean, net, mass });
    }
  };
  for (let ms = begin; ms < end; ms += stepMs) add(ms);
  if (end >= begin) add(end);
  return points;
}

function expressionFields(row: ExpressionRow, weighted: Weighted | undefined, possibleFrom: Instant, status: 'certain' | 'possible'): SentimentView['expressions'][number] {
  const { value } = row;
  const score = scoreBounds(value.score);
  return {
    holder: value.holder,
    holderKind: value.kind,
    aspect: value.aspect,
    aspectText: value.aspectText ?? null,
    claim: value.claim,
    scoreLo: score.lo ?? -1,
    scoreHi: score.hi ?? 1,
    weight: weighted?.weight ?? 0,
    novelty: weighted?.novelty ?? 0,
    relevance: value.relevance,
    method: `${value.method.name}@${value.method.version}`,
    rubricItem: value.method.item,
    when: describeTime(value.occurredAt),
    ...validFields(row, possibleFrom),
    status,
    ...sourceOf(value),
    ...evidence(row),
  };
}

function duration(name: string, text: string): number {
  const parsed = Duration.fromISO(text);
  const ms = parsed.isValid ? parsed.toMillis() : NaN;
  if (!(ms > 0) || parsed.months !== 0 || parsed.years !== 0) throw new ViewError('bad-parameter', 400, `${name}: expected an ISO 8601 duration of weeks, days, hours or less, such as P7D, got ${JSON.stringify(text.slice(0, 40))}`);
  return ms;
}
