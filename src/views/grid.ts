/**
 * A view at many (asOf, knownAt) in one request. All cells are answered from one basis, each as the same request for it
 * alone with that basis would be; what a cell can't answer (an announcement unknown then) is told beside the others.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { DateTime, Duration } from 'luxon';
import { CalendarRangeError, compareInstants, formatInstant, type Instant } from '../../events/index.js';
import type { Runner } from '../projecting/runner.js';
import type { Position } from '../store/port.js';
import { BehindError, instantParameter, lastChangeOf, openContext, problemType, ViewError, type Answer, type Asked, type ViewContext } from './context.js';

/** A cell that could not be answered, and why: as the problem that the request for it alone gives. */
export interface CellProblem {
  asOf: string | null;
  knownAt: string | null;
  type: string;
  status: number;
  detail: string;
}

export interface Grid<T> {
  /** How many were asked for: as many as there are answers and problems. */
  cells: number;
  grid: T[];
  problems: CellProblem[];
}

export const MAX_CELLS = 500;
/** Characters of JSON over all cells. */
export const MAX_GRID_SIZE = 16 * 1024 * 1024;
/** What a cell may say of what was known then; anything else (a projection that stopped) is no answer at all. */
const CELL_KINDS: ReadonlySet<string> = new Set<ViewError['kind']>(['not-found', 'ambiguous-symbol', 'bad-parameter']);

/** Does a request ask for more than one (asOf, knownAt)? */
export function isGrid({ asOf, knownAt }: Asked): boolean {
  return [asOf, knownAt].some((text) => text !== undefined && /[,/]/.test(text));
}

/**
 * Answers every cell, and lets other requests in between them.
 * @param stopped asked between cells: nobody waits for the answer any more
 * @returns null when it was stopped
 * @throws ViewError bad-parameter for a malformed list or range, too many cells, too large an answer, and where all cells
 * have a parameter in common that is wrong; whatever stops a single answer (basis-ahead, folding, faulted)
 */
export async function answerGrid<T>(runner: Runner, asked: Asked, view: (context: ViewContext) => Answer<T>, stopped: () => boolean = () => false): Promise<Answer<Grid<T>> | null> {
  const cells = cellsOf(asked);
  const head = runner.position();
  let limit = Infinity;
  for (;;) {
    const filled = await fill(runner, asked, cells, { head, limit }, view, stopped);
    if (filled === null) return null;
    // A projection that fell behind, or a newer version that took over on the way: all cells anew, none of them mixed.
    if ('behind' in filled) limit = filled.behind;
    else if (new Set(filled.versions.map((version) => version.split('@')[0])).size === filled.versions.length) return filled;
  }
}

type Cell = Pick<Asked, 'asOf' | 'knownAt'>;

async function fill<T>(runner: Runner, asked: Asked, cells: readonly Cell[], { head, limit }: { head: Position | null; limit: number }, view: (context: ViewContext) => Answer<T>, stopped: () => boolean): Promise<Answer<Grid<T>> | { behind: number } | null> {
  const grid: T[] = [];
  const problems: CellProblem[] = [];
  const versions = new Set<string>();
  const stale = new Set<string>();
  let [lastChange, size, basis] = [0, 0, ''];
  let first: unknown = null;
  for (const cell of cells) {
    const context = openContext(runner, { ...asked, ...cell }, limit, { head, cells: cells.length });
    try {
      const { body, versions: own } = view(context);
      grid.push(body);
      for (const version of own) versions.add(version);
      size += JSON.stringify(body).length;
    } catch (error) {
      if (error instanceof BehindError && error.order < limit) return { behind: error.order };
      problems.push(cellProblem(context, error));
      first ??= error;
    }
    if (size > MAX_GRID_SIZE) throw new ViewError('bad-parameter', 400, `asOf and knownAt: expected cells of together at most ${MAX_GRID_SIZE / 1024 / 1024} MiB, and ${grid.length + problems.length} of these ${cells.length} are more: ask for fewer at once, or for less in each (a view of closes takes from and to)`);
    // What a cell read also decides whether its problem stays one.
    lastChange = Math.max(lastChange, lastChangeOf(context));
    for (const version of context.versions) versions.add(version);
    for (const version of context.stale) stale.add(version);
    basis = context.basis;
    await breathe();
    if (stopped()) return null;
  }
  // What is wrong in every cell is wrong in the request.
  if (grid.length === 0 && problems.every((problem) => problem.status === 400)) throw first;
  return { body: { cells: cells.length, grid, problems }, lastChange, versions: [...versions].sort(), basis, stale: [...stale].sort() };
}

