/** Which instrument a symbol of a file stands for, on each day: symbols change hands. */
import { compareInstants, formatInstant, type Instant } from '../../events/index.js';
import { findInstrument, readNames, stretchesOf, type Reader, type Stretch } from '../../projections/index.js';

export interface Listed {
  instrument: string;
  currency: string | undefined;
}

/** Finds the instrument behind a cell on a day, or says why there is none. */
export type Resolve = (symbol: string, close: Instant) => Listed | string;

export interface ResolveSettings {
  /** SYMBOL → instrument id, before all else. */
  map: ReadonlyMap<string, string>;
  /** Symbols that nothing stands under are listed by the import, with this currency. */
  register: { currency: string | null } | null;
  /** EXCHANGE of symbols that are written without one. */
  exchange: string | null;
}

/** @returns the resolver, and the symbols that it would register, as EXCHANGE:SYMBOL → id */
export function resolver(registry: Reader, { map, register, exchange }: ResolveSettings): { resolve: Resolve; fresh: Map<string, string> } {
  const ids = new Set(readNames(registry, 'instrument:').map((name) => name.slice('instrument:'.length)));
  const fresh = new Map<string, string>();
  const settled = new Map<string, Listed | string | Stretch[]>();
  const seen = new Map<string, Listed>();
  const listed = (id: string): Listed => {
    let found = seen.get(id);
    if (!found) seen.set(id, (found = { instrument: id, currency: findInstrument(registry, id, null)?.value.currency }));
    return found;
  };
  const look = (symbol: string): Listed | string | Stretch[] => {
    const mapped = map.get(symbol);
    if (mapped !== undefined) return ids.has(mapped) ? listed(mapped) : `symbol: --map has ${symbol}=${mapped}, and there is no instrument ${mapped}`;
    if (ids.has(symbol)) return listed(symbol);
    const full = exchange !== null && !symbol.includes(':') ? `${exchange}:${symbol}` : symbol;
    const stretches = stretchesOf(registry, full);
    if (stretches.length > 0) return stretches;
    if (register === null) return `symbol: nothing is listed as ${JSON.stringify(symbol.slice(0, 60))}: --register lists it, --map ${symbol.slice(0, 60)}=ID says which instrument it is`;
    if (!/^[A-Z0-9]+:[A-Z0-9.^-]+$/.test(full)) return `symbol: expected EXCHANGE:SYMBOL such as XNAS:AMZN, got ${JSON.stringify(symbol.slice(0, 60))}: --exchange says which one`;
    const id = full.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
    if (ids.has(id)) return `symbol: ${full} would be registered as ${id}, which is another instrument: name one with --map`;
    const twin = [...fresh].find(([, other]) => other === id);
    if (twin) return `symbol: ${full} and ${twin[0]} would both be registered as ${id}: name one with --map`;
    fresh.set(full, id);
    return { instrument: id, currency: register.currency ?? undefined };
  };
  return {
    fresh,
    resolve(symbol, close) {
      let found = settled.get(symbol);
      if (found === undefined) settled.set(symbol, (found = look(symbol)));
      if (!Array.isArray(found)) return found;
      const then = found.filter(({ earliest, to }) => compareInstants(earliest, close) <= 0 && (to === null || compareInstants(close, to) < 0));
      const one = then[0]?.instrument;
      const others = new Set(then.map(({ instrument }) => instrument));
      if (one === undefined) return `symbol: ${symbol} stood for nothing then; it is ${found.map(({ instrument, from, to }) => `${instrument} from ${formatInstant(from) ?? 'the beginning'}${to === null ? '' : ` to ${formatInstant(to)}`}`).join(', ')}. Where it was that already, say --map ${symbol}=${found[0]?.instrument ?? ''}`;
      return others.size > 1 ? `symbol: ${symbol} stood for ${[...others].join(' and ')} then: --map says which` : listed(one);
    },
  };
}
