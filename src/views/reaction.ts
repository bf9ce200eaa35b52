/**
 * The reaction to one event: an event study of a share against a benchmark, from the closes that were known then, with
 * the defaults and refusals of docs/event-study.md.
 */
import { formatInstant, parseDay, type Instant, type Session } from '../../events/index.js';
import { anchorOf, findAnnouncement, type Instrument, type Registered } from '../../projections/index.js';
import { positionOf } from '../projecting/log-index.js';
import { isRefusal, type Fitted, type Refusal } from '../study/index.js';
import { announcementExists } from './announcements.js';
import { resolveInstrument } from './catalog.js';
import { confoundersOf } from './confounders.js';
import { answer, echo, encodeToken, lastChangeOf, reader, ViewError, type Answer, type ViewContext } from './context.js';
import type { Confounder, ReactionView } from './reaction-schema.js';
import { sensitivityOf } from './reaction-sensitivity.js';
import { daysOf, fitted, pathOf, windowsOf } from './reaction-windows.js';
import { assumptionsOf, readingText, refusalsOf } from './reaction-words.js';
import { encodeAgain, type Again } from './study-again.js';
import { middayOf, sessionsAround, sessionsFor, type Span } from './study-days.js';
import { factorsOf, type Factors } from './study-factors.js';
import { lastCommon, pricesOf, sampleOf, type Prices, type SampleOptions } from './study-sample.js';
import { listOf, resultOf, settingsOf, type StudyQuery, type StudySettings } from './study-settings.js';
import { volumeOf } from './study-volume.js';

export interface ReactionQuery extends StudyQuery {
  instrument?: string | undefined;
  /** Without an announcement: the day (a session, or a day off: the next one). */
  date?: string | undefined;
  /** Firms on which nothing was announced that day, with commas between: a placebo. */
  controls?: string | undefined;
  /** The share of the benchmark that the firm is, such as 0.04. */
  weight?: string | undefined;
}

const LOOK_BACK = 5;

/** @throws ViewError for an unknown or undated announcement, a missing or unknown instrument or benchmark, a malformed parameter */
export function announcementReactionView(context: ViewContext, id: string, query: ReactionQuery): Answer<ReactionView> {
  announcementExists(context, id);
  const timeline = reader(context, 'timeline');
  const { range } = anchorOf(timeline, id);
  if (!range || !Number.isFinite(range.to.ms)) throw new ViewError('not-found', 404, `${id} is not dated${context.sight.known ? ' by what was known then' : ''}: a study needs the day of the event; give it with date=`);
  return reaction(context, query, { announcement: id, title: findAnnouncement(timeline, id)?.value.title ?? id, range: Number.isFinite(range.from.ms) ? range : { from: range.to, to: range.to }, open: !Number.isFinite(range.from.ms) });
}

/** The same of a day. */
export function dayReactionView(context: ViewContext, query: ReactionQuery): Answer<ReactionView> {
  const day = query.date === undefined ? null : parseDay(query.date);
  if (query.date === undefined || day === null) throw new ViewError('bad-parameter', 400, `date: expected the day of the event, such as 2025-10-06, got ${JSON.stringify(query.date ?? null)}`);
  const noon = middayOf(query.date);
  return reaction(context, query, { announcement: null, title: query.date, range: { from: noon, to: noon }, open: false });
}

/**
 * A study run again from what its answer carried, on the events that it read.
 * @throws ViewError other-result where this program makes something else of the same events
 */
export function againView(again: Again): (context: ViewContext) => Answer<ReactionView> {
  return (context) => {
    const found = again.of === null ? dayReactionView(context, again.query) : announcementReactionView(context, again.of, again.query);
    if (found.body.result === again.result) return found;
    throw new ViewError('other-result', 409, `the same events give the result ${found.body.result} here and gave ${again.result} there: another version of the statistics, or of the calendar, computed that`);
  };
}

interface Event {
  announcement: string | null;
  title: string;
  range: { from: Instant; to: Instant };
  /** Only by when it was public is known, and not from when. */
  open: boolean;
}

/** Everything that one study is computed from. */
export interface Plan {
  event: string;
  settings: StudySettings;
  firm: Prices;
  /** Of each benchmark asked for; the first leads. */
  markets: Prices[];
  factors: Factors | null;
  sessions: ReadonlyMap<number, Session>;
  /** The windows, and five days before the event. */
  whole: Span;
}

