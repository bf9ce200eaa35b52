/**
 * The closes of one series by columns: which of them is the last at a moment is then a matter of two bisections, where the
 * facts were never amended and became known in the order in which they were true, as prices mostly do.
 */
import { compareInstants, type Instant } from '../events/index.js';
import { changesOf } from './changes.js';
import { lastChange, numbersOf } from './ledger-index.js';
import type { Ledger } from './ledger.js';
import { barSeries, type Adjustment, type BareBar } from './market-value.js';
import { isObservation, lightRowAt, orderOf } from './rows.js';

/** Instants that rise, by columns. */
export interface InstantColumns {
  readonly ms: Float64Array;
  readonly ns: Uint32Array;
}

export interface BarTrack {
  /** Of the rows, in valid order. */
  readonly numbers: Uint32Array;
  readonly at: InstantColumns;
  readonly known: InstantColumns;
  /** The closes, read when they are first asked for. */
  readonly closes: () => Float64Array;
}

const tracks = new WeakMap<Ledger, Map<string, { change: number; track: BarTrack | null }>>();

/**
 * The track of a series as far as it is folded up to an order; it is kept until something concerns the series.
 * @returns null where the ledger's own rule must be asked: something was amended, is there twice, or became known out of order
 */
export function barTrack(ledger: Ledger, instrument: string, adjustment: Adjustment, order: number): BarTrack | null {
  const series = barSeries(instrument, adjustment);
  const change = lastChange(ledger, series, order);
  let own = tracks.get(ledger);
  if (!own) {
    own = new Map();
    tracks.set(ledger, own);
  }
  let found = own.get(series);
  if (found?.change !== change) own.set(series, (found = { change, track: trackOf(ledger, series, order) }));
  return found.track;
}

function trackOf(ledger: Ledger, series: string, order: number): BarTrack | null {
  const numbers = numbersOf(ledger, series).numbers.filter((number) => orderOf(ledger, number) <= order);
  const changes = changesOf(ledger, series, order);
  if (changes.length !== numbers.length || !numbers.every((number) => isObservation(ledger, number))) return null;
  const places = changes.map((_, i) => i);
  const timeOf = (place: number, which: 'at' | 'known'): Instant => (changes[place] as (typeof changes)[number])[which];
  const inOrder = (which: 'at' | 'known', strictly: boolean): boolean => places.every((place, i) => i === 0 || compareInstants(timeOf(places[i - 1] as number, which), timeOf(place, which)) < (strictly ? 0 : 1));
  if (!inOrder('at', true)) places.sort((a, b) => compareInstants(timeOf(a, 'at'), timeOf(b, 'at')));
  if (!inOrder('at', true) || !inOrder('known', false)) return null;
  const inPlace = Uint32Array.from(places, (place) => numbers[place] as number);
  let closes: Float64Array | null = null;
  return {
    numbers: inPlace,
    closes: () => (closes ??= Float64Array.from(inPlace, (number) => (lightRowAt(ledger, number).value as BareBar).close)),
    at: instantColumns(places.map((place) => timeOf(place, 'at'))),
    known: instantColumns(places.map((place) => timeOf(place, 'known'))),
  };
}

/** @param instants in order */
export function instantColumns(instants: readonly Instant[]): InstantColumns {
  return { ms: Float64Array.from(instants, ({ ms }) => ms), ns: Uint32Array.from(instants, ({ ns }) => ns) };
}

/** How many of the instants are at or before a moment. */
export function countUpTo(instants: InstantColumns, moment: Instant): number {
  let low = 0;
  let high = instants.ms.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isUpTo(instants, middle, moment)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Is the instant at a place, 0-based, at or before a moment? */
export function isUpTo({ ms, ns }: InstantColumns, place: number, moment: Instant): boolean {
  const at = ms[place] as number;
  return at < moment.ms || (at === moment.ms && (ns[place] as number) <= moment.ns);
}

/** How many bars of a track were closed and known at a moment: the last of them is the level. */
export function barsUpTo({ at, known }: BarTrack, moment: Instant): number {
  const count = countUpTo(at, moment);
  // Mostly a close is known as soon as it is there.
  return count === 0 || isUpTo(known, count - 1, moment) ? count : Math.min(count, countUpTo(known, moment));
}
