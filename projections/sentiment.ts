/**
 * Sentiment over time. A row is one expression; the weights, means and their companions are computed at the time asked,
 * from the expressions visible then. Formulas and what each is good for: docs/sentiment.md.
 */
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

export const DEFAULT_HALF_LIFE_MS = 7 * 86_400_000;
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

/** In the order of (valid time, id): novelty looks only at what came before. */
export function prepare(rows: readonly ExpressionRow[]): Prepared[] {
  const seen = new Map<string, { first: number; repeats: number }>();
  return [...rows].sort((a, b) => compareInstants(a.at, b.at) || compareText(a.id, b.id)).map((row) => {
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

/** exp(−ln 2 · age/H), 0 beyond 40 half-lives. */
export function decay(age: number, halfLifeMs: number): number {
  return age > CUT_HALF_LIVES * halfLifeMs ? 0 : Math.exp((-Math.LN2 * age) / halfLifeMs);
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

