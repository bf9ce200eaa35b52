/** What sources claim of prices and values, as a market-value answer shows it. */
import { BEGINNING, bounds, compareInstants, describeQuantity, timeBounds, type Instant, type Interval, type Quantity, type TimeRef } from '../../events/index.js';
import { anchorOf, statusAt, type Anchor, type ClaimRow } from '../../projections/index.js';
import { reader, type ViewContext } from './context.js';
import { describeTime, earliestOf, evidence, sourceOf, validFields } from './evidence.js';
import type { ClaimView } from './market-schema.js';

/** Where the relative index is 100. */
export interface Before {
  announcement: string;
  close: Instant | null;
}

export interface ClaimSetting {
  asOf: Instant;
  anchor: (id: string) => Anchor;
  before: Before | null;
  /** Nothing is measured: a move then has an index of its own. */
  unmeasured: boolean;
  after: Instant | null;
  until: Instant | null;
  /** Only claims of this session. */
  session: string | null;
}

/** Anchors of announcements, each worked out once. */
export function anchorsOf(context: ViewContext): (id: string) => Anchor {
  const anchors = new Map<string, Anchor>();
  return (id) => {
    const known = anchors.get(id) ?? anchorOf(reader(context, 'timeline'), id);
    anchors.set(id, known);
    return known;
  };
}

export function claimViews(rows: readonly ClaimRow[], setting: ClaimSetting): ClaimView[] {
  return rows.filter((row) => inRange(row, setting) && (setting.session === null || row.value.session === setting.session)).flatMap((row) => claimFields(row, setting));
}

/** Can a claim be of the range? What has no time of its own counts from when it was known. */
function inRange(row: ClaimRow, { anchor, after, until }: ClaimSetting): boolean {
  if (after && compareInstants(row.at, after) <= 0) return false;
  return !until || compareInstants(earliestOf(row, anchor), until) <= 0;
}

function claimFields(row: ClaimRow, { asOf, anchor, before, unmeasured }: ClaimSetting): ClaimView[] {
  const { value } = row;
  const possibleFrom = earliestOf(row, anchor);
  const status = statusAt(row, asOf, possibleFrom);
  if (status === null) return [];
  const allowed = bounds(value.quantity);
  const price = value.price ? bounds(value.price) : null;
  const relativeTo = value.kind !== 'move' ? null : beginsAt(before, value.from) ? 'before-announcement' : unmeasured ? 'own-beginning' : null;
  const index = relativeTo === null ? { lo: null, hi: null } : relativeIndex(allowed);
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
      relativeTo,
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