function reaction(context: ViewContext, query: ReactionQuery, { announcement, title, range, open }: Event): Answer<ReactionView> {
  const market = reader(context, 'market-value');
  if (query.instrument === undefined || query.instrument === '') throw new ViewError('bad-parameter', 400, 'instrument: expected an id or a symbol, such as XNAS:AMZN');
  const listing = resolveInstrument(context, query.instrument);
  const { calendar, instrument, symbol, entity } = listing.value;
  const known = context.sight.known ?? undefined;
  const readings = sessionsFor(calendar, range, known);
  const [day0] = readings as [Session];
  const settings = settingsOf(query, readings.length > 1 ? `0:${readings.length - 1},0:0` : undefined);
  const { estimation, windows, model } = settings;
  const benchmarks = settings.benchmarks.map((one) => resolveInstrument(context, one));
  const [benchmark] = benchmarks as [Registered<Instrument>];
  const whole: Span = { from: Math.min(-LOOK_BACK, settings.whole.from), to: settings.whole.to };
  const sessions = sessionsAround(calendar, day0, { from: estimation.from - 1, to: whole.to }, known);
  const firm = pricesOf(market, instrument, symbol, context.asOf, settings.adjustment);
  const markets = benchmarks.map(({ value }) => pricesOf(market, value.instrument, value.symbol, context.asOf, null));
  const factors = factorsOf(context, settings.factorSets);
  const plan: Plan = { event: announcement ?? title, settings, firm, markets, factors, sessions, whole };
  const inputs = samplesOf(plan);
  const assembled = sampleOf(inputs);
  const found = fitted(assembled, model, inputs.factors?.names);
  const all = confoundersOf(context, { instrument, entity: entity ?? null, calendar, sessions, own: announcement });
  const within = (span: Span): Confounder[] => all.filter(({ days }) => days.some((day) => day >= span.from && day <= span.to));
  const flaggedDates = new Set(within(estimation).filter(({ counts }) => counts).flatMap(({ dates }) => dates));
  const dropped = assembled.sample.estimation.dates.filter((date) => flaggedDates.has(date));
  const controls = controlsOf(context, plan, listOf(query.controls));
  const windowSetting = { windows, sessions, returns: settings.returns, within };
  const studied = windowsOf(found, assembled, { ...windowSetting, leads: true, controls: controls?.map(({ fit }) => fit) ?? null });
  const beside = (options: Partial<SampleOptions>): ReactionView['windows'] => {
    const other = sampleOf({ ...inputs, ...options });
    return windowsOf(fitted(other, model, inputs.factors?.names), other, { ...windowSetting, leads: false, controls: null });
  };
  const weight = weightOf(query.weight);
  const days = daysOf(found, assembled);
  const result = resultId(plan, [assembled.sample, controls?.map(({ id }) => id) ?? null, weight]);
  return answer(context, {
    ...echo(context, context.asOf ?? lastCommon(firm, markets[0] as Prices)),
    result,
    again: againOf(context, announcement, query, result),
    announcement,
    title,
    instrument,
    symbol,
    benchmark: benchmark.value.instrument,
    benchmarkSymbol: benchmark.value.symbol,
    model,
    factors: factors && { sets: [...factors.sets], names: factors.names },
    returns: settings.returns,
    adjustment: firm.series.adjustment,
    day0: day0.date,
    readings: readings.map((session) => ({ date: session.date, sentence: readingText(session, range) })),
    estimationFrom: sessions.get(estimation.from)?.date ?? '',
    estimationTo: sessions.get(estimation.to)?.date ?? '',
    ...fitFields(found),
    days,
    path: pathOf(found, days),
    windows: studied,
    // Fitted a second time only where that leaves something out.
    withoutFlagged: { dropped, windows: dropped.length === 0 ? [] : beside({ without: flaggedDates }) },
    withoutFirm: { weight, windows: weight === null || factors !== null ? [] : beside({ weight }) },
    sensitivity: sensitivityOf(plan, benchmarks.map(({ value }) => value.symbol)),
    volume: volumeOf(firm, sessions, estimation, whole),
    confounders: within(whole),
    flagged: within(estimation),
    controls: controls?.map(({ id, symbol: own, fit }) => ({ instrument: id, symbol: own, refused: isRefusal(fit) ? fit.refused : null })) ?? [],
    refusals: refusalsOf(controls?.length ?? 0),
    assumptions: assumptionsOf({ series: firm.series.adjustment, benchmark: benchmark.value, headline: studied.some(({ headline }) => headline), readings: readings.length, open, asOf: context.asOf && formatInstant(context.asOf), weight, factors: inputs.factors ? model : null, controls: controls?.length ?? 0, windows: windows.length }),
  });
}

