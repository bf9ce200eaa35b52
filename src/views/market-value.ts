/** Market value of one instrument over time: measured, derived and claimed, each with the events behind it. */
import { BEGINNING, bounds, compareInstants, describeQuantity, formatInstant, isPoint, maxInstant, QUANTITY_RULE, timeBounds, type Instant, type Interval, type Quantity, type TimeRef } from '../../events/index.js';
import { anchorOf, claims, eventLink, levelAt, levels, statusAt, type Anchor, type ClaimRow, type Level } from '../../projections/index.js';
import type { z } from 'zod';
import { announcementExists } from './announcements.js';
import { resolveInstrument } from './catalog.js';
import { answer, echo, instantParameter, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { describeTime, earliestOf, evidence, sourceOf, validFields } from './evidence.js';
import type { claimSchema, MarketValueView, pointSchema } from './schemas.js';

type Point = z.infer<typeof pointSchema>;
type ClaimView = z.infer<typeof claimSchema>;

export interface MarketValueQuery {
  /** Only closes and claims after, and up to. */
  from?: string | undefined;
  to?: string | undefined;
  /** Adds a relative index: the last close before this announcement = 100. */
  announcement?: string | undefined;
}

/** @throws ViewError for an unknown or ambiguous instrument, an unknown announcement, a malformed time */
export function marketValueView(context: ViewContext, given: string, query: MarketValueQuery): Answer<MarketValueView> {
  const listing = resolveInstrument(context, given);
  const { instrument, symbol, name, entity, currency, kind } = listing.value;
  const after = instantParameter('from', query.from);
  const until = instantParameter('to', query.to);
  if (after && until && compareInstants(after, until) >= 0) throw new ViewError('bad-parameter', 400, `to: expected a time after from, got ${query.to}`);
  if (query.announcement !== undefined) announcementExists(context, query.announcement);

  const market = reader(context, 'market-value');
  const claimed = claims(market, `instrument-${instrument}`);
  const asOf = context.asOf ?? latestValid(levelAt(market, instrument, null), claimed);
  const anchors = new Map<string, Anchor>();
  const anchor = (id: string): Anchor => {
    const known = anchors.get(id) ?? anchorOf(reader(context, 'timeline'), id);
    anchors.set(id, known);
    return known;
  };

  const upTo = asOf && until && compareInstants(until, asOf) < 0 ? until : asOf;
  const all = asOf && upTo ? levels(market, instrument, { ...(after ? { after } : {}), upTo }) : [];
  const level = asOf ? levelAt(market, instrument, asOf) : null;
  const dated = query.announcement === undefined ? null : anchor(query.announcement).range;
  // Of a range the start, so that no close of the reaction becomes the base; where that is open, the end.
  const lastBefore = dated && levelAt(market, instrument, Number.isFinite(dated.from.ms) ? dated.from : dated.to);
  const base = lastBefore && asOf && compareInstants(lastBefore.bar.at, asOf) <= 0 ? lastBefore : null;
  const before = query.announcement === undefined ? null : { announcement: query.announcement, close: base?.bar.at ?? null };
  const relative = (close: number): number | null => (base ? (close / base.bar.value.close) * 100 : null);

  return answer(context, {
    ...echo(context, asOf),
    instrument,
    symbol,
    name,
    entity: entity ?? null,
    currency: level?.bar.value.currency ?? currency ?? null,
    adjustment: level?.bar.value.adjustment ?? null,
    announcement: query.announcement ?? null,
    quantityRule: QUANTITY_RULE,
    status: level ? 'measured' : 'unknown',
    reason: reasonFor(level, kind),
    level: level && pointFields(level, relative),
    points: all.map((entry) => pointFields(entry, relative)),
    claims: asOf ? claimed.filter((row) => inRange(row, anchor, after, until)).flatMap((row) => claimFields(row, asOf, anchor, before)) : [],
  });
}

function latestValid(level: Level | null, claimed: readonly ClaimRow[]): Instant | null {
  const times = [...(level ? [level.bar] : []), ...claimed].map((row) => row.at);
  return times.length === 0 ? null : times.reduce(maxInstant);
}

function reasonFor(level: Level | null, kind: string): string | null {
  if (!level) return 'no close is known at this time: import prices, or load a seed that has them';
  if (level.value) return null;
  return kind === 'index' ? 'an index has no shares and so no market value' : 'no total share count is known at this time';
}

function pointFields({ bar, shares, value }: Level, relative: (close: number) => number | null): Point {
  return {
    time: formatInstant(bar.at),
    date: bar.value.date,
    price: bar.value.close,
    open: bar.value.open ?? null,
    high: bar.value.high ?? null,
    low: bar.value.low ?? null,
    volume: bar.value.volume ?? null,
    relative: relative(bar.value.close),
    sharesLo: shares?.count.lo ?? null,
    sharesHi: shares?.count.hi ?? null,
    sharesFrom: shares && formatInstant(shares.row.at),
    sharesAgeDays: shares?.ageDays ?? null,
    marketValue: value && isPoint(value) ? value.lo : null,
    marketValueLo: value?.lo ?? null,
    marketValueHi: value?.hi ?? null,
    knownFrom: evidence(bar).knownFrom,
    event: eventLink(bar),
    sharesEvent: shares && eventLink(shares.row),
  };
}

/** Can a claim be of the range? What has no time of its own counts from when it was known. */
function inRange(row: ClaimRow, anchor: (id: string) => Anchor, after: Instant | null, until: Instant | null): boolean {
  if (after && compareInstants(row.at, after) <= 0) return false;
  return !until || compareInstants(earliestOf(row, anchor), until) <= 0;
}

function claimFields(row: ClaimRow, asOf: Instant, anchor: (id: string) => Anchor, before: Before | null): ClaimView[] {
  const { value } = row;
  const possibleFrom = earliestOf(row, anchor);
  const status = statusAt(row, asOf, possibleFrom);
  if (status === null) return [];
  const allowed = bounds(value.quantity);
  const price = value.price ? bounds(value.price) : null;
  const index = value.kind === 'move' && beginsAt(before, value.from) ? relativeIndex(allowed) : { lo: null, hi: null };
  return [
    {
      kind: value.kind,
      text: describeQuantity(value.quantity),
      measure: value.measure,
      unit: value.kind === 'move' ? 'ratio' : unitOf(value.quantity),
      lo: allowed.lo,
      hi: allowed.hi,
      loClosed: allowed.loClosed,
      hiClosed: allowed.hiClosed,
      relativeLo: index.lo,
      relativeHi: index.hi,
      priceText: value.price ? describeQuantity(value.price) : null,
      priceLo: price?.lo ?? null,
      priceHi: price?.hi ?? null,
      base: value.base ?? null,
      session: value.session,
      when: describeTime(value.to),
      ...validFields(row, possibleFrom),
      status,
      announcement: value.announcement,
      note: value.note ?? null,
      ...sourceOf(value),
      ...evidence(row),
    },
  ];
}

/** Where the relative index is 100: the last close before an announcement. */
interface Before {
  announcement: string;
  close: Instant | null;
}

/** Does the move begin there? Otherwise its index would be of another base. */
function beginsAt(before: Before | null, from: TimeRef | undefined): boolean {
  if (!before || from === undefined) return false;
  if ('relative' in from) return from.side === 'before' && from.relative === before.announcement;
  return 'at' in from && before.close !== null && compareInstants(timeBounds(from)?.hi ?? BEGINNING, before.close) === 0;
}

function relativeIndex(change: Interval): { lo: number | null; hi: number | null } {
  return { lo: change.lo === null ? null : 100 * (1 + change.lo), hi: change.hi === null ? null : 100 * (1 + change.hi) };
}

function unitOf(quantity: Quantity): string {
  return 'unit' in quantity && quantity.unit !== undefined ? quantity.unit : 'direction';
}
