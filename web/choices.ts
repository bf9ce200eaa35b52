/** What the page chooses where the link leaves it open: the announcement, the share in the middle, its benchmark. */
import type { AnnouncementDetail, Announcements, Entities, Instruments, MarketValueView } from './api.js';
import type { PageState } from './state.js';

export interface Studied {
  shares: MarketValueView[];
  benchmarks: MarketValueView[];
  /** Empty: there is none. */
  share: string;
  benchmark: string;
}

/** The one of the link if it is known then; else the one with most effects, and of equals the newest. */
export function choose(known: Announcements['announcements'], wanted: string | null): string | null {
  if (wanted !== null) return known.some((one) => one.announcement === wanted) ? wanted : null;
  const [first] = [...known].sort((a, b) => b.effects - a.effects || ((a.publicBy ?? '') < (b.publicBy ?? '') ? 1 : -1));
  return first?.announcement ?? null;
}

/** Those with a market value first, then the other measured ones, then the unknown; more claims before fewer. */
export function byRelevance(views: readonly MarketValueView[]): MarketValueView[] {
  const rank = (view: MarketValueView): number => (view.status !== 'measured' ? 2 : view.level?.marketValueLo === null ? 1 : 0);
  return [...views].sort((a, b) => rank(a) - rank(b) || b.claims.length - a.claims.length);
}

/** Shares that the announcement's effects are about, and what they can be compared with: indexes before other shares. */
export function sharesAmong(state: PageState, chosen: AnnouncementDetail | null, market: readonly MarketValueView[], { instruments }: Instruments, { entities }: Entities): Studied {
  const partOf = new Map(entities.map((one) => [one.entity, one.partOf]));
  const kinds = new Map(instruments.map((one) => [one.instrument, one.kind]));
  const measured = market.filter((view) => view.status === 'measured');
  const parties = new Set(chosen?.parties.flatMap(({ entity }) => [entity, partOf.get(entity) ?? entity]) ?? []);
  // A party's own share first.
  const shares = measured.filter((view) => kinds.get(view.instrument) !== 'index').sort((a, b) => Number(parties.has(b.entity ?? '')) - Number(parties.has(a.entity ?? '')));
  const share = shares.find((view) => view.instrument === state.share || view.symbol === state.share)?.instrument ?? shares[0]?.instrument ?? '';
  const benchmarks = measured.filter((view) => view.instrument !== share).sort((a, b) => Number(kinds.get(b.instrument) === 'index') - Number(kinds.get(a.instrument) === 'index'));
  const benchmark = benchmarks.find((view) => view.instrument === state.benchmark || view.symbol === state.benchmark)?.instrument ?? benchmarks[0]?.instrument ?? '';
  return { shares, benchmarks, share, benchmark };
}
