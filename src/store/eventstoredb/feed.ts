/**
 * The one subscription of a store, fanned out to all who follow the log: more than 100 subscriptions on a connection
 * would starve in silence. It is contiguous from where it began, across every reconnection, while somebody listens.
 */
import type { Position, RecordedEvent } from '../port.js';
import { classify, AccessDeniedError, EventStoreUnavailableError, READ_ALL_DENIED } from './errors.js';
import type { Connection, Patience } from './connection.js';
import { createMember, type FeedItem, type Member, type MemberControl } from './member.js';
import type { Reader } from './reading.js';
import { hasPrefix, widen } from './records.js';
import { openSource } from './source.js';
import { table, type Action, type Signal, type State } from './supervisor.js';

export interface FeedOptions extends Patience {
  /** After this long without a sign of life the watchdog looks at the log. */
  quietMs: number;
  /** How many items are kept for a listener who is slower than the log. */
  backlog: number;
  log: (message: string) => void;
}

export interface Feed {
  state(): State;
  join(prefixes: readonly string[]): Member;
  /** Tells all listeners that it is over. */
  close(error: Error): void;
}

const FIRST_PAUSE_MS = 50;
const LAST_PAUSE_MS = 5000;
/** A connection that held this long starts the pauses anew. */
const STEADY_MS = 5000;
/** In an unfiltered feed: how many records that are nobody's events pass before the listeners hear where it is. */
const HIDDEN_PER_CHECKPOINT = 1000;

