/** Fetches everything that one state of the page shows, at one basis. */
import { ProblemError, type AnnouncementDetail, type Announcements, type Api, type ConfoundersView, type Entities, type Instruments, type MarketValueView, type ReactionView, type ReconciliationView, type Scenario, type SentimentView, type TimelineView } from './api.js';
import { sessionScale, type SessionScale } from './sessions.js';
import type { PageState } from './state.js';
import { confounderDays, DAY_MS, FEWER_POINTS, MAX_POINTS, stepOf, wholeRange, windowAround, zoomed, type Stretch } from './stretch.js';
import { byRelevance, choose, sharesAmong, type Studied } from './choices.js';

export interface Picture {
  scenarios: readonly Scenario[];
  /** That which is looked at; null: the real world. */
  scenario: Scenario | null;
  announcements: Announcements['announcements'];
  /** Where nothing is known by knownAt: what is known today, to say what is missing. */
  knownLater: Announcements['announcements'];
  chosen: AnnouncementDetail | null;
  timeline: TimelineView | null;
  findings: ReconciliationView | null;
  /** In the visible stretch of time. */
  markets: MarketValueView[];
  /** Around the announcement, whatever stretch is visible. */
  around: MarketValueView[];
  confounders: ConfoundersView | null;
  /** Whether these are the instruments of the announcement's effects; else they are those of the store. */
  ownMarkets: boolean;
  /** Beyond those that are drawn. */
  undrawn: Instruments['instruments'];
  sentiments: SentimentView[];
  /** The study that is shown, or why there is none; null: none was asked for. */
  reaction: ReactionView | { problem: string } | null;
  /** What it can be of, and what it is of. */
  studied: Studied;
  /** The visible stretch of time, in seconds. */
  window: { from: number; to: number };
  /** Trading hours of it, where the axis is of those. */
  sessions: SessionScale | null;
  lastRecorded: string | null;
}

/** So many instruments are drawn, and where the announcement names none, so many entities asked for. */
const MOST = 30;
/** Closes before the stretch that is seen: what claims are counted from. */
const MARGIN_MS = 10 * DAY_MS;

export async function loadPicture(api: Api, state: PageState): Promise<Picture> {
  api.takeBases();
  const picture = await loadOnce(api, state);
  // The store grew between two answers: once more, mostly 304.
  return api.takeBases().size > 1 ? loadOnce(api, state) : picture;
}

type Asked = Record<string, string | null>;

