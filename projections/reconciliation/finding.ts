/** What reconciliation finds: a verdict, what it rests on, how far apart the figures are and what would bring them together. */
import type { Instant, Interval, TimeRef } from '../../events/index.js';
import { compareText, type Row } from '../ledger.js';
import { relate } from './outward.js';
import { impliedBy, minimalConflict, relaxationsOf, supportOf, type Fact, type Network, type Relaxation, type Step } from './propagate.js';

export const VERDICTS = ['agree', 'compatible', 'conflict', 'different-moments', 'incomparable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const TOPICS = ['public', 'date', 'terms', 'order', 'before', 'base', 'shares', 'measured', 'record', 'claims', 'moments'] as const;
export type Topic = (typeof TOPICS)[number];

/** Why figures can't be held against each other, or only in part. */
export const REASONS = ['currency', 'base', 'share-basis', 'adjustment', 'outside-hours', 'values-differ'] as const;
export type Reason = (typeof REASONS)[number];

/** An event that a finding rests on. */
export interface Piece {
  /** `scheduled`: what else can have moved the price. */
  role: 'claim' | 'measured' | 'reading' | 'scheduled';
  row: Row;
  /** Further reports of the same figure. */
  also: readonly Row[];
  reach: number;
  witnesses: number;
  status: 'certain' | 'possible';
  text: string;
  when: TimeRef | null;
  note: string | null;
}

/** A measured price of a session, as the change that it makes, and whether the claim is true of it. */
export interface SessionReading {
  row: Row;
  date: string;
  point: 'open' | 'high' | 'low' | 'close';
  price: number;
  inWindow: boolean;
  change: Interval | null;
  valueChange: Interval | null;
  /** How far the claim is from it, in the claim's own unit; null where it holds. */
  gap: number | null;
  holds: boolean | null;
}

/** Both sides in the units of the stated one. */
export interface Compared {
  variable: string;
  unit: string;
  stated: Interval;
  implied: Interval;
}

export interface Finding {
  id: string;
  topic: Topic;
  /** `instrument-…`, `entity-…` or `announcement-…`. */
  subject: string;
  verdict: Verdict;
  reason: Reason | null;
  compared: Compared | null;
  /** How what is implied was worked out. */
  steps: readonly Step[];
  /** Of a conflict: what each claim would have to become, the least stretch first. */
  relaxations: readonly Relaxation[];
  readings: readonly SessionReading[];
  /** The price at which a claimed change is true. */
  needed: Interval | null;
  pieces: readonly Piece[];
  /** What the sentence names beside that: texts and numbers, intervals, moments. */
  named: Readonly<Record<string, string | number | null>>;
  spans: Readonly<Record<string, Interval | null>>;
  times: Readonly<Record<string, Instant | null>>;
}

/** A claim or commitment that there was nothing to hold against. */
export interface Unchecked {
  subject: string;
  piece: Piece;
  reason: 'not-measured' | 'base-not-measured' | 'outside-hours';
}

export function finding(topic: Topic, subject: string, verdict: Verdict, pieces: readonly Piece[], more: Partial<Finding> = {}): Finding {
  const ids = [...new Set(pieces.map((piece) => piece.row.id))].sort(compareText).map((id) => id.slice(-12));
  const variable = more.compared ? `:${more.compared.variable}` : '';
  return { id: `${topic}${variable}:${subject}:${ids.join('+')}`, topic, subject, verdict, reason: null, compared: null, steps: [], relaxations: [], readings: [], needed: null, pieces, named: {}, spans: {}, times: {}, ...more };
}

export interface Held {
  verdict: 'agree' | 'compatible' | 'conflict';
  implied: Interval;
  /** The facts that the implied interval rests on. */
  support: Fact[];
  steps: Step[];
  /** Of a conflict: the facts that exclude each other, none of which can be left out. */
  conflict: Fact[];
  relaxations: Relaxation[];
}

/**
 * Holds one fact against others.
 * @returns null where they say nothing of its variable, or exclude each other without it
 */
export function hold(network: Network, fact: Fact, others: readonly Fact[]): Held | null {
  const support = supportOf(network, others, fact.variable);
  const implied = impliedBy(network, support, fact.variable);
  if (!implied || support.length === 0) return null;
  const verdict = relate(fact.allowed, implied.value);
  const conflict = verdict === 'conflict' ? (minimalConflict(network, [...support, fact]) ?? []) : [];
  return { verdict, implied: implied.value, support, steps: implied.steps, conflict, relaxations: conflict.length > 0 ? relaxationsOf(network, conflict) : [] };
}
