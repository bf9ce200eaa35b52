/** Market value over time, of one instrument or of several side by side: measured, derived and claimed, each with the events behind it. */
import { compareInstants, describeQuantity, formatInstant, maxInstant, QUANTITY_RULE, type Instant } from '../../events/index.js';
import { ADJUSTMENTS, claims, compareText, corporateActions, eventLink, levelAt, scheduledEvents, seriesFor, type Adjustment, type ClaimRow, type Instrument, type Level, type Reader, type Registered, type Row } from '../../projections/index.js';
import { announcementExists } from './announcements.js';
import { resolveInstrument } from './catalog.js';
import { answer, echo, instantParameter, oneOf, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { describeTime, evidence, sourceOf, validFields } from './evidence.js';
import { anchorsOf, claimViews, type ClaimSetting } from './market-claims.js';
import { levelView, measuredOf, pointViews, type Measured, type Range } from './market-points.js';
import type { MarketValuesView, MarketValueView } from './market-schema.js';

export interface MarketValueQuery {
  /** Only closes and claims after, and up to. */
  from?: string | undefined;
  to?: string | undefined;
  /** Adds a relative index: the last close before this announcement = 100. */
  announcement?: string | undefined;
  /** The series of prices; unstated: of those stored the first of none, split, total-return. */
  adjustment?: string | undefined;
  /** Only claims of this session. */
  session?: string | undefined;
}

const MOST = 20;

/** @throws ViewError for an unknown or ambiguous instrument, an unknown announcement, a malformed parameter */
export function marketValueView(context: ViewContext, given: string, query: MarketValueQuery): Answer<MarketValueView> {
  const setting = open(context, [given], query);
  const { market, asOf } = setting;
  const one = describe(setting, measuredOf(market, setting.listings[0] as Registered<Instrument>, setting.adjustment, setting.range), null);
  const { instrument } = one.measured.listing.value;
  return answer(context, {
    ...echo(context, asOf),
    ...listingFields(one.measured),
    announcement: query.announcement ?? null,
    quantityRule: QUANTITY_RULE,
    base: one.base && baseFields(one.base),
    level: levelView(market, one.measured, asOf, one.relative),
    points: pointViews(one.measured, one.relative),
    claims: one.claims,
    actions: actionViews(market, instrument),
    scheduled: inOrder(scheduledEvents(market, `instrument-${instrument}`)).map((row) => ({ label: row.value.label, session: row.value.session, when: describeTime(row.value.when), ...validFields(row, row.from), ...sourceOf(row.value), ...evidence(row) })),
  });
}

/**
 * Several instruments in one answer, flat. Their index has one base: the last close before the announcement, or the
 * first session in the range that all of them have.
 * @throws ViewError as marketValueView, with the instrument that is meant
 */
export function marketValuesView(context: ViewContext, given: readonly string[], query: MarketValueQuery): Answer<MarketValuesView> {
  if (given.length === 0 || given.length > MOST) throw new ViewError('bad-parameter', 400, `instruments: expected 1 to ${MOST} ids or symbols with commas between, such as XNAS:AMZN,INDEX:SPX, got ${given.length}`);
  const setting = open(context, given, query);
  const { market, asOf } = setting;
  const measured = setting.listings.map((listing) => measuredOf(market, listing, setting.adjustment, setting.range));
  const common = query.announcement === undefined ? firstCommon(measured) : null;
  const each = measured.map((one) => describe(setting, one, common));
  const named = ({ measured: { listing } }: Described): { instrument: string; symbol: string } => ({ instrument: listing.value.instrument, symbol: listing.value.symbol });
  return answer(context, {
    ...echo(context, asOf),
    announcement: query.announcement ?? null,
    quantityRule: QUANTITY_RULE,
    instruments: each.map((one) => ({ ...listingFields(one.measured), base: one.base && baseFields(one.base), level: levelView(market, one.measured, asOf, one.relative) })),
    points: each.flatMap((one) => pointViews(one.measured, one.relative).map((point) => ({ ...named(one), ...point }))),
    claims: each.flatMap((one) => one.claims.map((claim) => ({ ...named(one), ...claim }))),
  });
}

interface Setting {
  market: Reader;
  listings: Registered<Instrument>[];
  asOf: Instant | null;
  range: Range;
  adjustment: Adjustment | null;
  announcement: string | null;
  session: string | null;
  anchor: ReturnType<typeof anchorsOf>;
}

function open(context: ViewContext, given: readonly string[], query: MarketValueQuery): Setting {
  const listings = [...new Map(given.map((text) => resolveInstrument(context, text)).map((listing) => [listing.value.instrument, listing])).values()];
  const after = instantParameter('from', query.from);
  const until = instantParameter('to', query.to);
  if (after && until && compareInstants(after, until) >= 0) throw new ViewError('bad-parameter', 400, `to: expected a time after from, got ${query.to}`);
  if (query.announcement !== undefined) announcementExists(context, query.announcement);
  const market = reader(context, 'market-value');
  const adjustment = adjustmentOf(query.adjustment);
  const asOf = context.asOf ?? latestValid(market, listings.map(({ value }) => value.instrument), adjustment);
  return { market, listings, asOf, range: { asOf, after, until }, adjustment, announcement: query.announcement ?? null, session: query.session ?? null, anchor: anchorsOf(context) };
}

/** @throws ViewError bad-parameter */
export function adjustmentOf(given: string | undefined): Adjustment | null {
  return oneOf('adjustment', given, ADJUSTMENTS);
}

function latestValid(market: Reader, instruments: readonly string[], adjustment: Adjustment | null): Instant | null {
  const rows = instruments.flatMap((instrument): (Level['bar'] | ClaimRow)[] => [...[levelAt(market, instrument, null, seriesFor(market, instrument, adjustment))?.bar ?? []].flat(), ...claims(market, `instrument-${instrument}`)]);
  return rows.length === 0 ? null : rows.map((row) => row.at).reduce(maxInstant);
}

interface Described {
  measured: Measured;
  base: Level | null;
  relative: (price: number) => number | null;
  claims: MarketValueView['claims'];
}

/** @param common date of the first session that all have, where that is the base */
function describe({ market, asOf, range, announcement, anchor, session }: Setting, measured: Measured, common: string | null): Described {
  const { instrument } = measured.listing.value;
  const dated = announcement === null ? null : anchor(announcement).range;
  // Of a range the start, so that no close of the reaction becomes the base; where that is open, the end.
  const lastBefore = dated && measured.series && levelAt(market, instrument, Number.isFinite(dated.from.ms) ? dated.from : dated.to, measured.series, asOf);
  const before = lastBefore && asOf && compareInstants(lastBefore.bar.at, asOf) <= 0 ? lastBefore : null;
  const base = announcement !== null ? before : (measured.levels.find(({ bar }) => bar.value.date === common) ?? null);
  const claimed: ClaimSetting | null = asOf && { asOf, anchor, before: announcement === null ? null : { announcement, close: before?.bar.at ?? null }, unmeasured: measured.level === null, after: range.after, until: range.until, session };
  return { measured, base, relative: (price) => (base ? (price / base.price) * 100 : null), claims: claimed ? claimViews(claims(market, `instrument-${instrument}`), claimed) : [] };
}

function firstCommon(measured: readonly Measured[]): string | null {
  const [first, ...rest] = measured.filter(({ levels }) => levels.length > 0).map(({ levels }) => levels.map(({ bar }) => bar.value.date));
  const others = rest.map((dates) => new Set(dates));
  return first?.find((date) => others.every((dates) => dates.has(date))) ?? null;
}

export function listingFields({ listing, series, kinds, level }: Measured): Pick<MarketValueView, 'instrument' | 'symbol' | 'name' | 'entity' | 'currency' | 'delistedSince' | 'successor' | 'adjustment' | 'stored' | 'series' | 'status' | 'reason'> {
  const { instrument, symbol, name, entity, currency, delisted } = listing.value;
  return {
    instrument,
    symbol,
    name,
    entity: entity ?? null,
    currency: level?.bar.value.currency ?? currency ?? null,
    delistedSince: delisted && formatInstant(delisted.since),
    successor: delisted?.successor ?? null,
    adjustment: series?.adjustment ?? null,
    stored: series?.stored ?? null,
    series: kinds,
    status: level ? 'measured' : 'unknown',
    reason: reasonFor(level, listing.value.kind),
  };
}

function reasonFor(level: Level | null, kind: string): string | null {
  if (!level) return 'no close is known at this time: import prices, or load a seed that has them';
  if (level.value) return null;
  if (kind === 'index') return 'an index has no shares and so no market value';
  return level.shares ? 'total-return prices were never paid: times shares they are no market value' : 'no total share count is known at this time';
}

function baseFields({ bar, price }: Level): MarketValueView['base'] {
  return { date: bar.value.date, time: formatInstant(bar.at), price, event: eventLink(bar) };
}

/** By their own time: one that hangs on the recording would differ from store to store. */
function inOrder<T extends Row>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => compareInstants(a.from, b.from) || compareText(a.id, b.id));
}

function actionViews(market: Reader, instrument: string): MarketValueView['actions'] {
  return inOrder(corporateActions(market, instrument)).map((row) => {
    const { action, ratio, amount, note } = row.value;
    const text = ratio ? `${ratio.new} for ${ratio.old}` : amount ? describeQuantity(amount) : null;
    return { action, ratioNew: ratio?.new ?? null, ratioOld: ratio?.old ?? null, text, effective: formatInstant(row.at), note: note ?? null, ...sourceOf(row.value), ...evidence(row) };
  });
}
