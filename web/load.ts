/** Fetches everything that one state of the page shows, at one basis. */
import { ProblemError, type AnnouncementDetail, type Announcements, type Api, type Entities, type Instruments, type MarketValueView, type ReactionView, type ReconciliationView, type SentimentView, type TimelineView } from './api.js';
import type { PageState } from './state.js';

export interface Picture {
  announcements: Announcements['announcements'];
  /** Where nothing is known by knownAt: what is known today, to say what is missing. */
  knownLater: Announcements['announcements'];
  chosen: AnnouncementDetail | null;
  timeline: TimelineView | null;
  findings: ReconciliationView | null;
  markets: MarketValueView[];
  /** Whether these are the instruments of the announcement's effects; else they are those of the store. */
  ownMarkets: boolean;
  sentiments: SentimentView[];
  /** The study that is shown, or why there is none; null: none was asked for. */
  reaction: ReactionView | { problem: string } | null;
  /** What it can be of, and what it is of. */
  studied: { shares: MarketValueView[]; benchmarks: MarketValueView[]; share: string; benchmark: string };
  names: Map<string, string>;
  /** The visible stretch of time, in seconds. */
  window: { from: number; to: number };
  /** Where the curves end: nothing later is known. */
  end: number;
  lastRecorded: string | null;
}

const DAY_MS = 86_400_000;
/** The announcement's own window. */
const BEFORE_DAYS = 31;
const AFTER_DAYS = 31;
/** Where the announcement names none, so many of the instruments and entities are asked for. */
const MOST = 30;

export async function loadPicture(api: Api, state: PageState): Promise<Picture> {
  api.takeBases();
  const picture = await loadOnce(api, state);
  // The store grew between two answers: once more, mostly 304.
  return api.takeBases().size > 1 ? loadOnce(api, state) : picture;
}

async function loadOnce(api: Api, state: PageState): Promise<Picture> {
  const asked = { knownAt: state.knownAt, basis: state.basis, asOf: state.asOf, clock: state.clock === 'published' ? null : state.clock };
  const unbounded = { basis: state.basis };
  const [list, later, instruments, entities, last] = await Promise.all([
    api.get<Announcements>('/v1/announcements', asked),
    state.knownAt === null ? null : api.get<Announcements>('/v1/announcements', unbounded),
    api.get<Instruments>('/v1/instruments', asked),
    api.get<Entities>('/v1/entities', asked),
    api.get<{ events: { recordedAt: string }[] }>('/v1/events', { direction: 'backwards', limit: '1' }),
  ]);
  const names = new Map<string, string>([...instruments.instruments.map((one): [string, string] => [`instrument-${one.instrument}`, one.name]), ...entities.entities.map((one): [string, string] => [`entity-${one.entity}`, one.name])]);
  const id = choose(list.announcements, state.announcement);
  const [chosen, timeline, findings] = id === null ? [null, null, null] : await Promise.all([api.get<AnnouncementDetail>(`/v1/announcements/${encodeURIComponent(id)}`, asked), api.get<TimelineView>(`/v1/announcements/${encodeURIComponent(id)}/timeline`, asked), api.get<ReconciliationView>(`/v1/announcements/${encodeURIComponent(id)}/reconciliation`, asked)]);

  const listed = instruments.instruments.map((one) => one.instrument);
  const own = (chosen?.instruments ?? []).filter((one) => listed.includes(one));
  const wanted = own.length > 0 ? own : listed.slice(0, MOST);
  const marketViews = await Promise.all(wanted.map((one) => api.get<MarketValueView>(`/v1/instruments/${encodeURIComponent(one)}/market-value`, { ...asked, announcement: id })));
  const market = byRelevance(marketViews);
  const knownMs = state.knownAt === null ? Infinity : Date.parse(state.knownAt);
  const asOfMs = state.asOf === null ? Infinity : Date.parse(state.asOf);
  const latest = [...marketViews.map((view) => view.asOf), timeline?.asOf ?? null].flatMap((iso) => (iso === null ? [] : [Date.parse(iso)]));
  const lastSeen = Math.min(Math.max(...latest, chosen?.publicBy ? Date.parse(chosen.publicBy) : -Infinity), knownMs, asOfMs);
  const end = Number.isFinite(lastSeen) ? lastSeen : Math.min(knownMs, asOfMs, last.events[0] ? Date.parse(last.events[0].recordedAt) : 0);
  const window = windowOf(state, chosen, marketViews, end);
  const curveEnd = Math.min(end, window.to);

  const entityIds = entities.entities.map((one) => one.entity);
  const about = chosen ? chosen.entities.filter((one) => entityIds.includes(one)) : entityIds.slice(0, MOST);
  const step = state.range === 'window' ? 'PT12H' : window.to - window.from > 9 * 365 * DAY_MS ? 'P7D' : 'P1D';
  const sentiments = await Promise.all(
    about.map((one) =>
      api.get<SentimentView>(`/v1/entities/${encodeURIComponent(one)}/sentiment`, {
        ...asked,
        asOf: new Date(curveEnd).toISOString(),
        step,
        from: state.range === 'window' ? new Date(window.from).toISOString() : null,
      }),
    ),
  );
  const studied = studiedOf(state, chosen, market, instruments, entities);
  const reaction = chosen === null || studied.share === '' || studied.benchmark === '' ? null : await reactionOf(api, chosen.announcement, { ...asked, instrument: studied.share, benchmark: studied.benchmark, model: state.model, windows: state.windows });
  return {
    announcements: list.announcements,
    knownLater: (later?.announcements ?? []).filter((one) => !list.announcements.some((known) => known.announcement === one.announcement)),
    chosen,
    timeline,
    findings,
    markets: market,
    ownMarkets: own.length > 0,
    reaction,
    studied,
    sentiments: sentiments.filter((view) => view.expressions.length > 0).sort((a, b) => b.expressions.length - a.expressions.length),
    names,
    window: { from: window.from / 1000, to: window.to / 1000 },
    end: curveEnd / 1000,
    lastRecorded: last.events[0]?.recordedAt ?? null,
  };
}