/** The leading benchmark and the model's own regressors. */
function samplesOf({ event, settings: { model, returns, estimation }, firm, markets, factors, sessions, whole }: Plan): SampleOptions {
  return { event, firm, benchmark: markets[0] as Prices, factors: model === 'factors' ? factors : null, sessions, estimation, window: whole, returns };
}

interface Control {
  id: string;
  symbol: string;
  fit: Fitted | Refusal;
}

const MOST_CONTROLS = 200;

/** Each control firm fitted as the event's own is, on the same days; one without prices then counts as refused. */
function controlsOf(context: ViewContext, plan: Plan, asked: readonly string[]): Control[] | null {
  if (asked.length === 0) return null;
  if (asked.length > MOST_CONTROLS) throw new ViewError('bad-parameter', 400, `controls: expected at most ${MOST_CONTROLS} firms, got ${asked.length}`);
  const inputs = samplesOf(plan);
  return asked.map((one) => {
    const { instrument, symbol } = resolveInstrument(context, one).value;
    if (instrument === plan.firm.instrument) throw new ViewError('bad-parameter', 400, `controls: ${symbol} is the share itself`);
    try {
      const firm = pricesOf(reader(context, 'market-value'), instrument, symbol, context.asOf, plan.settings.adjustment);
      return { id: instrument, symbol, fit: fitted(sampleOf({ ...inputs, event: instrument, firm }), plan.settings.model, inputs.factors?.names) };
    } catch (error) {
      if (!(error instanceof ViewError) || error.kind !== 'not-found') throw error;
      return { id: instrument, symbol, fit: { refused: 'no-prices', reason: error.message } };
    }
  });
}

function weightOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const weight = /^0?\.\d+$/.test(text.trim()) ? Number(text) : NaN;
  if (!(weight > 0 && weight < 1)) throw new ViewError('bad-parameter', 400, `weight: expected the share of the benchmark that the firm is, such as 0.04, got ${JSON.stringify(text.slice(0, 40))}`);
  return weight;
}

function fitFields(found: Fitted | Refusal): Pick<ReactionView, 'estimationDays' | 'refused' | 'reason' | 'alpha' | 'beta' | 'coefficients' | 's'> {
  if (isRefusal(found)) return { estimationDays: null, refused: found.refused, reason: found.reason, alpha: null, beta: null, coefficients: [], s: null };
  const coefficients = Object.entries(found.coefficients).map(([name, value]) => ({ name, value }));
  return { estimationDays: found.t, refused: null, reason: null, alpha: found.coefficients['alpha'] ?? null, beta: found.coefficients['beta'] ?? null, coefficients, s: Math.sqrt(found.s2) };
}

/** As of the last event that changed what was read: events elsewhere leave it as it is. */
function againOf(context: ViewContext, of: string | null, query: ReactionQuery, result: string): string {
  const { runner, asOf, asked } = context;
  const order = lastChangeOf(context);
  const basis = encodeToken(runner.store.id, order === 0 ? null : positionOf(runner.log, order));
  const defined = (names: readonly string[], record: Readonly<Record<string, string | null | undefined>>): Record<string, string> => Object.fromEntries(names.flatMap((name) => (typeof record[name] === 'string' ? [[name, record[name]]] : [])));
  return encodeAgain({ of, query: defined(QUERY, { ...query }), asked: defined(ASKED, { asOf: asOf && formatInstant(asOf), ...asked, basis }), result });
}

/** In this order, so that the same study has the same text. */
const QUERY = ['instrument', 'benchmark', 'model', 'factors', 'windows', 'estimation', 'returns', 'adjustment', 'date', 'controls', 'weight'];
const ASKED = ['asOf', 'knownAt', 'clock', 'imprecise', 'basis'];

/** Of the plan, and what else went in. */
function resultId({ settings: { model, returns, estimation, windows }, firm, markets, factors }: Plan, more: readonly unknown[]): string {
  return resultOf([model, returns, estimation, windows, firm.instrument, firm.series, markets.map(({ instrument, series }) => [instrument, series]), factors?.names ?? null, ...more]);
}
