/**
 * The reaction to one event: an event study of a share against a benchmark, from the closes that were known then, with
 * the defaults and refusals of docs/event-study.md.
 */
import { createHash } from 'node:crypto';
import { formatInstant, parseDay, type Instant, type Session } from '../../events/index.js';
import { anchorOf, findAnnouncement, type Instrument, type Registered } from '../../projections/index.js';
import { buyAndHold, cumulate, fit, isRefusal, leastDetectable, MODELS, sampleQuantile, sampleQuantileWindow, STUDY_VERSION, tTwoSided, type Fitted, type Model, type Refusal, type ReturnKind, type Sample } from '../study/index.js';
import { announcementExists } from './announcements.js';
import { resolveInstrument } from './catalog.js';
import { confoundersOf } from './confounders.js';
import { answer, echo, oneOf, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { adjustmentOf } from './market-value.js';
import type { Confounder, ReactionView, StudyWindow } from './reaction-schema.js';
import { assumptionsOf, readingText, REFUSALS_OF_ONE } from './reaction-words.js';
import { middayOf, sessionsAround, sessionsFor, spanOf, type Span } from './study-days.js';
import { lastCommon, pricesOf, sampleOf, type Prices } from './study-sample.js';

export interface ReactionQuery {
  instrument?: string | undefined;
  benchmark?: string | undefined;
  model?: string | undefined;
  /** Windows in trading days from day 0, with commas between; default 0:0,0:1. */
  windows?: string | undefined;
  /** Default -260:-11. */
  estimation?: string | undefined;
  returns?: string | undefined;
  adjustment?: string | undefined;
  /** Without an announcement: the day (a session, or a day off: the next one). */
  date?: string | undefined;
}

/** Models that one firm and one benchmark are enough for. */
export const OFFERED: readonly Model[] = MODELS.filter((model) => model !== 'factors');
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

interface Event {
  announcement: string | null;
  title: string;
  range: { from: Instant; to: Instant };
  /** Only by when it was public is known, and not from when. */
  open: boolean;
}

interface Plan {
  listing: Registered<Instrument>;
  benchmark: Registered<Instrument>;
  firm: Prices;
  market: Prices;
  model: Model;
  returns: ReturnKind;
  estimation: Span;
  windows: Span[];
  sessions: ReadonlyMap<number, Session>;
}

function reaction(context: ViewContext, query: ReactionQuery, { announcement, title, range, open }: Event): Answer<ReactionView> {
  const market = reader(context, 'market-value');
  const listing = required(context, 'instrument', query.instrument);
  const benchmark = required(context, 'benchmark', query.benchmark);
  const { calendar, instrument, symbol, entity } = listing.value;
  const adjustment = adjustmentOf(query.adjustment);
  const firm = pricesOf(market, instrument, symbol, context.asOf, adjustment);
  const index = pricesOf(market, benchmark.value.instrument, benchmark.value.symbol, context.asOf, null);
  const readings = sessionsFor(calendar, range, context.sight.known ?? undefined);
  const [day0] = readings as [Session];
  const estimation = spanOf('estimation', query.estimation ?? '-260:-11');
  const windows = (query.windows ?? (readings.length > 1 ? `0:${readings.length - 1},0:0` : '0:0,0:1')).split(',').map((text) => spanOf('windows', text));
  const whole: Span = { from: Math.min(-LOOK_BACK, ...windows.map(({ from }) => from)), to: Math.max(...windows.map(({ to }) => to)) };
  if (estimation.to >= Math.min(...windows.map(({ from }) => from))) throw new ViewError('bad-parameter', 400, `estimation: expected to end before the windows begin, got ${estimation.from}:${estimation.to} before ${windows.map(({ from, to }) => `${from}:${to}`).join(', ')}`);
  const sessions = sessionsAround(calendar, day0, { from: estimation.from - 1, to: whole.to }, context.sight.known ?? undefined);
  const model = oneOf('model', query.model, OFFERED) ?? 'market-model';
  const returns = oneOf('returns', query.returns, ['simple', 'log'] as const) ?? 'simple';
  const plan: Plan = { listing, benchmark, firm, market: index, model, returns, estimation, windows, sessions };
  const inputs = { event: announcement ?? title, firm, benchmark: index, sessions, estimation, window: whole, returns };
  const assembled = sampleOf(inputs);
  const fitted = fit(assembled.sample, model);
  const all = confoundersOf(context, { instrument, entity: entity ?? null, calendar, sessions, own: announcement });
  const within = (span: Span): Confounder[] => all.filter(({ days }) => days.some((day) => day >= span.from && day <= span.to));
  const flaggedDates = new Set(within(estimation).filter(({ counts }) => counts).flatMap(({ dates }) => dates));
  const dropped = assembled.sample.estimation.dates.filter((date) => flaggedDates.has(date));
  // Fitted a second time only where that leaves something out.
  const again = dropped.length === 0 ? null : sampleOf({ ...inputs, without: flaggedDates }).sample;
  const studied = windowsOf(plan, fitted, assembled.sample, within, true);
  return answer(context, {
    ...echo(context, context.asOf ?? lastCommon(firm, index)),
    result: resultId(plan, assembled.sample),
    announcement,
    title,
    instrument,
    symbol,
    benchmark: benchmark.value.instrument,
    benchmarkSymbol: benchmark.value.symbol,
    model,
    returns,
    adjustment: firm.series.adjustment,
    day0: day0.date,
    readings: readings.map((session) => ({ date: session.date, sentence: readingText(session, range) })),
    estimationFrom: sessions.get(estimation.from)?.date ?? '',
    estimationTo: sessions.get(estimation.to)?.date ?? '',
    ...fitFields(fitted),
    days: daysOf(fitted, assembled.sample, assembled.events),
    windows: studied,
    withoutFlagged: { dropped, windows: again ? windowsOf(plan, fit(again, model), again, within, false) : [] },
    sensitivity: sensitivityOf(plan, announcement ?? title, whole),
    confounders: within(whole),
    flagged: within(estimation),
    refusals: REFUSALS_OF_ONE,
    assumptions: assumptionsOf({ series: firm.series.adjustment, benchmark: benchmark.value, headline: studied.some(({ headline }) => headline), readings: readings.length, open, asOf: context.asOf && formatInstant(context.asOf) }),
  });
}

function required(context: ViewContext, name: 'instrument' | 'benchmark', given: string | undefined): Registered<Instrument> {
  if (given === undefined || given === '') throw new ViewError('bad-parameter', 400, `${name}: expected an id or a symbol, such as ${name === 'instrument' ? 'XNAS:AMZN' : 'INDEX:SPX'}`);
  return resolveInstrument(context, given);
}

function fitFields(fitted: Fitted | Refusal): Pick<ReactionView, 'estimationDays' | 'refused' | 'reason' | 'alpha' | 'beta' | 's'> {
  if (isRefusal(fitted)) return { estimationDays: null, refused: fitted.refused, reason: fitted.reason, alpha: null, beta: null, s: null };
  return { estimationDays: fitted.t, refused: null, reason: null, alpha: fitted.coefficients['alpha'] ?? null, beta: fitted.coefficients['beta'] ?? null, s: Math.sqrt(fitted.s2) };
}

function daysOf(fitted: Fitted | Refusal, { window }: Sample, events: ReadonlyMap<string, string[]>): ReactionView['days'] {
  return window.dates.map((date, i) => {
    const day = isRefusal(fitted) ? null : (fitted.window[i] ?? null);
    const own = window.returns[i] ?? null;
    const market = window.regressors[i]?.[0] ?? null;
    const t = day !== null && day.ar !== null && day.variance !== null ? day.ar / Math.sqrt(day.variance) : null;
    return { relative: window.relative[i] ?? 0, date, return: own, expected: day?.expected ?? null, ar: day?.ar ?? null, variance: day?.variance ?? null, t, p: t === null || isRefusal(fitted) ? null : tTwoSided(t, fitted.df), benchmark: market, marketAdjusted: own === null || market === null ? null : own - market, events: events.get(date) ?? [] };
  });
}

/** @param first whether the headline is among them: of the first window that nothing contaminates, by rule */
function windowsOf({ windows, sessions, returns }: Plan, fitted: Fitted | Refusal, sample: Sample, within: (span: Span) => Confounder[], first: boolean): StudyWindow[] {
  const contaminated = windows.map((span) => [...new Set(within(span).filter(({ counts }) => counts).map(({ label, dates }) => `${label} (${dates[0]})`))]);
  // The first window leads, and only it: another one would be chosen for its result.
  const leads = first && contaminated[0]?.length === 0 ? 0 : -1;
  return windows.map((span, i) => {
    const dates = [...sessions].filter(([day]) => day >= span.from && day <= span.to).sort(([a], [b]) => a - b).map(([, { date }]) => date);
    const base = { ...span, dates, headline: i === leads, contaminatedBy: contaminated[i] ?? [], ...simple(sample, span, returns) };
    const cumulated = isRefusal(fitted) ? fitted : cumulate(fitted, span);
    if (isRefusal(fitted) || isRefusal(cumulated)) return { ...base, headline: false, refused: (cumulated as Refusal).refused, reason: (cumulated as Refusal).reason, car: null, variance: null, t: null, df: null, p: null, lo: null, hi: null, leastDetectable: null, quantileP: null, quantileReason: null, buyAndHold: null };
    const quantile = span.from === span.to ? sampleQuantile(fitted, span.from, true) : sampleQuantileWindow(fitted, span);
    const held = returns === 'simple' ? buyAndHold(fitted, span) : null;
    const { car, variance, t, df, p, lo, hi } = cumulated;
    return { ...base, refused: null, reason: null, car, variance, t, df, p, lo, hi, leastDetectable: leastDetectable(cumulated), quantileP: isRefusal(quantile) ? null : quantile.p, quantileReason: isRefusal(quantile) ? quantile.reason : null, buyAndHold: typeof held === 'number' ? held : null };
  });
}

/** What needs no model: the returns of the window, and those less the benchmark's. */
function simple({ window }: Sample, { from, to }: Span, _returns: ReturnKind): { raw: number | null; marketAdjusted: number | null } {
  const index = window.relative.flatMap((day, i) => (day >= from && day <= to ? [i] : []));
  const own = index.map((i) => window.returns[i] ?? null);
  const market = index.map((i) => window.regressors[i]?.[0] ?? null);
  const sum = (cells: readonly (number | null)[]): number | null => (cells.every((cell): cell is number => cell !== null) ? cells.reduce((a, b) => a + b, 0) : null);
  const [raw, benchmark] = [sum(own), sum(market)];
  return { raw, marketAdjusted: raw === null || benchmark === null ? null : raw - benchmark };
}

/** Other models and estimation windows, for the windows that were asked for: shown beside, never chosen from. */
function sensitivityOf({ firm, market, sessions, returns, estimation, windows, model }: Plan, event: string, whole: Span): ReactionView['sensitivity'] {
  const half = { from: estimation.from + Math.floor((estimation.to - estimation.from + 1) / 2), to: estimation.to };
  return [estimation, half].flatMap((span) => {
    const { sample } = sampleOf({ event, firm, benchmark: market, sessions, estimation: span, window: whole, returns });
    return OFFERED.filter((each) => each !== model || span !== estimation).flatMap((each) => {
      const fitted = fit(sample, each);
      return windows.map((window): ReactionView['sensitivity'][number] => {
        const found = isRefusal(fitted) ? fitted : cumulate(fitted, window);
        const base = { model: each, estimation: `${span.from}:${span.to}`, window: `${window.from}:${window.to}` };
        return isRefusal(found) ? { ...base, car: null, t: null, p: null, refused: found.refused } : { ...base, car: found.car, t: found.t, p: found.p, refused: null };
      });
    });
  });
}

/** The numbers that went in, the settings, and the version of the statistics. */
function resultId({ model, returns, estimation, windows, firm, market }: Plan, sample: Sample): string {
  const inputs = [STUDY_VERSION, model, returns, estimation, windows, firm.instrument, firm.series, market.instrument, market.series, sample.estimation, sample.window];
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 32);
}