/** @throws the error itself where it is not about what was known in this cell */
function cellProblem(context: ViewContext, error: unknown): CellProblem {
  const asked = { asOf: context.asOf && formatInstant(context.asOf), knownAt: context.asked.knownAt };
  if (error instanceof CalendarRangeError) return { ...asked, type: problemType('bad-parameter'), status: 400, detail: error.message };
  if (error instanceof ViewError && CELL_KINDS.has(error.kind)) return { ...asked, type: problemType(error.kind), status: error.status, detail: error.message, ...error.extra };
  throw error;
}

/** For each knownAt every asOf, as they were given. */
function cellsOf(asked: Asked): Cell[] {
  const [asOf, knownAt] = [axis('asOf', asked.asOf), axis('knownAt', asked.knownAt)];
  const count = asOf.length * knownAt.length;
  if (count > MAX_CELLS) throw tooMany(`${asOf.length} × ${knownAt.length} = ${count}`);
  return knownAt.flatMap((known) => asOf.map((at) => ({ asOf: at, knownAt: known })));
}

/** The values of one parameter: a list, in which each is an instant or a range. */
function axis(name: 'asOf' | 'knownAt', text: string | undefined): (string | undefined)[] {
  if (text === undefined) return [undefined];
  const values: string[] = [];
  for (const item of text.split(',')) {
    for (const value of item.includes('/') ? range(name, item) : [instantOf(name, item)]) {
      if (values.push(formatInstant(value) as string) > MAX_CELLS) throw tooMany(`more than ${MAX_CELLS} times ${name}`);
    }
  }
  return values;
}

/** From FROM in steps up to and with TO; steps of months and years go by the calendar in UTC. */
function* range(name: 'asOf' | 'knownAt', text: string): Generator<Instant> {
  const parts = text.split('/');
  const [first, last, stepText] = parts;
  const wrong = (expected: string): ViewError => new ViewError('bad-parameter', 400, `${name}: expected ${expected}, got ${JSON.stringify(text.slice(0, 120))}`);
  if (parts.length !== 3 || first === undefined || last === undefined || stepText === undefined) throw wrong('a range FROM/TO/STEP such as 2025-11-01T00:00:00Z/2025-11-10T00:00:00Z/P1D');
  const [from, to] = [instantOf(name, first), instantOf(name, last)];
  const step = Duration.fromISO(stepText);
  const start = DateTime.fromMillis(from.ms, { zone: 'utc' });
  if (!step.isValid || !(start.plus(step).toMillis() >= from.ms + 1)) throw wrong('a range whose STEP is an ISO 8601 duration of at least a millisecond, such as P1D or PT1H');
  if (compareInstants(from, to) > 0) throw wrong('a range whose TO is not before its FROM');
  for (let k = 0; ; k += 1) {
    const at = { ms: Math.trunc(start.plus(step.mapUnits((count) => count * k)).toMillis()), ns: from.ns };
    if (compareInstants(at, to) > 0) return;
    yield at;
  }
}

function instantOf(name: 'asOf' | 'knownAt', text: string): Instant {
  return instantParameter(name, text) as Instant;
}

function tooMany(asked: string): ViewError {
  return new ViewError('bad-parameter', 400, `asOf and knownAt: expected at most ${MAX_CELLS} cells in one request, got ${asked}: ask in parts, or with a longer step`);
}
