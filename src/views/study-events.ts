/** Many events as one study: each fitted by itself, then the tests over them that their number allows. */
import { createHash } from 'node:crypto';
import { parseDay, type Session } from '../../events/index.js';
import { crossSection, cumulate, fit, isRefusal, STUDY_VERSION, type Fitted, type Model, type Sample } from '../study/index.js';
import { resolveInstrument } from './catalog.js';
import { answer, echo, oneOf, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { adjustmentOf } from './market-value.js';
import { OFFERED, type ReactionQuery } from './reaction.js';
import { middayOf, sessionsAround, sessionsFor, spanOf, type Span } from './study-days.js';
import { pricesOf, sampleOf, type Prices } from './study-sample.js';

export interface StudyEvent {
  /** Names the event: one share may have several. */
  event: string;
  instrument: string;
  /** Its day: a session, or a day off, which counts for the next. */
  date: string;
}

export interface EventsStudy {
  asOf: string | null;
  knownAt: string | null;
  clock: 'published' | 'recorded';
  imprecise: 'latest' | 'earliest';
  result: string;
  benchmarkSymbol: string;
  model: Model;
  events: { event: string; instrument: string; day0: string | null; cars: (number | null)[]; reason: string | null }[];
  windows: (Span & { n: number; shared: boolean; caar: number | null; meanCorrelation: number | null; headline: string | null; tests: { test: string; paper: string; statistic: number | null; law: string | null; df: number | null; p: number | null; reason: string | null; warnings: string[] }[] })[];
}

const MOST = 1000;

/** @throws ViewError for no events or too many, an unknown benchmark, malformed parameters; an event that can't be studied says why in its row */
export function eventsStudyView(context: ViewContext, events: readonly StudyEvent[], query: ReactionQuery): Answer<EventsStudy> {
  if (events.length === 0 || events.length > MOST) throw new ViewError('bad-parameter', 400, `expected 1 to ${MOST} events, got ${events.length}`);
  if (query.benchmark === undefined) throw new ViewError('bad-parameter', 400, 'benchmark: expected an id or a symbol, such as INDEX:SPX');
  const benchmark = resolveInstrument(context, query.benchmark);
  const model = oneOf('model', query.model, OFFERED) ?? 'market-model';
  const estimation = spanOf('estimation', query.estimation ?? '-260:-11');
  const windows = (query.windows ?? '0:0,0:1').split(',').map((text) => spanOf('windows', text));
  const whole: Span = { from: Math.min(...windows.map(({ from }) => from)), to: Math.max(...windows.map(({ to }) => to)) };
  if (estimation.to >= whole.from) throw new ViewError('bad-parameter', 400, `estimation: expected to end before the windows begin, got ${query.estimation}`);
  const market = reader(context, 'market-value');
  const index = pricesOf(market, benchmark.value.instrument, benchmark.value.symbol, context.asOf, null);
  // A share with many events has its closes read once.
  const prices = new Map<string, Prices>();
  const studied = events.map((each) => {
    try {
      const { sample, day0 } = sampleFor(context, each, { query, estimation, whole, index, prices });
      const fitted = fit(sample, model);
      return { each, day0, sample, fitted: isRefusal(fitted) ? null : fitted, reason: isRefusal(fitted) ? fitted.reason : null };
    } catch (error) {
      if (!(error instanceof ViewError)) throw error;
      return { each, day0: null, sample: null, fitted: null, reason: error.message };
    }
  });
  const kept = studied.filter((one): one is typeof one & { fitted: Fitted; sample: Sample } => one.fitted !== null && one.sample !== null);
  const inputs = [STUDY_VERSION, model, estimation, windows, kept.map(({ sample }) => sample)];
  return answer(context, {
    ...echo(context, context.asOf),
    result: createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 32),
    benchmarkSymbol: benchmark.value.symbol,
    model,
    events: studied.map(({ each, day0, fitted, reason }) => {
      const cars = windows.map((window) => (fitted ? cumulate(fitted, window) : null));
      const refused = cars.find((car) => car !== null && isRefusal(car));
      return { event: each.event, instrument: each.instrument, day0, cars: cars.map((car) => (car === null || isRefusal(car) ? null : car.car)), reason: reason ?? (refused && isRefusal(refused) ? refused.reason : null) };
    }),
    windows: windows.map((window) => {
      const { n, shared, caar, meanCorrelation, headline, entries } = crossSection(kept.map(({ fitted }) => fitted), kept.map(({ sample }) => sample), window, { model });
      return { ...window, n, shared, caar, meanCorrelation, headline, tests: entries.map((entry) => ('refused' in entry ? { test: entry.test, paper: entry.paper, statistic: null, law: null, df: null, p: null, reason: entry.reason, warnings: [] } : { test: entry.test, paper: entry.paper, statistic: entry.statistic, law: entry.law, df: entry.df, p: entry.p, reason: null, warnings: entry.warnings })) };
    }),
  });
}

function sampleFor(context: ViewContext, { event, instrument, date }: StudyEvent, { query, estimation, whole, index, prices }: { query: ReactionQuery; estimation: Span; whole: Span; index: Prices; prices: Map<string, Prices> }): { sample: Sample; day0: string } {
  if (parseDay(date) === null) throw new ViewError('bad-parameter', 400, `date: expected a day such as 2025-11-03, got ${JSON.stringify(date.slice(0, 40))}`);
  const listing = resolveInstrument(context, instrument);
  const firm = prices.get(listing.value.instrument) ?? pricesOf(reader(context, 'market-value'), listing.value.instrument, listing.value.symbol, context.asOf, adjustmentOf(query.adjustment));
  prices.set(firm.instrument, firm);
  const noon = middayOf(date);
  const [day0] = sessionsFor(listing.value.calendar, { from: noon, to: noon }, context.sight.known ?? undefined) as [Session];
  const sessions = sessionsAround(listing.value.calendar, day0, { from: estimation.from - 1, to: whole.to }, context.sight.known ?? undefined);
  const { sample } = sampleOf({ event, firm, benchmark: index, sessions, estimation, window: whole, returns: query.returns === 'log' ? 'log' : 'simple' });
  return { sample, day0: day0.date };
}
