/** The moments at which what is known changes, of several series beside each other, in order. By columns: there may be a million. */
import { compareInstants, type Instant } from '../../events/index.js';
import type { Change } from '../../projections/index.js';

/** At `known` something else may be known in one lane: of what was true at these times, or of all of it. */
export interface Moment {
  known: Instant;
  lane: number;
  whole: boolean;
  /** Rising, each once; empty where the whole is concerned. */
  at: Instant[];
}

export interface Moments {
  /** @param whole the change may concern all of the lane */
  add(lane: number, changes: readonly Change[], whole: boolean): void;
  /** In order of `known`, then lane. @param until (null: no bound) the last moment, inclusive */
  inOrder(until: Instant | null): Generator<Moment>;
}

export function moments(): Moments {
  const [knownMs, knownNs, atMs, atNs, lanes]: number[][] = [[], [], [], [], []] as number[][];
  const columns = { knownMs: knownMs as number[], knownNs: knownNs as number[], atMs: atMs as number[], atNs: atNs as number[], lanes: lanes as number[] };
  const wholes: boolean[] = [];
  const known = (i: number): Instant => ({ ms: columns.knownMs[i] as number, ns: columns.knownNs[i] as number });
  const at = (i: number): Instant => ({ ms: columns.atMs[i] as number, ns: columns.atNs[i] as number });
  return {
    add(lane, changes, whole) {
      for (const change of changes) {
        columns.knownMs.push(change.known.ms);
        columns.knownNs.push(change.known.ns);
        columns.atMs.push(change.at.ms);
        columns.atNs.push(change.at.ns);
        columns.lanes.push(lane);
        wholes.push(whole);
      }
    },
    *inOrder(until) {
      const difference = (column: readonly number[], a: number, b: number): number => (column[a] === column[b] ? 0 : (column[a] as number) < (column[b] as number) ? -1 : 1);
      const numbers = Uint32Array.from(wholes.keys()).sort(
        (a, b) => difference(columns.knownMs, a, b) || difference(columns.knownNs, a, b) || difference(columns.lanes, a, b) || difference(columns.atMs, a, b) || difference(columns.atNs, a, b),
      );
      let moment = null as Moment | null;
      for (const number of numbers) {
        const then = known(number);
        if (until && compareInstants(then, until) > 0) break;
        const lane = columns.lanes[number] as number;
        if (moment?.lane !== lane || compareInstants(moment.known, then) !== 0) {
          if (moment) yield moment;
          moment = { known: then, lane, whole: false, at: [] };
        }
        moment.whole ||= wholes[number] as boolean;
        const last = moment.at.at(-1);
        const time = at(number);
        if (!last || compareInstants(last, time) !== 0) moment.at.push(time);
      }
      if (moment) yield moment;
    },
  };
}

/** The nanosecond after: an exclusive end that takes the moment in. */
export function justAfter({ ms, ns }: Instant): Instant {
  return ns < 999_999 ? { ms, ns: ns + 1 } : { ms: ms + 1, ns: 0 };
}

/** The nanosecond before: what was known until then. */
export function justBefore({ ms, ns }: Instant): Instant {
  return ns > 0 ? { ms, ns: ns - 1 } : { ms: ms - 1, ns: 999_999 };
}
