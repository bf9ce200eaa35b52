/**
 * The as-of join: for each row of labels the views' values as they were known at the row's own time. A row that a view has
 * nothing for stays, with the reason: dropped rows are how studies lose their losers.
 */
import { compareInstants, formatInstant, parseInstant, previousSession, type Instant } from '../../events/index.js';
import type { Level } from '../../projections/index.js';
import type { Tracker } from '../tracker.js';
import { resolveInstrument } from '../views/catalog.js';
import { answerFrom, encodeToken, ViewError, type Answer, type Asked, type ViewContext } from '../views/context.js';
import { LEVEL_FIELDS } from '../views/market-points.js';
import { marketValueView } from '../views/market-value.js';
import { sessionFor } from '../views/study-days.js';
import { dayReactionView } from '../views/reaction.js';
import { sentimentView } from '../views/sentiment.js';
import { levelsAsOf } from './asof-levels.js';

export const ASOF_VIEWS = ['market-value', 'sentiment', 'reaction'] as const;
export type AsofView = (typeof ASOF_VIEWS)[number];

/** What each view gives where no columns are named. */
const USUAL: Record<AsofView, readonly string[]> = {
  'market-value': ['level.date', 'level.close', 'level.price', 'level.marketValue', 'level.sharesAgeDays', 'level.knownFrom'],
  sentiment: ['overall.mean', 'overall.shrunk', 'overall.n', 'overall.disagreement'],
  reaction: ['day0', 'windows.0.car', 'windows.0.t', 'windows.0.p'],
};

/** One label: what it is about, and when. */
export interface AsofLabel {
  /** Id or symbol, as of the row's time. */
  instrument: string;
  /** Of sentiment; unstated: who issued the instrument. */
  entity?: string | undefined;
  /** Valid time. */
  time: string;
  /** Known by; unstated: the time. Later than it is refused. */
  knownAt?: string | undefined;
}

export interface AsofOptions {
  views: readonly AsofView[];
  /** `view.path`, such as market-value.level.close; unstated: the usual ones of each view. */
  columns?: readonly string[] | undefined;
  clock?: 'published' | 'recorded' | undefined;
  /** Of the reaction. */
  benchmark?: string | undefined;
  estimation?: string | undefined;
  windows?: string | undefined;
}

export interface AsofResult {
  /** By column. */
  values: Record<string, unknown>;
  /** Why values are missing; null where none is. */
  reason: string | null;
}

interface Column {
  name: string;
  view: AsofView;
  path: readonly string[];
}

/** Thrown for a view or column that can't be asked for. */
export class AsofError extends Error {
  override readonly name = 'AsofError';
}

/** @throws AsofError */
export function asofColumns({ views, columns, benchmark }: AsofOptions): Column[] {
  for (const view of views) if (!ASOF_VIEWS.includes(view)) throw new AsofError(`view: expected some of ${ASOF_VIEWS.join(', ')}, got ${JSON.stringify(view)}`);
  if (views.length === 0) throw new AsofError(`view: expected some of ${ASOF_VIEWS.join(', ')}`);
  if (views.includes('reaction') && benchmark === undefined) throw new AsofError('benchmark: the reaction needs one, such as INDEX:SPX');
  const names = columns ?? views.flatMap((view) => USUAL[view].map((path) => `${view}.${path}`));
  return names.map((name) => {
    const view = views.find((one) => name.startsWith(`${one}.`));
    if (view === undefined) throw new AsofError(`columns: expected VIEW.FIELD of ${views.join(', ')}, such as ${views[0]}.${USUAL[views[0] as AsofView][1]}, got ${JSON.stringify(name)}`);
    return { name, view, path: name.slice(view.length + 1).split('.') };
  });
}

/**
 * Joins row by row, on the log as it is at the first of them.
 * @throws AsofError at once; what is wrong with a row is its reason
 */
export function asofJoin(tracker: Tracker, options: AsofOptions): (label: AsofLabel) => AsofResult {
  const columns = asofColumns(options);
  const basis = encodeToken(tracker.store.id, tracker.runner.position());
  const straight = levelReader(tracker, columns, options, basis);
  return (label) => {
    const values = straight?.(label) ?? null;
    return values === null ? asked(label) : { values, reason: null };
  };

  function asked(label: AsofLabel): AsofResult {
    const reasons: string[] = [];
    const wanted = askedOf(label, options.clock, basis);
    const bodies = new Map<AsofView, unknown>();
    for (const view of typeof wanted === 'string' ? [] : options.views) {
      try {
        bodies.set(view, answerFrom(tracker.runner, wanted as Asked, (context) => viewOf(context, view, label, options)).body);
      } catch (error) {
        if (!(error instanceof ViewError)) throw error;
        reasons.push(`${view}: ${error.message}`);
      }
    }
    if (typeof wanted === 'string') reasons.push(wanted);
    const values: Record<string, unknown> = {};
    for (const { name, view, path } of columns) values[name] = bodies.has(view) ? at(bodies.get(view), path) : null;
    for (const [view, body] of bodies) {
      const missing = columns.filter((column) => column.view === view && values[column.name] === null).map(({ path }) => path.join('.'));
      if (missing.length > 0) reasons.push(`${view}: ${reasonIn(body) ?? `no ${missing.join(', ')} then`}`);
    }
    return { values, reason: reasons.length === 0 ? null : reasons.join('; ') };
  }
}

