/**
 * What the feed's subscription does in each state when each signal comes: one table without a missing cell. The client
 * never reopens a subscription, and one may end without a word; here nothing is left to chance. Pure: feed.ts acts on it.
 */

export const states = ['connecting', 'catching-up', 'live', 'stalled', 'backing-off', 'closed'] as const;
export type State = (typeof states)[number];

export const signals = ['opened', 'event', 'caught-up', 'checkpoint', 'error', 'ended', 'refused', 'quiet', 'missed', 'nothing-missed', 'retry', 'widen', 'close'] as const;
/**
 * - opened, event, caught-up, checkpoint, error, ended: from the client's subscription.
 * - refused: an error that trying again does not mend, such as access denied.
 * - quiet: the watchdog saw nothing arrive for a while.
 * - missed, nothing-missed: a look at the log after that found a matching event that never came, or none.
 * - retry: the pause after a failure is over. widen: somebody wants more streams. close: nobody listens any more.
 */
export type Signal = (typeof signals)[number];

/**
 * - subscribe, drop: take up the subscription after the last position, let go of it. renew: do so on a new client.
 * - deliver, announce, advance: hand on the event, caughtUp, the checkpoint.
 * - probe: look at the log for what should have come. resume: retry at once; wait: after a pause that grows.
 * - fail: tell the listeners that it is over.
 */
export type Action = 'subscribe' | 'drop' | 'renew' | 'deliver' | 'announce' | 'advance' | 'probe' | 'resume' | 'wait' | 'fail';

export interface Step {
  readonly to: State;
  readonly actions: readonly Action[];
}

const step = (to: State, ...actions: Action[]): Step => ({ to, actions });

export const table: Record<State, Record<Signal, Step>> = {
  /** Asked for, not confirmed. */
  connecting: {
    opened: step('catching-up'),
    event: step('catching-up', 'deliver'),
    'caught-up': step('live', 'announce'),
    checkpoint: step('catching-up', 'advance'),
    error: step('backing-off', 'drop', 'wait'),
    ended: step('backing-off', 'drop', 'wait'),
    refused: step('closed', 'drop', 'fail'),
    // Taken and never confirmed: the connection itself is suspect.
    quiet: step('backing-off', 'drop', 'renew', 'wait'),
    missed: step('connecting'),
    'nothing-missed': step('connecting'),
    retry: step('connecting'),
    widen: step('connecting', 'drop', 'subscribe'),
    close: step('closed', 'drop'),
  },
  /** Confirmed; the server sends what is stored. Servers before 23.10 never say that they are done. */
  'catching-up': {
    opened: step('catching-up'),
    event: step('catching-up', 'deliver'),
    'caught-up': step('live', 'announce'),
    checkpoint: step('catching-up', 'advance'),
    error: step('backing-off', 'drop', 'wait'),
    ended: step('backing-off', 'drop', 'wait'),
    refused: step('closed', 'drop', 'fail'),
    quiet: step('catching-up', 'probe'),
    missed: step('stalled', 'drop', 'renew', 'resume'),
    'nothing-missed': step('catching-up', 'advance'),
    retry: step('catching-up'),
    widen: step('connecting', 'drop', 'subscribe'),
    close: step('closed', 'drop'),
  },
  /** Events come as they are appended. */
  live: {
    opened: step('live'),
    event: step('live', 'deliver'),
    // It repeats: each time the server went back to its log and caught up again.
    'caught-up': step('live', 'announce'),
    checkpoint: step('live', 'advance'),
    error: step('backing-off', 'drop', 'wait'),
    ended: step('backing-off', 'drop', 'wait'),
    refused: step('closed', 'drop', 'fail'),
    quiet: step('live', 'probe'),
    missed: step('stalled', 'drop', 'renew', 'resume'),
    'nothing-missed': step('live', 'advance'),
    retry: step('live'),
    widen: step('connecting', 'drop', 'subscribe'),
    close: step('closed', 'drop'),
  },
  /** Open and silent while the log grew: dropped, to be taken up again at once. */
  stalled: {
    opened: step('stalled'),
    event: step('stalled'),
    'caught-up': step('stalled'),
    checkpoint: step('stalled'),
    error: step('stalled'),
    ended: step('stalled'),
    refused: step('closed', 'fail'),
    quiet: step('stalled'),
    missed: step('stalled'),
    'nothing-missed': step('stalled'),
    retry: step('connecting', 'subscribe'),
    widen: step('stalled'),
    close: step('closed'),
  },
  /** Failed and dropped, to be taken up again after a pause. */
  'backing-off': {
    opened: step('backing-off'),
    event: step('backing-off'),
    'caught-up': step('backing-off'),
    checkpoint: step('backing-off'),
    error: step('backing-off'),
    ended: step('backing-off'),
    refused: step('closed', 'fail'),
    quiet: step('backing-off'),
    missed: step('backing-off'),
    'nothing-missed': step('backing-off'),
    retry: step('connecting', 'subscribe'),
    widen: step('backing-off'),
    close: step('closed'),
  },
  closed: {
    opened: step('closed'),
    event: step('closed'),
    'caught-up': step('closed'),
    checkpoint: step('closed'),
    error: step('closed'),
    ended: step('closed'),
    refused: step('closed'),
    quiet: step('closed'),
    missed: step('closed'),
    'nothing-missed': step('closed'),
    retry: step('closed'),
    widen: step('closed'),
    close: step('closed'),
  },
};