export function createFeed(connection: Connection, reader: Reader, options: FeedOptions, onIdle: () => void): Feed {
  let state: State = 'connecting';
  const members = new Set<MemberControl>();
  /** null: unfiltered, because somebody wants all streams. It widens, and never narrows while it runs. */
  let prefixes: string[] | null | undefined;
  /** Everything up to here was handed on; undefined until the log's end was read. */
  let covered: Position | 'start' | undefined;
  /** The last real record at or before `covered`: readers are sure to meet it. */
  let lastRecord: Position | 'start' | undefined;
  let generation = 0;
  let letGo: (() => void) | undefined;
  let renew: (() => void) | undefined;
  let pause = FIRST_PAUSE_MS;
  let subscribedAt = performance.now();
  let healthyAt = performance.now();
  /** When the server was last heard, or last asked for something. */
  let signAt = performance.now();
  let hidden = 0;
  let retryTimer: NodeJS.Timeout | undefined;
  let problem: Error = new Error('closed');
  const watchdog = setInterval(() => {
    if (performance.now() - signAt < options.quietMs) return;
    signAt = performance.now();
    signal('quiet');
  }, options.quietMs / 4);

  interface Payload {
    event?: { position: Position; event: RecordedEvent | null };
    position?: Position;
    error?: Error;
  }

  function signal(name: Signal, payload: Payload = {}): void {
    const { to, actions } = table[state][name];
    if (payload.error) problem = payload.error;
    if (to !== state && (to === 'backing-off' || to === 'stalled')) options.log(`EventStoreDB feed ${to} (${name}${payload.error ? `: ${payload.error.message}` : ''}), going on after ${covered ?? 'the end of the log'}`);
    state = to;
    for (const action of actions) act(action, payload);
  }

  function act(action: Action, payload: Payload): void {
    switch (action) {
      case 'subscribe':
        return void subscribe();
      case 'drop':
        generation++;
        letGo?.();
        letGo = undefined;
        return;
      case 'renew':
        return renew?.();
      case 'deliver':
        return deliver(payload);
      case 'announce':
        return offer({ kind: 'caughtUp' });
      case 'advance':
        return advance(payload.position);
      case 'probe':
        return void probe();
      case 'resume':
        return retryAfter(0);
      case 'wait':
        return wait();
      case 'fail':
        return close(problem);
    }
  }

  function offer(item: FeedItem): void {
    for (const member of members) member.offer(item);
  }

  function deliver({ event: scanned }: Payload): void {
    if (!scanned || covered === undefined || (covered !== 'start' && scanned.position <= covered)) return;
    covered = lastRecord = scanned.position;
    if (scanned.event) offer({ kind: 'event', event: scanned.event });
    else if (++hidden % HIDDEN_PER_CHECKPOINT === 0) offer({ kind: 'checkpoint', position: covered });
  }

  /** A checkpoint may lie beyond the last record; listeners are told of no place that a later reader would not find. */
  function advance(position: Position | undefined): void {
    if (position === undefined || (covered !== undefined && covered !== 'start' && position <= covered)) return;
    covered = position;
    const mine = generation;
    reader.last(impatient).then(
      (last) => {
        if (last === null || mine !== generation || covered !== position) return;
        const known = last < position ? last : position;
        if (lastRecord === undefined || lastRecord === 'start' || known > lastRecord) {
          if (last <= position) lastRecord = known;
          offer({ kind: 'checkpoint', position: known });
        }
      },
      () => undefined,
    );
  }

  const impatient: Patience = { timeoutMs: options.timeoutMs, patienceMs: 0 };

  async function subscribe(): Promise<void> {
    const mine = ++generation;
    subscribedAt = signAt = performance.now();
    const current = (): boolean => mine === generation;
    try {
      if (covered === undefined) {
        const last = (await reader.last(impatient)) ?? 'start';
        if (!current()) return;
        covered = lastRecord = last;
        for (const member of members) member.setGoal(last);
      }
      const lease = connection.lease();
      renew = () => lease.renew();
      const told = (name: Signal, payload?: Payload): void => {
        if (!current()) return;
        signAt = healthyAt = performance.now();
        signal(name, payload);
      };
      letGo = openSource(lease, covered, prefixes ?? null, {
        opened: () => told('opened'),
        event: (event) => told('event', { event }),
        caughtUp: () => told('caught-up'),
        checkpoint: (position) => told('checkpoint', { position }),
        over: (error) => {
          if (!current()) return;
          letGo = undefined;
          if (error) failed(error);
          else signal('ended');
        },
      });
    } catch (error) {
      if (current()) failed(error as Error);
    }
  }

  function failed(error: Error): void {
    const failure = classify(error);
    if (failure.renew) renew?.();
    if (error instanceof AccessDeniedError) signal('refused', { error });
    else if (failure.kind === 'denied') signal('refused', { error: new AccessDeniedError(READ_ALL_DENIED, error) });
    else if (failure.kind === 'bad-argument') signal('refused', { error });
    else signal('error', { error });
  }

  function wait(): void {
    if (performance.now() - subscribedAt > STEADY_MS) pause = FIRST_PAUSE_MS;
    // Those above are told of a failure that lasts; they subscribe again when they see fit.
    if (performance.now() - healthyAt > options.patienceMs + options.quietMs) {
      return close(problem instanceof EventStoreUnavailableError ? problem : new EventStoreUnavailableError(connection.where, problem));
    }
    retryAfter(pause);
    pause = Math.min(LAST_PAUSE_MS, pause * 2);
  }

  function retryAfter(milliseconds: number): void {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => signal('retry'), milliseconds);
  }

  /** Reads on from the last position: is there an event that should have come? */
  async function probe(): Promise<void> {
    const mine = generation;
    try {
      let reached: Position | undefined;
      if (covered === undefined) return;
      for await (const records of reader.scan(covered, 'forwards', impatient)) {
        if (mine !== generation) return;
        const missed = records.find(({ event, position }) => event !== null && hasPrefix(event, prefixes ?? undefined) && (covered === 'start' || covered === undefined || position > covered));
        if (missed) return signal('missed', { position: missed.position });
        reached = records.at(-1)?.position;
      }
      if (mine !== generation) return;
      healthyAt = performance.now();
      signal('nothing-missed', reached === undefined ? {} : { position: reached });
    } catch (error) {
      if (mine !== generation) return;
      renew?.();
      failed(error as Error);
    }
  }

  function close(error: Error): void {
    if (state !== 'closed') signal('close');
    clearInterval(watchdog);
    clearTimeout(retryTimer);
    generation++;
    for (const member of [...members]) member.fail(error);
    members.clear();
    onIdle();
  }

  function join(wanted: readonly string[]): Member {
    const first = prefixes === undefined;
    const wider = widen(prefixes, wanted);
    if (wider !== prefixes) {
      prefixes = wider;
      // Taken up anew with the wider filter, from a place that every reader is sure to reach.
      covered = lastRecord;
      if (!first) signal('widen');
    }
    const control = createMember(wanted, options.backlog, () => lastRecord, () => {
      members.delete(control);
      if (members.size === 0 && state !== 'closed') close(new Error('nobody listens'));
    });
    members.add(control);
    if (first) void subscribe();
    return control.member;
  }

  return { state: () => state, join, close };
}