/** Where nothing but levels is asked: each by a bisection. @returns null for a row that the view must answer, as it must where a value is missing */
function levelReader({ runner }: Tracker, columns: readonly Column[], { clock, views }: AsofOptions, basis: string): ((label: AsofLabel) => Record<string, unknown> | null) | null {
  if (clock === 'recorded' || views.some((view) => view !== 'market-value')) return null;
  const fields = columns.map(({ name, path: [part, field = ''], path }) => ({ name, of: path.length === 2 && part === 'level' ? (LEVEL_FIELDS as Record<string, (level: Level) => unknown>)[field] : undefined }));
  const wanted = fields.flatMap(({ name, of }) => (of ? [{ name, of }] : []));
  const levels = wanted.length === fields.length ? levelsAsOf(runner, basis, !columns.some(({ path }) => path[1] === 'event' || path[1] === 'knownFrom')) : null;
  if (levels === null) return null;
  // In the series as it is stored a price is its close.
  const closesAlone = columns.every(({ path }) => path[1] === 'close' || path[1] === 'price');
  return ({ instrument, time, knownAt }) => {
    const moment = knownAt === undefined || knownAt === '' || knownAt === time ? parseInstant(time) : null;
    if (moment === null) return null;
    const values: Record<string, unknown> = {};
    if (closesAlone) {
      const close = levels.close(instrument, moment);
      if (close === null) return null;
      for (const { name } of wanted) values[name] = close;
      return values;
    }
    const level = levels.level(instrument, moment);
    if (level === null) return null;
    for (const { name, of } of wanted) {
      const value = of(level) ?? null;
      if (value === null) return null;
      values[name] = value;
    }
    return values;
  };
}

/** The view's own parameters beside its time, or what is wrong with the row. */
function askedOf({ time, knownAt }: AsofLabel, clock: AsofOptions['clock'], basis: string): Asked | string {
  const asOf = parseInstant(time);
  if (!asOf) return `time: expected an instant with its zone, such as 2025-11-03T21:00:00Z, got ${JSON.stringify(time.slice(0, 40))}`;
  const known: Instant | null = knownAt === undefined || knownAt === '' ? asOf : parseInstant(knownAt);
  if (!known) return `knownAt: expected an instant with its zone, got ${JSON.stringify((knownAt ?? '').slice(0, 40))}`;
  if (compareInstants(known, asOf) > 0) return `knownAt: ${knownAt ?? ''} is later than the row's own time: what was known later is no feature of it`;
  return { asOf: formatInstant(asOf) ?? time, knownAt: formatInstant(known) ?? time, basis, clock };
}

function viewOf(context: ViewContext, view: AsofView, { instrument, entity, time }: AsofLabel, { benchmark, estimation, windows }: AsofOptions): Answer<unknown> {
  switch (view) {
    case 'market-value':
      // Only the last close is wanted, not all of those before it.
      return marketValueView(context, instrument, { from: time });
    case 'sentiment':
      return sentimentView(context, entity ?? issuerOf(context, instrument), { from: time });
    case 'reaction':
      return dayReactionView(context, { instrument, benchmark, date: lastClosed(context), estimation, windows });
  }
}

/** The last session that had closed: the next one's reaction is not known yet. */
function lastClosed({ asOf, sight }: ViewContext): string {
  const known = sight.known ?? undefined;
  return previousSession('US', sessionFor('US', asOf as Instant, known).date, known).date;
}

function issuerOf(context: ViewContext, instrument: string): string {
  const { entity } = resolveInstrument(context, instrument).value;
  if (entity === undefined) throw new ViewError('not-found', 404, `${instrument} has no issuer: name the entity`);
  return entity;
}

/** The value at a path; null where the way ends. */
function at(body: unknown, path: readonly string[]): unknown {
  let value = body;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return value ?? null;
}

/** What a view itself says of why it has nothing. */
function reasonIn(body: unknown): string | null {
  const { reason, windows } = body as { reason?: string | null; windows?: { reason?: string | null }[] };
  return reason ?? windows?.find((window) => typeof window.reason === 'string')?.reason ?? null;
}
