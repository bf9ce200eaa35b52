/** The rows of the table of market values: one for each measure of a close, one for a claim. */
import { bounds, describeQuantity, isPoint, point, type Instant, type Interval } from '../../events/index.js';
import type { Adjustment, ClaimRow, Level, Row as LedgerRow } from '../../projections/index.js';
import { columnsOf, timeCell, type Cell, type Row } from './table.js';

export const MARKET_COLUMNS = columnsOf([
  ['entity_id', 'text'],
  ['instrument_id', 'text'],
  // Of a bar: the day of its session.
  ['session_date', 'text'],
  ['ts_valid_lo', 'time'],
  ['ts_valid_hi', 'time'],
  ['ts_known', 'time'],
  ['session', 'text'],
  ['kind', 'text'],
  ['measure', 'text'],
  ['value', 'float'],
  ['value_lo', 'float'],
  ['value_hi', 'float'],
  ['value_lo_closed', 'flag'],
  ['value_hi_closed', 'flag'],
  ['value_text', 'text'],
  ['currency', 'text'],
  ['shares', 'float'],
  ['ts_shares_known', 'time'],
  ['share_basis', 'text'],
  ['adjustment', 'text'],
  ['direction', 'text'],
  // At ts_known this is the last close: rows that say so are what an as-of join on ts_known is made of.
  ['current', 'flag'],
  // Of a claim: of the same fact a later row stands in place of an earlier one.
  ['fact_id', 'text'],
  ['evidence', 'text'],
]);

const PLACES = Object.fromEntries(MARKET_COLUMNS.map(({ name }, i) => [name, i]));
/** What a row says; the rest is of when it was known and what shows it. */
const SAID = ['value', 'value_lo', 'value_hi', 'value_lo_closed', 'value_hi_closed', 'value_text', 'currency', 'shares', 'share_basis', 'direction'].map((name) => PLACES[name] as number);
const MEASURE = PLACES['measure'] as number;

function row(cells: Readonly<Record<string, Cell>>): Row {
  return MARKET_COLUMNS.map(({ name }) => cells[name] ?? null);
}

/** A measured close with what else the bar has, and the market value that is derived of it where a share count is known. */
export function levelCells({ instrument, entity, currency, adjustment }: { instrument: string; entity: string | null; currency: string | null; adjustment: Adjustment }, level: Level, known: Instant, current: boolean): Row[] {
  const { bar, shares, value, splits } = level;
  const { open, high, low, close, volume, date } = bar.value;
  const common = { entity_id: entity, instrument_id: instrument, session_date: date, ts_valid_lo: timeCell(bar.at), ts_valid_hi: timeCell(bar.at), ts_known: known, session: 'regular', adjustment, current };
  const measured = Object.entries({ open, high, low, close, volume }).flatMap(([measure, number]) =>
    number === undefined ? [] : [row({ ...common, kind: 'measured', measure, ...valueCells(point(number)), currency: measure === 'volume' ? null : (bar.value.currency ?? currency), evidence: placeOf(bar) })],
  );
  if (!value || !shares) return measured;
  const derived = row({
    ...common,
    kind: 'derived',
    measure: 'market-value',
    ...valueCells(value),
    currency: bar.value.currency ?? currency,
    shares: isPoint(shares.count) ? shares.count.lo : null,
    ts_shares_known: timeCell(shares.row.known.from),
    share_basis: shares.row.value.basis,
    evidence: [bar, shares.row, ...splits].map(placeOf).join(' '),
  });
  return [...measured, derived];
}

export function claimCells({ instrument, entity }: { instrument: string | null; entity: string | null }, claim: ClaimRow, known: Instant): Row {
  const { kind, measure, quantity, session } = claim.value;
  const unit = 'unit' in quantity ? quantity.unit : undefined;
  return row({
    entity_id: entity,
    instrument_id: instrument,
    ts_valid_lo: timeCell(claim.from),
    ts_valid_hi: timeCell(claim.at),
    ts_known: known,
    session,
    kind: 'claimed',
    measure: kind === 'price' || kind === 'value' ? measure : `${measure}-change`,
    ...valueCells(bounds(quantity)),
    value_text: describeQuantity(quantity),
    currency: unit === undefined || unit === 'percent' || unit === 'ratio' ? null : unit,
    direction: quantity.direction ?? null,
    fact_id: claim.fact,
    evidence: placeOf(claim),
  });
}

/** The same rows, saying that nothing is known any more. */
export function withdrawn(rows: readonly Row[]): Row[] {
  return rows.map((cells) => cells.map((cell, i) => (SAID.includes(i) ? null : cell)));
}

/** What is new in rows of one close: measures with another value, and those that are gone. */
export function changed(now: readonly Row[], earlier: readonly Row[]): Row[] {
  const of = (rows: readonly Row[], measure: Cell | undefined): Row | undefined => rows.find((cells) => cells[MEASURE] === measure);
  const fresh = now.filter((cells) => {
    const was = of(earlier, cells[MEASURE]);
    return !was || SAID.some((i) => cells[i] !== was[i]);
  });
  return [...fresh, ...withdrawn(earlier.filter((cells) => !of(now, cells[MEASURE])))];
}

function valueCells(value: Interval): Record<string, Cell> {
  return { value: isPoint(value) ? value.lo : null, value_lo: value.lo, value_hi: value.hi, value_lo_closed: value.loClosed, value_hi_closed: value.hiClosed };
}

function placeOf({ streamId, revision }: Pick<LedgerRow, 'streamId' | 'revision'>): string {
  return `${streamId}/${revision}`;
}
