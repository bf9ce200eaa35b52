/** The state hash of each projection as a replay goes on: the same as the runner's at that event. */
import type { RejectedEvent, TypedEvent } from '../../events/index.js';
import { projections, rejected } from '../../projections/index.js';
import { foldInto, newState } from '../projecting/fold.js';
import { stateHash } from '../projecting/state-hash.js';

export interface RunningHashes {
  /** Events of a log in their order, none left out. */
  add: (event: TypedEvent | RejectedEvent) => void;
  /** name@version → hash, `faulted` for one that stopped. */
  now: () => Record<string, string>;
}

export function runningHashes(): RunningHashes {
  const states = [...projections, rejected].map(newState);
  return {
    add(event) {
      for (const state of states) foldInto(state, [event]);
    },
    now: () => Object.fromEntries(states.map((state) => [`${state.projection.name}@${state.projection.version}`, state.fault ? 'faulted' : stateHash(state)])),
  };
}