async function loadOnce(api: Api, state: PageState): Promise<Picture> {
  const asked: Asked = { knownAt: state.knownAt, basis: state.basis, asOf: state.asOf, clock: state.clock === 'published' ? null : state.clock, scenario: state.scenario };
  const unbounded = { basis: state.basis, scenario: state.scenario };
  const [{ scenarios }, list, later, instruments, entities] = await Promise.all([
    api.get<{ scenarios: Scenario[] }>('/v1/scenarios', { state: 'all' }),
    api.get<Announcements>('/v1/announcements', asked),
    state.knownAt === null ? null : api.get<Announcements>('/v1/announcements', unbounded),
    api.get<Instruments>('/v1/instruments', asked),
    api.get<Entities>('/v1/entities', asked),
  ]);
  const lastRecorded = api.served.recorded;
  const id = choose(list.announcements, state.announcement);
  const of = (part = ''): string => `/v1/announcements/${encodeURIComponent(id ?? '')}${part}`;
  const [chosen, timeline, findings] = id === null ? [null, null, null] : await Promise.all([api.get<AnnouncementDetail>(of(), asked), api.get<TimelineView>(of('/timeline'), asked), api.get<ReconciliationView>(of('/reconciliation'), asked)]);

  const listed = instruments.instruments.map((one) => one.instrument);
  const own = (chosen?.instruments ?? []).filter((one) => listed.includes(one));
  const all = own.length > 0 ? own : listed;
  const wanted = firstWith(all, instruments.instruments.find((one) => one.instrument === state.share || one.symbol === state.share)?.instrument);
  const closes = async (stretch: Stretch | null, share: string | null = null): Promise<MarketValueView[]> => {
    const range = stretch && { from: new Date(stretch.from - MARGIN_MS).toISOString(), to: new Date(stretch.to).toISOString() };
    return byRelevance(await Promise.all(wanted.map((one) => api.get<MarketValueView>(`/v1/instruments/${encodeURIComponent(one)}/market-value`, { ...asked, announcement: id, maxPoints: one === share ? MAX_POINTS : FEWER_POINTS, ...range }))));
  };
  const near = windowAround(chosen);
  const around = await closes(near);
  const end = endOf(state, { around, chosen, timeline, lastRecorded });
  const zoom = zoomed(state);
  const studied = sharesAmong(state, chosen, around, instruments, entities);
  const stretch = zoom ?? (state.range === 'window' ? near ?? { from: end - 62 * DAY_MS, to: end + DAY_MS } : null);
  const markets = stretch === near && near !== null ? around : await closes(stretch, studied.share);
  const window = stretch ?? wholeRange(markets, end);

  const entityIds = entities.entities.map((one) => one.entity);
  const about = chosen ? chosen.entities.filter((one) => entityIds.includes(one)) : entityIds.slice(0, MOST);
  const curve = { asOf: new Date(Math.min(end, window.to)).toISOString(), step: stepOf(window), from: new Date(window.from).toISOString() };
  const dated = id !== null && typeof chosen?.publicBy === 'string';
  const [sentiments, reaction, confounders, sessions] = await Promise.all([
    Promise.all(about.map((one) => api.get<SentimentView>(`/v1/entities/${encodeURIComponent(one)}/sentiment`, { ...asked, ...curve }))),
    id === null || studied.share === '' || studied.benchmark === '' ? null : orProblem(api.get<ReactionView>(of('/reaction'), { ...asked, instrument: studied.share, benchmark: studied.benchmark, model: state.model, windows: state.windows })),
    dated && studied.shares.length > 0 ? orProblem(api.get<ConfoundersView>(of('/confounders'), { ...asked, instruments: studied.shares.map((view) => view.instrument).join(','), days: confounderDays(chosen, window) })) : null,
    state.axis === 'sessions' ? sessionsOf(api, window, state.knownAt) : null,
  ]);
  return {
    scenarios,
    scenario: scenarios.find(({ scenario }) => scenario === state.scenario) ?? null,
    announcements: list.announcements,
    knownLater: (later?.announcements ?? []).filter((one) => !list.announcements.some((known) => known.announcement === one.announcement)),
    chosen,
    timeline,
    findings,
    markets,
    around,
    confounders: confounders === null || 'problem' in confounders ? null : confounders,
    ownMarkets: own.length > 0,
    undrawn: instruments.instruments.filter(({ instrument }) => all.includes(instrument) && !wanted.includes(instrument)),
    reaction,
    studied,
    sentiments: sentiments.filter((view) => view.expressions.length > 0).sort((a, b) => b.expressions.length - a.expressions.length),
    window: { from: window.from / 1000, to: window.to / 1000 },
    sessions,
    lastRecorded,
  };
}

/** As many as are drawn; that which the link puts in the middle is among them. */
function firstWith(all: readonly string[], share: string | undefined): string[] {
  const first = all.slice(0, MOST);
  return share === undefined || first.includes(share) || !all.includes(share) ? first : [...first.slice(0, -1), share];
}

/** The latest of what is known, and of what was asked for: curves end there. */
function endOf(state: PageState, { around, chosen, timeline, lastRecorded }: Pick<Picture, 'around' | 'chosen' | 'timeline' | 'lastRecorded'>): number {
  const knownMs = state.knownAt === null ? Infinity : Date.parse(state.knownAt);
  const asOfMs = state.asOf === null ? Infinity : Date.parse(state.asOf);
  const latest = [...around.map((view) => view.asOf), timeline?.asOf ?? null].flatMap((iso) => (iso === null ? [] : [Date.parse(iso)]));
  const seen = Math.min(Math.max(...latest, chosen?.publicBy ? Date.parse(chosen.publicBy) : -Infinity), knownMs, asOfMs);
  return Number.isFinite(seen) ? seen : Math.min(knownMs, asOfMs, lastRecorded === null ? 0 : Date.parse(lastRecorded));
}

/** A study may be refused where all else can be shown. */
async function orProblem<T>(answer: Promise<T>): Promise<T | { problem: string }> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProblemError) return { problem: error.message };
    throw error;
  }
}

/** null where the calendar does not reach: the axis is then a plain clock. */
async function sessionsOf(api: Api, { from, to }: Stretch, knownAt: string | null): Promise<SessionScale | null> {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const found = await orProblem(api.get<{ sessions: { open: string; close: string }[] }>('/v1/calendars/US/sessions', { from: day(from), to: day(to), knownAt }));
  return 'problem' in found ? null : sessionScale(found.sessions.map(({ open, close }) => ({ open: Date.parse(open) / 1000, close: Date.parse(close) / 1000 })));
}
