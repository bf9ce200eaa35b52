/** Many events as one study: each fitted by itself, then the tests over them that their number allows. */
import { parseDay, parseInstant, type Instant } from '../../events/index.js';
import { benjaminiHochberg, bootstrapInterval, crossSection, cumulate, holm, isRefusal, regression, type CrossSection, type Cumulated, type Fitted, type Refusal, type Sample } from '../study/index.js';
import { resolveInstrument } from './catalog.js';
import { answer, echo, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { fitted as fittedOf } from './reaction-windows.js';
import { middayOf, sessionFor, sessionsAround, type Span } from './study-days.js';
import type { EventsStudy, StudyEvent } from './study-events-schema.js';
import { factorsOf, type Factors } from './study-factors.js';
import { pricesOf, sampleOf, type Assembled, type Prices } from './study-sample.js';
import { listOf, resultOf, settingsOf, type StudyQuery, type StudySettings } from './study-settings.js';

export interface EventsQuery extends StudyQuery {
  /** Names of the values to regress the cumulated returns on, with commas between. */
  regress?: string | undefined;
  seed?: number | undefined;
}

export const MOST_EVENTS = 1000;

interface Studied {
  name: string;
  each: StudyEvent;
  day0: string | null;
  sample: Sample | null;
  fitted: Fitted | null;
  reason: string | null;
}

/** @throws ViewError for no events or too many, an unknown benchmark, malformed parameters; an event that can't be studied says why in its row */
export function eventsStudyView(context: ViewContext, events: readonly StudyEvent[], query: EventsQuery): Answer<EventsStudy> {
  if (events.length === 0 || events.length > MOST_EVENTS) throw new ViewError('bad-parameter', 400, `expected 1 to ${MOST_EVENTS} events, got ${events.length}`);
  const settings = settingsOf(query);
  const { model, windows, benchmarks } = settings;
  if (benchmarks.length > 1) throw new ViewError('bad-parameter', 400, 'benchmark: expected one for a study of many events');
  const seed = query.seed ?? 1;
  const regress = listOf(query.regress);
  const benchmark = resolveInstrument(context, benchmarks[0] ?? '');
  const index = pricesOf(reader(context, 'market-value'), benchmark.value.instrument, benchmark.value.symbol, context.asOf, null);
  const factors = model === 'factors' ? factorsOf(context, settings.factorSets) : null;
  // A share with many events has its closes read once.
  const prices = new Map<string, Prices>();
  const studied = named(events).map(({ name, each }): Studied => {
    try {
      const { assembled, day0 } = assembledFor(context, name, each, { settings, factors, index, prices });
      const found = fittedOf(assembled, model, factors?.names);
      return { name, each, day0, sample: assembled.sample, fitted: isRefusal(found) ? null : found, reason: isRefusal(found) ? found.reason : null };
    } catch (error) {
      if (!(error instanceof ViewError)) throw error;
      return { name, each, day0: null, sample: null, fitted: null, reason: error.message };
    }
  });
  const kept = studied.filter((one): one is Studied & { fitted: Fitted; sample: Sample } => one.fitted !== null && one.sample !== null);
  const judged = windows.map((window) => carsOf(studied, window));
  const inputs = [model, factors?.names ?? null, settings.estimation, windows, seed, regress, kept.map(({ sample, each }) => [sample, each.values ?? null])];
  return answer(context, {
    ...echo(context, context.asOf),
    result: resultOf(inputs),
    benchmark: benchmark.value.instrument,
    benchmarkSymbol: benchmark.value.symbol,
    model,
    seed,
    events: studied.map(({ name, each, day0, reason }, i) => {
      const own = judged.map((window) => window[i] as Judged);
      return { event: name, instrument: each.instrument, day0, cars: own.map(({ car }) => car?.car ?? null), p: own.map(({ car }) => car?.p ?? null), holm: own.map((one) => one.holm), bh: own.map((one) => one.bh), reason: reason ?? own.find(({ refused }) => refused !== null)?.refused?.reason ?? null };
    }),
    windows: windows.map((window, i) => {
      const tests = crossSection(kept.map(({ fitted }) => fitted), kept.map(({ sample }) => sample), window, { model, seed, ...(factors ? { names: factors.names } : {}) });
      const cars = studied.flatMap((one, place) => {
        const car = judged[i]?.[place]?.car;
        return car ? [{ car, one }] : [];
      });
      // Events of one date are not independent draws.
      const interval = cars.length >= FEWEST_DRAWN && !tests.shared ? bootstrapInterval(cars.map(({ car }) => car.car), { seed }) : null;
      return { ...window, ...shownOf(tests), lo: interval?.lo ?? null, hi: interval?.hi ?? null, regression: regress.length === 0 ? null : regressionOf(cars, regress, tests.shared) };
    }),
  });
}

const FEWEST_DRAWN = 10;

/** Events that have no name are named by what they are of; two of one name are refused: tests are keyed by it. */
function named(events: readonly StudyEvent[]): { name: string; each: StudyEvent }[] {
  const seen = new Set<string>();
  return events.map((each, i) => {
    const name = each.event ?? `${each.instrument} ${each.date} #${i + 1}`;
    if (seen.has(name)) throw new ViewError('bad-parameter', 400, `event: ${JSON.stringify(name)} names two events; each needs a name of its own`);
    seen.add(name);
    return { name, each };
  });
}

interface Judged {
  car: Cumulated | null;
  refused: Refusal | null;
  holm: number | null;
  bh: number | null;
}

function carsOf(studied: readonly Studied[], window: Span): Judged[] {
  const rows = studied.map(({ fitted }): Judged => {
    const found = fitted && cumulate(fitted, window);
    return { car: found && !isRefusal(found) ? found : null, refused: found && isRefusal(found) ? found : null, holm: null, bh: null };
  });
  const there = rows.filter((row): row is Judged & { car: Cumulated } => row.car !== null);
  const [byHolm, byBh] = [holm, benjaminiHochberg].map((adjust) => adjust(there.map(({ car }) => car.p))) as [number[], number[]];
  for (const [i, row] of there.entries()) Object.assign(row, { holm: byHolm[i] ?? null, bh: byBh[i] ?? null });
  return rows;
}

function shownOf({ n, shared, caar, meanCorrelation, headline, entries }: CrossSection): Pick<EventsStudy['windows'][number], 'n' | 'shared' | 'caar' | 'meanCorrelation' | 'headline' | 'tests'> {
  const tests = entries.map((entry) => ('refused' in entry ? { test: entry.test, paper: entry.paper, statistic: null, law: null, df: null, p: null, reason: entry.reason, warnings: [] } : { test: entry.test, paper: entry.paper, statistic: entry.statistic, law: entry.law, df: entry.df, p: entry.p, reason: null, warnings: entry.warnings }));
  return { n, shared, caar, meanCorrelation, headline, tests };
}

/** Clustered by date where dates are shared: errors of one day go together. */
function regressionOf(cars: readonly { car: Cumulated; one: Studied }[], names: readonly string[], shared: boolean): NonNullable<EventsStudy['windows'][number]['regression']> {
  const whole = cars.filter(({ one }) => names.every((name) => one.each.values?.[name] !== undefined));
  const columns = Object.fromEntries(names.map((name) => [name, whole.map(({ one }) => one.each.values?.[name] ?? NaN)]));
  const base = { names: [...names], n: whole.length, errors: shared ? ('clustered by date' as const) : ('HC3' as const) };
  const found = regression(whole.map(({ car }) => car.car), columns, names, shared ? whole.map(({ one }) => one.day0 ?? '') : undefined);
  if ('refused' in found) return { ...base, coefficients: [], reason: found.reason };
  return { ...base, coefficients: found, reason: null };
}

function assembledFor(context: ViewContext, name: string, { instrument, date }: StudyEvent, { settings, factors, index, prices }: { settings: StudySettings; factors: Factors | null; index: Prices; prices: Map<string, Prices> }): { assembled: Assembled; day0: string } {
  const { calendar, instrument: id, symbol } = resolveInstrument(context, instrument).value;
  const firm = prices.get(id) ?? pricesOf(reader(context, 'market-value'), id, symbol, context.asOf, settings.adjustment);
  prices.set(id, firm);
  const known = context.sight.known ?? undefined;
  const day0 = sessionFor(calendar, momentOf(date), known);
  const sessions = sessionsAround(calendar, day0, { from: settings.estimation.from - 1, to: settings.whole.to }, known);
  return { assembled: sampleOf({ event: name, firm, benchmark: index, factors, sessions, estimation: settings.estimation, window: settings.whole, returns: settings.returns }), day0: day0.date };
}

/** A day is the matter of its session; an instant after the close, of the next. */
function momentOf(date: string): Instant {
  const moment = parseDay(date) === null ? parseInstant(date) : middayOf(date);
  if (moment === null) throw new ViewError('bad-parameter', 400, `date: expected a day such as 2025-11-03 or an instant with its zone, got ${JSON.stringify(date.slice(0, 40))}`);
  return moment;
}
