/**
 * What every view is asked with, and what it answers with. A view is a pure function of (asOf, knownAt, clock, basis,
 * projection version, parameters): the wall clock is not among them.
 */
import { CALENDAR_VERSION, formatInstant, parseInstant, QUANTITY_RULE, type Instant } from '../../events/index.js';
import { lastChangeRead, mayDiffer, openReader, type Ledger, type Reader, type Sight } from '../../projections/index.js';
import { orderAt, orderRecordedBy, positionOf } from '../projecting/log-index.js';
import type { Runner } from '../projecting/runner.js';
import type { Position } from '../store/port.js';

/** Raised when a view answers the same question in other words: no client may then be told that it has the answer. */
const VIEW_VERSION = 3;
/** What decides an answer beside events, projections and the question. */
export const RULES: readonly number[] = [VIEW_VERSION, QUANTITY_RULE, CALENDAR_VERSION];

/** Thrown when a request can't be answered as asked; `kind` is the problem type, `status` its HTTP status. */
export class ViewError extends Error {
  override readonly name = 'ViewError';
  constructor(
    readonly kind: 'not-found' | 'ambiguous-symbol' | 'foreign-basis' | 'basis-ahead' | 'bad-parameter' | 'faulted' | 'folding' | 'other-result',
    readonly status: number,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** The URN that names a kind of problem (RFC 9457). */
export function problemType(kind: string): string {
  return `urn:market-reaction-tracker:problem:${kind.replaceAll('.', '-')}`;
}

export interface Asked {
  asOf?: string | undefined;
  knownAt?: string | undefined;
  clock?: 'published' | 'recorded' | undefined;
  basis?: string | undefined;
  imprecise?: 'latest' | 'earliest' | undefined;
}

export interface ViewContext {
  runner: Runner;
  sight: Sight;
  /** null: not stated, each view takes the latest valid time that it reads. */
  asOf: Instant | null;
  asked: { knownAt: string | null; clock: 'published' | 'recorded'; imprecise: 'latest' | 'earliest' };
  /** The token that reproduces this answer. */
  basis: string;
  /** Whether the basis was asked for. */
  pinned: boolean;
  /** How many answers the request asks for: they share its limits of work. */
  cells: number;
  readers: Map<string, Reader>;
  /** name@version of what was read, and of that which is not up to date. */
  versions: string[];
  stale: string[];
}

export interface Answer<T> {
  body: T;
  /** The last order that changed this view: with the versions and the query it makes the ETag. */
  lastChange: number;
  /** name@version of the projections that were read. */
  versions: string[];
  basis: string;
  /** Those of them that do not follow the log, or are of an older version than the program's. */
  stale: string[];
  /** What was read, and up to which order; of a grid that is not kept. */
  read?: { readers: ReadonlyMap<string, Reader>; order: number };
}

/** An opaque cursor: a position and the store that it belongs to. */
export function encodeToken(storeId: string, position: Position | null): string {
  return Buffer.from(JSON.stringify([storeId, position])).toString('base64url');
}

/** @throws ViewError foreign-basis when it belongs to another store, bad-parameter when it is no token */
export function decodeToken(token: string, storeId: string, name = 'basis'): Position | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    parsed = undefined;
  }
  if (!Array.isArray(parsed) || parsed.length !== 2 || typeof parsed[0] !== 'string' || (parsed[1] !== null && typeof parsed[1] !== 'string')) {
    throw new ViewError('bad-parameter', 400, `${name}: expected a token that this API gave out, got ${JSON.stringify(token.slice(0, 80))}`);
  }
  if (parsed[0] !== storeId) throw new ViewError('foreign-basis', 409, `${name}: this token belongs to another store; ask again without it`);
  return parsed[1] as Position | null;
}

/**
 * Opens the context of one answer.
 * @param limit the last order that is looked at
 * @param request its other answers: how many there are with it, and the head that they all look at
 * @throws ViewError for a malformed time, a foreign basis, or a basis ahead of what is folded
 */
export function openContext(runner: Runner, asked: Asked, limit = Infinity, { head = runner.position(), cells = 1 }: { head?: Position | null; cells?: number } = {}): ViewContext {
  const pinned = asked.basis === undefined ? head : decodeToken(asked.basis, runner.store.id);
  if (pinned !== null && (head === null || pinned > head)) throw new ViewError('basis-ahead', 503, 'basis: these events are stored but not projected yet; try again in a moment');
  let order = pinned === null ? 0 : orderAt(runner.log, pinned);
  const limited = order > limit;
  if (limited) order = limit;
  const clock = asked.clock ?? 'published';
  let known = instantParameter('knownAt', asked.knownAt);
  const knownAt = known && formatInstant(known);
  if (clock === 'recorded' && known) {
    order = Math.min(order, orderRecordedBy(runner.log, known));
    known = null;
  }
  const imprecise = asked.imprecise ?? 'latest';
  return {
    runner,
    sight: { order, known, imprecise },
    asOf: instantParameter('asOf', asked.asOf),
    asked: { knownAt, clock, imprecise },
    basis: encodeToken(runner.store.id, limited ? (limit === 0 ? null : positionOf(runner.log, limit)) : pinned),
    pinned: asked.basis !== undefined,
    cells,
    readers: new Map(),
    versions: [],
    stale: [],
  };
}