/** Shares that the announcement's effects are about, and what they can be compared with: indexes before other shares. */
function studiedOf(state: PageState, chosen: AnnouncementDetail | null, market: readonly MarketValueView[], { instruments }: Instruments, { entities }: Entities): Picture['studied'] {
  const partOf = new Map(entities.map((one) => [one.entity, one.partOf]));
  const kinds = new Map(instruments.map((one) => [one.instrument, one.kind]));
  const measured = market.filter((view) => view.points.length > 0);
  const parties = new Set(chosen?.parties.flatMap(({ entity }) => [entity, partOf.get(entity) ?? entity]) ?? []);
  // A party's own share first.
  const shares = measured.filter((view) => kinds.get(view.instrument) !== 'index').sort((a, b) => Number(parties.has(b.entity ?? '')) - Number(parties.has(a.entity ?? '')));
  const share = shares.find((view) => view.instrument === state.share || view.symbol === state.share)?.instrument ?? shares[0]?.instrument ?? '';
  const benchmarks = [...measured].filter((view) => view.instrument !== share).sort((a, b) => Number(kinds.get(b.instrument) === 'index') - Number(kinds.get(a.instrument) === 'index'));
  const benchmark = benchmarks.find((view) => view.instrument === state.benchmark || view.symbol === state.benchmark)?.instrument ?? benchmarks[0]?.instrument ?? '';
  return { shares, benchmarks, share, benchmark };
}

async function reactionOf(api: Api, announcement: string, query: Record<string, string | null>): Promise<Picture['reaction']> {
  try {
    return await api.get<ReactionView>(`/v1/announcements/${encodeURIComponent(announcement)}/reaction`, query);
  } catch (error) {
    // A study may be refused where all else can be shown.
    if (error instanceof ProblemError) return { problem: error.message };
    throw error;
  }
}

/** The one of the link if it is known then; else the one with most effects, and of equals the newest. */
function choose(known: Announcements['announcements'], wanted: string | null): string | null {
  if (wanted !== null) return known.some((one) => one.announcement === wanted) ? wanted : null;
  const [first] = [...known].sort((a, b) => b.effects - a.effects || ((a.publicBy ?? '') < (b.publicBy ?? '') ? 1 : -1));
  return first?.announcement ?? null;
}

/** Those with a market value first, then the other measured ones, then the unknown; more claims before fewer. */
function byRelevance(views: readonly MarketValueView[]): MarketValueView[] {
  const rank = (view: MarketValueView): number => (view.status !== 'measured' ? 2 : view.level?.marketValueLo === null ? 1 : 0);
  return [...views].sort((a, b) => rank(a) - rank(b) || b.claims.length - a.claims.length);
}

function windowOf(state: PageState, chosen: AnnouncementDetail | null, views: readonly MarketValueView[], end: number): { from: number; to: number } {
  const first = Math.min(...views.flatMap((view) => (view.points[0]?.time ? [Date.parse(view.points[0].time)] : [])));
  if (state.range === 'all') {
    const from = Number.isFinite(first) ? first : end - BEFORE_DAYS * DAY_MS;
    return { from, to: Math.max(end, from + DAY_MS) };
  }
  const by = chosen?.publicBy ? Date.parse(chosen.publicBy) : null;
  if (by === null) return { from: end - 2 * BEFORE_DAYS * DAY_MS, to: end + DAY_MS };
  const from = Date.parse(chosen?.publicFrom ?? '') || by;
  return { from: midnight(from - BEFORE_DAYS * DAY_MS), to: midnight(by + AFTER_DAYS * DAY_MS) };
}

function midnight(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}
