/** Sentiment on one entity: measures at a time, by holder kind, holder, aspect and method, as curves, and the expressions behind them. */
import { ASPECTS, HOLDER_KINDS, maxInstant, type Instant } from '../../events/index.js';
import { anchorOf, combine, compareText, DEFAULT_HALF_LIFE_MS, expressions, groupBy, measure, methodOf, prepare, scoreBounds, scoredBy, statusAt, weigh, type Anchor, type ExpressionRow, type Prepared, type Weighted } from '../../projections/index.js';
import { resolveEntity } from './catalog.js';
import { answer, echo, oneOf, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { describeTime, earliestOf, evidence, sourceOf, validFields } from './evidence.js';
import type { LINES, SentimentView } from './schemas.js';
import { curve, duration, type CurveQuery } from './sentiment-curve.js';

export interface SentimentQuery extends CurveQuery {
  /** ISO 8601 duration, default P7D. */
  halfLife?: string | undefined;
  /** Only expressions of this holder, kind of holder, aspect; only scorings of this method (`name` or `name@version`). */
  holder?: string | undefined;
  kind?: string | undefined;
  aspect?: string | undefined;
  method?: string | undefined;
  /** Of `combined`: `investor:2,press:0`; a kind that is not named has 1. */
  weights?: string | undefined;
  /** What the curve's lines are, default the kinds of holders. */
  by?: string | undefined;
}

/** What a line of the curve is named by. */
export const LINE_OF: Record<(typeof LINES)[number], (row: ExpressionRow) => string> = {
  kind: (row) => row.value.kind,
  holder: (row) => row.value.holder,
  aspect: (row) => row.value.aspect,
  method: methodOf,
};

/** @throws ViewError for an unknown entity or a malformed parameter */
export function sentimentView(context: ViewContext, given: string, query: SentimentQuery): Answer<SentimentView> {
  const entity = resolveEntity(context, given);
  const said = prepareSaid(context, entity.value.entity, query);
  const { asOf, prepared, halfLifeMs, rows, all } = said;
  const stepMs = duration('step', query.step ?? 'P1D');
  const weights = weightsOf(query.weights);
  const by = oneOf('by', query.by, Object.keys(LINE_OF) as (typeof LINES)[number][]) ?? 'kind';
  const weighted = asOf ? weigh(prepared, asOf, halfLifeMs) : [];
  const anchor = (id: string): Anchor => anchorOf(reader(context, 'timeline'), id);
  const byId = new Map(weighted.map((entry) => [entry.row.id, entry]));
  const each = (of: (row: ExpressionRow) => string): [string, Weighted[]][] => sorted(groupBy(weighted, ({ row }) => of(row)));

  return answer(context, {
    ...echo(context, asOf),
    entity: entity.value.entity,
    name: entity.value.name,
    halfLife: query.halfLife ?? 'P7D',
    only: { holder: query.holder ?? null, kind: query.kind ?? null, aspect: query.aspect ?? null, method: query.method ?? null },
    methods: [...new Set(rows.map(methodOf))].sort(compareText),
    scoredOtherwise: all.length - rows.length,
    overall: measure(weighted),
    combined: combine(weighted, weights),
    kinds: each(LINE_OF.kind).map(([holderKind, members]) => ({ holderKind, ...measure(members) })),
    holders: sorted(groupBy(weighted, ({ row }) => JSON.stringify([row.value.holder, row.value.kind]))).map(([, members]) => ({ holder: members[0]?.row.value.holder ?? '', holderKind: members[0]?.row.value.kind ?? '', ...measure(members) })),
    aspects: each(LINE_OF.aspect).map(([aspect, members]) => ({ aspect, ...measure(members) })),
    byMethod: asOf ? sorted(groupBy(all, methodOf)).map(([method, members]) => ({ method, ...measure(weigh(prepare(members), asOf, halfLifeMs)) })) : [],
    by,
    points: asOf ? curve(prepared, sorted(groupBy(prepared, ({ row }) => LINE_OF[by](row))), asOf, halfLifeMs, stepMs, query, context.cells) : [],
    expressions: asOf
      ? rows.flatMap((row) => {
          const possibleFrom = earliestOf(row, anchor);
          const status = statusAt(row, asOf, possibleFrom);
          return status === null ? [] : [expressionFields(row, byId.get(row.id), possibleFrom, status)];
        })
      : [],
  });
}

export interface Said {
  asOf: Instant | null;
  halfLifeMs: number;
  /** Every scoring that the question takes in, and of each statement the one that counts. */
  all: ExpressionRow[];
  rows: ExpressionRow[];
  prepared: Prepared[];
}

/** What was said of an entity, narrowed as asked, with the weights that do not depend on the time. */
export function prepareSaid(context: ViewContext, entity: string, query: SentimentQuery): Said {
  const { holder, method = null } = query;
  const kind = oneOf('kind', query.kind, HOLDER_KINDS);
  const aspect = oneOf('aspect', query.aspect, ASPECTS);
  const halfLifeMs = query.halfLife === undefined ? DEFAULT_HALF_LIFE_MS : duration('halfLife', query.halfLife);
  const of = (row: ExpressionRow): boolean => (holder === undefined || row.value.holder === holder) && (kind === null || row.value.kind === kind) && (aspect === null || row.value.aspect === aspect);
  const seen = expressions(reader(context, 'sentiment'), entity);
  const all = seen.filter(of);
  const scoring = [...new Set(seen.map(methodOf))].sort(compareText);
  if (method !== null && seen.length > 0 && !scoring.some((known) => known === method || known.startsWith(`${method}@`))) throw new ViewError('bad-parameter', 400, `method: nothing said of ${entity} that is known was scored by ${JSON.stringify(method.slice(0, 40))}; there is ${scoring.join(', ')}`);
  // The choice of a method looks at everything said of the subject: narrowing must not change a statement's score.
  const counted = new Set(scoredBy(seen, method));
  const rows = all.filter((row) => counted.has(row));
  return { asOf: context.asOf ?? latestOf(seen), halfLifeMs, all, rows, prepared: prepare(rows) };
}

function latestOf(rows: readonly ExpressionRow[]): Instant | null {
  return rows.length === 0 ? null : rows.map((row) => row.at).reduce(maxInstant);
}

function sorted<T>(groups: Map<string, T[]>): [string, T[]][] {
  return [...groups].sort(([a], [b]) => compareText(a, b));
}

function weightsOf(given: string | undefined): Record<string, number> {
  if (given === undefined) return {};
  const entries = given.split(',').map((part): [string, number] => {
    const [kind = '', weight = ''] = part.split(':').map((text) => text.trim());
    const value = weight === '' ? NaN : Number(weight);
    if (!HOLDER_KINDS.some((known) => known === kind) || !Number.isFinite(value) || value < 0) throw new ViewError('bad-parameter', 400, `weights: expected kind:weight, such as investor:2,press:0 (kinds: ${HOLDER_KINDS.join(', ')}), got ${JSON.stringify(part.slice(0, 40))}`);
    return [kind, value];
  });
  return Object.fromEntries(entries);
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
    method: methodOf(row),
    rubricItem: value.method.item,
    when: describeTime(value.occurredAt),
    ...validFields(row, possibleFrom),
    status,
    ...sourceOf(value),
    ...evidence(row),
  };
}