/**
 * A parameter with a closed list of values; null where it is not given.
 * @throws ViewError bad-parameter, with the list
 */
export function oneOf<T extends string>(name: string, given: string | undefined, values: readonly T[]): T | null {
  if (given === undefined) return null;
  const found = values.find((value) => value === given);
  if (found === undefined) throw new ViewError('bad-parameter', 400, `${name}: expected one of ${values.join(', ')}, got ${JSON.stringify(given.slice(0, 40))}`);
  return found;
}

/** @throws ViewError bad-parameter */
export function instantParameter(name: string, text: string | undefined): Instant | null {
  if (text === undefined) return null;
  const at = parseInstant(text);
  if (!at) throw new ViewError('bad-parameter', 400, `${name}: expected an instant with its zone, such as 2025-11-03T21:00:00Z, got ${JSON.stringify(text.slice(0, 80))}`);
  return at;
}

/** Thrown by a reader when what serves lies before what was asked; whoever answers then asks again for what there is. */
export class BehindError extends Error {
  override readonly name = 'BehindError';
  constructor(readonly order: number) {
    super(`there is nothing beyond order ${order}`);
  }
}

/**
 * Answers a view. Where a projection that it reads stopped, or folds anew while an older version serves, the whole view
 * is answered as of the last event that is in there, and says so: one basis, not a mixture.
 * @throws ViewError, and what the view throws
 */
export function answerFrom<T>(runner: Runner, asked: Asked, view: (context: ViewContext) => Answer<T>): Answer<T> {
  let limit = Infinity;
  for (;;) {
    try {
      return view(openContext(runner, asked, limit));
    } catch (error) {
      if (!(error instanceof BehindError) || error.order >= limit) throw error;
      limit = error.order;
    }
  }
}

/**
 * The reader of one projection under this request's sight.
 * @throws ViewError faulted, folding
 */
export function reader(context: ViewContext, name: string): Reader {
  let found = context.readers.get(name);
  if (!found) {
    const { ledger, order, version } = serving(context, name);
    // A pinned basis is a promise about bytes: it is kept or refused, never shortened.
    if (context.sight.order > order && context.pinned) throw new ViewError('basis-ahead', 503, `basis: projection ${name} has what was stored by an earlier event only; ask without the basis, or try again later`);
    if (context.sight.order > order) throw new BehindError(order);
    found = openReader(ledger, context.sight);
    context.readers.set(name, found);
    context.versions.push(`${name}@${version}`);
    if (order < context.runner.events() || version !== context.runner.states.get(name)?.projection.version) context.stale.push(`${name}@${version}`);
  }
  return found;
}

/** What answers for a projection: its state, or an older version's while it folds anew. */
function serving({ runner, sight }: ViewContext, name: string): { ledger: Ledger; order: number; version: number } {
  const state = runner.states.get(name);
  if (!state) throw new ViewError('faulted', 503, `projection ${name} does not run here`);
  const own = { ledger: state.ledger, order: state.order, version: state.projection.version };
  const old = runner.stale.get(name);
  if (own.order === runner.events()) return own;
  if (old && !(state.fault && own.order > old.order)) return old;
  if (state.fault || own.order >= sight.order) return own;
  throw new ViewError('folding', 503, `projection ${name} folds anew: ${own.order} of ${runner.events()} events; try again in a moment`);
}

/** Closes a view: what it read decides its ETag. */
export function answer<T>(context: ViewContext, body: T): Answer<T> {
  return { body, lastChange: lastChangeOf(context), versions: context.versions.sort(), basis: context.basis, stale: context.stale.sort(), read: { readers: context.readers, order: context.sight.order } };
}

/**
 * Is an answer that was given at the head still the answer, by what it read? Asked in place of answering anew: false
 * means that it may be another.
 */
export function stillHolds(runner: Runner, { read, stale }: Answer<unknown>): boolean {
  if (read === undefined || stale.length > 0) return false;
  for (const [name, reader] of read.readers) {
    const state = runner.states.get(name);
    if (state?.ledger !== reader.ledger || state.order !== runner.events() || mayDiffer(reader, read.order)) return false;
  }
  return true;
}

/** The last order that changed what was read so far. */
export function lastChangeOf(context: ViewContext): number {
  let last = 0;
  for (const read of context.readers.values()) last = Math.max(last, lastChangeRead(read));
  return last;
}

/** What every body says of how it was asked. */
export function echo(context: ViewContext, asOf: Instant | null): { asOf: string | null; knownAt: string | null; clock: 'published' | 'recorded'; imprecise: 'latest' | 'earliest'; scenario?: string } {
  const { scenario } = context.runner;
  return { asOf: asOf && formatInstant(asOf), ...context.asked, ...(scenario === null ? {} : { scenario }) };
}
