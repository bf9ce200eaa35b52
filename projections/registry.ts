/** Who and what there is, as known then: entities, instruments, and the symbols that instruments traded under. */
import { compareInstants, type DataOf, type Instant } from '../events/index.js';
import { defineProjection } from './projection.js';
import { readLatest, readNames, readRows, type Reader } from './reader.js';
import type { Row } from './ledger.js';

export type Entity = DataOf<'EntityRegistered'>;
type Listed = DataOf<'InstrumentListed'>;
type Renamed = DataOf<'InstrumentRenamed'>;
type Delisted = DataOf<'InstrumentDelisted'>;

/** What becomes of an instrument, in one series: listed, renamed, delisted, perhaps listed again. */
type Change = ({ change: 'listed' } & Listed) | ({ change: 'renamed' } & Renamed) | ({ change: 'delisted' } & Delisted);

/** An instrument as it stood at a time. */
export interface Instrument extends Listed {
  /** Since when it no longer trades; its symbol then stands for it no longer. */
  delisted: { since: Instant; reason: string | null; successor: string | null; row: Row } | null;
}

export const registry = defineProjection('registry', 2, (type, data: never) => {
  switch (type) {
    case 'EntityRegistered':
      return { series: `entity:${(data as Entity).entity}`, value: data };
    case 'InstrumentListed':
      return { series: `instrument:${(data as Listed).instrument}`, value: { change: 'listed', ...(data as Listed) } satisfies Change };
    case 'InstrumentRenamed':
      return { series: `instrument:${(data as Renamed).instrument}`, value: { change: 'renamed', ...(data as Renamed) } satisfies Change };
    case 'InstrumentDelisted':
      return { series: `instrument:${(data as Delisted).instrument}`, value: { change: 'delisted', ...(data as Delisted) } satisfies Change };
    default:
      return null;
  }
}, 2);

export type Registered<V> = Row<V> & { value: V };

export function findEntity(reader: Reader, id: string): Registered<Entity> | null {
  return readLatest<Entity>(reader, `entity:${id}`, null);
}

export function listEntities(reader: Reader): Registered<Entity>[] {
  return readNames(reader, 'entity:').flatMap((name) => readLatest<Entity>(reader, name, null) ?? []);
}

/**
 * An instrument as it stood at a time (null: last); before the first listing known, as that one has it (an instrument
 * keeps its id). The row is that of the listing or renaming which gave it its symbol.
 */
export function findInstrument(reader: Reader, id: string, asOf: Instant | null): Registered<Instrument> | null {
  const changes = readRows<Change>(reader, `instrument:${id}`);
  const then = asOf === null ? changes : changes.filter((row) => compareInstants(row.at, asOf) <= 0);
  return standing(then) ?? standing(changes.slice(0, 1 + changes.findIndex(({ value }) => value.change === 'listed')));
}

function standing(changes: readonly Registered<Change>[]): Registered<Instrument> | null {
  let found: Registered<Instrument> | null = null as Registered<Instrument> | null;
  for (const row of changes) {
    const { value } = row;
    if (value.change === 'listed') found = { ...row, value: { ...value, delisted: null } };
    else if (found && value.change === 'renamed') {
      const name: string = value.name ?? found.value.name;
      found = { ...row, value: { ...found.value, symbol: value.symbol, name } };
    } else if (found && value.change === 'delisted') {
      const { reason = null, successor = null } = value;
      found = { ...found, value: { ...found.value, delisted: { since: row.at, reason, successor, row } } };
    }
  }
  return found;
}

export function listInstruments(reader: Reader, asOf: Instant | null): Registered<Instrument>[] {
  return readNames(reader, 'instrument:').flatMap((name) => findInstrument(reader, name.slice('instrument:'.length), asOf) ?? []);
}

/** The instruments that trade under a symbol at a time: more than one means that the symbol is ambiguous. */
export function bySymbol(reader: Reader, symbol: string, asOf: Instant | null): Registered<Instrument>[] {
  // A listing with a date of its own says nothing of the time before it; one without stands for all of it.
  const lists = (row: Registered<Instrument>): boolean => asOf === null || compareInstants(row.from, asOf) <= 0;
  return listInstruments(reader, asOf).filter((row) => row.value.delisted === null && lists(row) && means(symbol, row.value.symbol));
}

function means(given: string, symbol: string): boolean {
  const wanted = given.toUpperCase();
  return symbol === wanted || (!wanted.includes(':') && symbol.endsWith(`:${wanted}`));
}

/** A time over which an instrument traded under a symbol; `to` null: since then. */
export interface Stretch {
  instrument: string;
  symbol: string;
  from: Instant;
  /** The earliest that it may have been: the beginning of time for a listing without a date. */
  earliest: Instant;
  to: Instant | null;
  successor: string | null;
}

/** When a symbol stood for what, oldest first: told where it stands for nothing at the time asked. */
export function stretchesOf(reader: Reader, symbol: string): Stretch[] {
  const found: Stretch[] = [];
  for (const name of readNames(reader, 'instrument:')) {
    const changes = readRows<Change>(reader, name);
    for (const [index, { value, at, from }] of changes.entries()) {
      const next = changes[index + 1];
      if (value.change === 'delisted' || !means(symbol, value.symbol)) continue;
      found.push({ instrument: value.instrument, symbol: value.symbol, from: at, earliest: from, to: next?.at ?? null, successor: next?.value.change === 'delisted' ? (next.value.successor ?? null) : null });
    }
  }
  return found.sort((a, b) => compareInstants(a.from, b.from));
}
