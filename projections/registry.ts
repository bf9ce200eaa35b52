/** Who and what there is, as known then: entities, instruments, and the symbols that instruments traded under. */
import type { DataOf, Instant } from '../events/index.js';
import { defineProjection } from './projection.js';
import { readLatest, readNames, type Reader } from './reader.js';
import type { Row } from './ledger.js';

export type Entity = DataOf<'EntityRegistered'>;
export type Instrument = DataOf<'InstrumentListed'>;

export const registry = defineProjection('registry', 1, (type, data: Entity | Instrument) => {
  if (type === 'EntityRegistered') return { series: `entity:${(data as Entity).entity}`, value: data };
  if (type === 'InstrumentListed') return { series: `instrument:${(data as Instrument).instrument}`, value: data };
  return null;
});

export type Registered<V> = Row<V> & { value: V };

export function findEntity(reader: Reader, id: string): Registered<Entity> | null {
  return readLatest<Entity>(reader, `entity:${id}`, null);
}

export function listEntities(reader: Reader): Registered<Entity>[] {
  return readNames(reader, 'entity:').flatMap((name) => readLatest<Entity>(reader, name, null) ?? []);
}

/** The listing in force at a time; before the first one known, that one (an instrument keeps its id). */
export function findInstrument(reader: Reader, id: string, asOf: Instant | null): Registered<Instrument> | null {
  const series = `instrument:${id}`;
  return readLatest<Instrument>(reader, series, asOf) ?? readLatest<Instrument>(reader, series, null);
}

export function listInstruments(reader: Reader, asOf: Instant | null): Registered<Instrument>[] {
  return readNames(reader, 'instrument:').flatMap((name) => findInstrument(reader, name.slice('instrument:'.length), asOf) ?? []);
}

/** The instruments that trade under a symbol at a time: more than one means that the symbol is ambiguous. */
export function bySymbol(reader: Reader, symbol: string, asOf: Instant | null): Registered<Instrument>[] {
  const wanted = symbol.toUpperCase();
  return listInstruments(reader, asOf).filter((row) => row.value.symbol === wanted || (!wanted.includes(':') && row.value.symbol.endsWith(`:${wanted}`)));
}
