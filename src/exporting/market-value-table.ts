/**
 * The table of market values: measured, derived and claimed, as a history of what was known. A row stands from its
 * ts_known on, until a later one of the same instrument, adjustment, measure and ts_valid (a claim: of the same fact_id)
 * replaces it; a value of null takes it back. What is known at each moment is asked of the same queries that the view asks.
 */
import { formatInstant, type Instant } from '../../events/index.js';
import { barSeries, changesOf, claims, latestBar, levels, listInstruments, openReader, readNames, type Adjustment, type ClaimRow, type Level, type Reader } from '../../projections/index.js';
import { reader, type ViewContext } from '../views/context.js';
import { changed, claimCells, levelCells, MARKET_COLUMNS, withdrawn } from './market-value-rows.js';
import { justBefore, moments, type Moment } from './moments.js';
import type { Row, Table } from './table.js';

export interface MarketValueRequest {
  /** Ids; null: all. */
  instruments: readonly string[] | null;
  /** Ids of entities whose own claims are in it; null: all. */
  entities: readonly string[] | null;
}

/** One sequence of knowledge: closes of one adjustment, or what is claimed of one subject. */
type Lane = { kind: 'bars'; instrument: string; entity: string | null; currency: string | null; adjustment: Adjustment } | { kind: 'claims'; subject: string; instrument: string | null; entity: string | null; currency: string | null };

/** @param context without a bound on the valid time; its knownAt bounds the history */
export function marketValueTable(context: ViewContext, request: MarketValueRequest): Table {
  return { name: 'market_value', columns: MARKET_COLUMNS, rows: rowsOf(context, reader(context, 'market-value'), lanesOf(context, request)) };
}

const BATCH = 1000;

async function* rowsOf(context: ViewContext, market: Reader, lanes: readonly Lane[]): AsyncGenerator<Row[]> {
  const found = moments();
  const { order } = context.sight;
  lanes.forEach((lane, i) => {
    if (lane.kind === 'claims') {
      found.add(i, changesOf(market.ledger, `claim:${lane.subject}`, order), false);
      return;
    }
    found.add(i, changesOf(market.ledger, barSeries(lane.instrument, lane.adjustment), order), false);
    for (const series of ['shares', 'action']) found.add(i, changesOf(market.ledger, `${series}:${lane.instrument}`, order), true);
  });
  // One pair of readers a moment: neighbouring lanes change at the same close.
  let pair: { known: Instant; before: Reader; after: Reader } | null = null;
  let batch: Row[] = [];
  for (const moment of found.inOrder(context.sight.known)) {
    const { known } = moment;
    if (pair?.known.ms !== known.ms || pair.known.ns !== known.ns) pair = { known, before: openReader(market.ledger, { ...context.sight, known: justBefore(known) }), after: openReader(market.ledger, { ...context.sight, known }) };
    const lane = lanes[moment.lane] as Lane;
    batch.push(...(lane.kind === 'bars' ? barRows(lane, moment, pair.before, pair.after) : claimRows(lane, moment, pair.before, pair.after)));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** Of all that anything was ever known of: what is no longer listed, or was listed by mistake, has its history too. */
function lanesOf(context: ViewContext, { instruments, entities }: MarketValueRequest): Lane[] {
  const market = reader(context, 'market-value');
  const listed = new Map(listInstruments(reader(context, 'registry'), null).map(({ value }) => [value.instrument, value]));
  const of = (instrument: string): { entity: string | null; currency: string | null } => ({ entity: listed.get(instrument)?.entity ?? null, currency: listed.get(instrument)?.currency ?? null });
  const bars = readNames(market, 'bar:').flatMap((name): Lane[] => {
    const [, instrument = '', adjustment] = name.split(':');
    return instruments === null || instruments.includes(instrument) ? [{ kind: 'bars', instrument, ...of(instrument), adjustment: adjustment as Adjustment }] : [];
  });
  const claimed = readNames(market, 'claim:').flatMap((name): Lane[] => {
    const subject = name.slice('claim:'.length);
    const [kind, id] = subject.startsWith('instrument-') ? ['instrument', subject.slice('instrument-'.length)] : ['entity', subject.slice('entity-'.length)];
    const wanted = kind === 'instrument' ? instruments : entities;
    if (wanted !== null && !wanted.includes(id)) return [];
    return [kind === 'instrument' ? { kind: 'claims', subject, instrument: id, ...of(id) } : { kind: 'claims', subject, instrument: null, entity: id, currency: null }];
  });
  return [...bars, ...claimed];
}

type BarLane = Extract<Lane, { kind: 'bars' }>;
type ClaimLane = Extract<Lane, { kind: 'claims' }>;

/** The rows of one moment: the closes that changed, and the one that became the last without a change of its own. */
function barRows(lane: BarLane, { known, whole, at }: Moment, before: Reader, after: Reader): Row[] {
  const { instrument, adjustment } = lane;
  const series = { adjustment, stored: adjustment };
  const read = (from: Reader): Map<string, Level> => {
    const found = whole ? levels(from, instrument, {}, series, null) : at.flatMap((time) => levels(from, instrument, exactly(time), series, null));
    return new Map(found.map((level) => [formatInstant(level.bar.at) ?? '', level]));
  };
  const [old, now] = [read(before), read(after)];
  const [lastOld, lastNow] = [latestBar(before, instrument, adjustment, known), latestBar(after, instrument, adjustment, known)];
  const rows: Row[] = [];
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [was, is] = [old.get(key), now.get(key)];
    const level = (is ?? was) as Level;
    const moment = level.bar.at;
    const current = lastNow === null ? lastOld !== null && same(lastOld.at, moment) : same(lastNow.at, moment);
    const becameLast = current && (lastOld === null || lastNow === null || !same(lastOld.at, lastNow.at));
    const cells = is ? levelCells(lane, is, known, current) : withdrawn(levelCells(lane, level, known, current));
    rows.push(...(becameLast || !was || !is ? cells : changed(cells, levelCells(lane, was, known, current))));
  }
  // Taking back the last close makes the one before it the last again.
  if (lastNow && (!lastOld || !same(lastOld.at, lastNow.at)) && !now.has(formatInstant(lastNow.at) ?? '')) rows.push(...levels(after, instrument, exactly(lastNow.at), series, null).flatMap((level) => levelCells(lane, level, known, true)));
  return rows;
}

/** Claims that stand now and did not, and those that no longer do and that nothing replaces. */
function claimRows(lane: ClaimLane, { known, at }: Moment, before: Reader, after: Reader): Row[] {
  const read = (from: Reader): ClaimRow[] => at.flatMap((time) => claims(from, lane.subject, exactly(time)));
  const [old, now] = [read(before), read(after)];
  const gone = old.filter((row) => !now.some(({ fact }) => fact === row.fact));
  return [...now.filter((row) => !old.some(({ id }) => id === row.id)).map((row) => claimCells(lane, row, known)), ...withdrawn(gone.map((row) => claimCells(lane, row, known)))];
}

function exactly(at: Instant): { after?: Instant; upTo: Instant } {
  return Number.isFinite(at.ms) ? { after: justBefore(at), upTo: at } : { upTo: at };
}

function same(a: Instant, b: Instant): boolean {
  return a.ms === b.ms && a.ns === b.ns;
}
