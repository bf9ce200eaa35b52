/**
 * The table of abnormal returns: the days of event studies (docs/event-study.md), a row a day. A study that is refused
 * keeps its row, with the reason as its outcome.
 */
import { BEGINNING, compareInstants, maxInstant, type Instant } from '../../events/index.js';
import { anchorOf, announcementIds, factorDays, openReader, type Adjustment } from '../../projections/index.js';
import type { Runner } from '../projecting/runner.js';
import { resolveInstrument } from '../views/catalog.js';
import { answer, answerFrom, reader, ViewError, type Answer, type Asked, type ViewContext } from '../views/context.js';
import type { ReactionView } from '../views/reaction-schema.js';
import { sessionsFor } from '../views/study-days.js';
import { pricesOf } from '../views/study-sample.js';
import { settingsOf } from '../views/study-settings.js';
import { announcementReactionView, type ReactionQuery } from '../views/reaction.js';
import { columnsOf, inOneBatch, type Row, type Table } from './table.js';

const COLUMNS = columnsOf([
  ['event_id', 'text'],
  ['instrument_id', 'text'],
  ['relative_day', 'integer'],
  ['date', 'text'],
  ['ret', 'float'],
  ['expected', 'float'],
  ['ar', 'float'],
  ['ar_var', 'float'],
  ['sar', 'float'],
  ['model', 'text'],
  ['benchmark', 'text'],
  ['estimation_from', 'text'],
  ['estimation_to', 'text'],
  ['t', 'integer'],
  ['k', 'integer'],
  ['outcome', 'text'],
  // From when all that the row is computed from was known.
  ['ts_known', 'time'],
]);

export interface AbnormalReturnsRequest {
  /** Ids; null: all that are dated. */
  announcements: readonly string[] | null;
  /** Ids or symbols of the shares. */
  instruments: readonly string[];
  /** Benchmark, model, windows and so on; without `instrument`. */
  study: Omit<ReactionQuery, 'instrument' | 'date'>;
}

/** @throws ViewError for a benchmark, model or window that can't be */
export function abnormalReturnsTable(runner: Runner, asked: Asked, request: AbnormalReturnsRequest): Table {
  settingsOf(request.study);
  return { name: 'abnormal_returns', columns: COLUMNS, rows: rowsOf(runner, asked, request) };
}

async function* rowsOf(runner: Runner, asked: Asked, { announcements, instruments, study }: AbnormalReturnsRequest): AsyncGenerator<Row[]> {
  const events = answerFrom(runner, asked, (context) => answer(context, datedOf(context, announcements))).body;
  const rows: DayRow[] = [];
  for (const event of events) {
    for (const instrument of instruments) {
      try {
        rows.push(...answerFrom(runner, asked, (context): Answer<DayRow[]> => {
          const found = announcementReactionView(context, event, { ...study, instrument });
          return { ...found, body: dayRows(context, event, found.body) };
        }).body);
      } catch (error) {
        if (!(error instanceof ViewError) || error.kind !== 'not-found') throw error;
        rows.push({ row: [event, instrument, ...COLUMNS.slice(2, -2).map(() => null), error.message, null], known: null });
      }
    }
  }
  // Those that were never known come first, as they do where a tool sorts null first.
  yield rows.sort((a, b) => (a.known && b.known ? compareInstants(a.known, b.known) : Number(a.known !== null) - Number(b.known !== null))).map(({ row }) => row);
}

function datedOf(context: ViewContext, asked: readonly string[] | null): string[] {
  if (asked !== null) return [...asked];
  const timeline = reader(context, 'timeline');
  return announcementIds(timeline).filter((id) => {
    const { range } = anchorOf(timeline, id);
    return range !== null && Number.isFinite(range.to.ms);
  });
}

/** One study as a table. */
export function reactionTable(rows: readonly DayRow[]): Table {
  return { name: 'abnormal_returns', columns: COLUMNS, rows: inOneBatch(rows.map(({ row }) => row)) };
}

interface DayRow {
  row: Row;
  known: Instant | null;
}

/** The rows of one study. @param event its announcement; null: a day */
export function dayRows(context: ViewContext, event: string | null, body: ReactionView): DayRow[] {
  const known = knownByDay(context, event, body);
  const { instrument, model, benchmark, estimationFrom, estimationTo, estimationDays, refused, coefficients } = body;
  return body.days.map(({ relative, date, return: own, expected, ar, variance, t }) => {
    const when = known(date);
    return { row: [event, instrument, relative, date, own, expected, ar, variance, t, model, benchmark, estimationFrom, estimationTo, estimationDays, refused === null ? coefficients.length : null, refused ?? (ar === null ? 'no-return' : 'computed'), when], known: when };
  });
}

/** From when the closes and factors up to a day, the splits applied to them, and the date of the event were known. */
function knownByDay(context: ViewContext, event: string | null, { instrument, symbol, benchmark, benchmarkSymbol, adjustment, estimationFrom, factors, readings }: ReactionView): (date: string) => Instant | null {
  const market = reader(context, 'market-value');
  const seen: { date: string; known: Instant }[] = [];
  for (const { byDate } of [pricesOf(market, instrument, symbol, context.asOf, adjustment as Adjustment), pricesOf(market, benchmark, benchmarkSymbol, context.asOf, null)]) {
    const all = [...byDate.values()];
    const first = Math.max(0, all.findIndex(({ bar }) => bar.value.date >= estimationFrom) - 1);
    for (const { bar, splits } of all.slice(first)) seen.push({ date: bar.value.date, known: splits.map((row) => row.known.from).reduce(maxInstant, bar.known.from) });
  }
  for (const set of factors?.sets ?? []) for (const { value, known } of factorDays(reader(context, 'factors'), set)) if (value.date >= estimationFrom) seen.push({ date: value.date, known: known.from });
  const dated = event === null ? null : datedBy(context, event, instrument, readings.map(({ date }) => date));
  return (date) => {
    const before = seen.filter((one) => one.date <= date).map((one) => one.known);
    return before.length === 0 ? null : before.reduce(maxInstant, dated ?? BEGINNING);
  };
}

/** The first moment at which what was known of the date left these sessions for day 0: later reports may say the same. */
function datedBy(context: ViewContext, event: string, instrument: string, days0: readonly string[]): Instant | null {
  const { ledger } = reader(context, 'timeline');
  const { calendar } = resolveInstrument(context, instrument).value;
  const moments = anchorOf(reader(context, 'timeline'), event).readings.map(({ row }) => row.known.from).sort(compareInstants);
  return (
    moments.find((known) => {
      const { range } = anchorOf(openReader(ledger, { ...context.sight, known }), event);
      if (!range || !Number.isFinite(range.to.ms)) return false;
      const sessions = sessionsFor(calendar, Number.isFinite(range.from.ms) ? range : { from: range.to, to: range.to }, known);
      return sessions.length === days0.length && sessions.every(({ date }, i) => date === days0[i]);
    }) ?? moments.at(-1) ?? null
  );
}
