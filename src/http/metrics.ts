/** What Prometheus reads: requests, the store's latency, how far the projections are, what was rejected. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestHandler, Response } from 'express';
import type { Listener, Runner } from '../projecting/runner.js';
import { rowCount } from '../../projections/index.js';
import type { ProjectionState } from '../projecting/fold.js';
import { WrongExpectedRevisionError, type EventStore } from '../store/port.js';
import type { Tracker } from '../tracker.js';

export interface Metrics {
  /** The text that a scrape gets, in Prometheus' format. */
  text(): Promise<string>;
  contentType: string;
  /** The same store, with its appends and reads timed. */
  timed(store: EventStore): EventStore;
  /** Follows one tracker, until the function that it gives is called. */
  watch(tracker: Tracker): () => void;
  requests: RequestHandler;
  /** A stream that begins, and is open until its answer closes. */
  streamed(res: Response): void;
  /** A stream that was let go because its client did not read. */
  dropped(): void;
}

const PHASES: readonly ReturnType<Runner['phase']>[] = ['catching-up', 'live', 'backing-off', 'stopped', 'closed'];
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** @param process with figures of the process itself: memory, event loop, garbage */
export function createMetrics({ process = false }: { process?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (process) collectDefaultMetrics({ register: registry });
  const http = new Histogram({ name: 'tracker_http_request_duration_seconds', help: 'Time until an answer was sent, by route; streams are not among them', labelNames: ['method', 'route', 'status'], buckets: SECONDS, registers });
  const streams = new Gauge({ name: 'tracker_http_streams', help: 'Streams that are open', registers });
  const dropped = new Counter({ name: 'tracker_http_streams_dropped_total', help: 'Streams whose client did not read', registers });
  const append = new Histogram({ name: 'tracker_append_duration_seconds', help: 'Time until the store had acknowledged an append', buckets: SECONDS, registers });
  const appended = new Counter({ name: 'tracker_events_appended_total', help: 'Events that were appended by this process, repetitions among them', registers });
  const conflicts = new Counter({ name: 'tracker_append_conflicts_total', help: 'Appends that found their stream at another revision', registers });
  const failures = new Counter({ name: 'tracker_append_failures_total', help: 'Appends that failed otherwise', registers });
  const read = new Histogram({ name: 'tracker_read_duration_seconds', help: 'Time until the store gave a stream, or the next batch of the log', labelNames: ['operation'], buckets: SECONDS, registers });
  const delay = new Histogram({ name: 'tracker_fold_delay_seconds', help: 'Time from the recording of an event until the projections had it, while they follow the store', buckets: SECONDS, registers });

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    timed: (store) => timedStore(store, { append, appended, conflicts, failures, read }),
    watch(tracker) {
      trackerGauges(tracker.runner, registry);
      const listener: Listener = ({ recordedAt }) => {
        if (tracker.runner.phase() === 'live') delay.observe(Math.max(0, Date.now() - Date.parse(recordedAt)) / 1000);
      };
      return tracker.runner.listen(listener);
    },
    requests(req, res, next) {
      const began = performance.now();
      res.once('close', () => {
        if (res.locals['stream'] === true) streams.dec();
        else http.observe({ method: req.method, route: String(res.locals['route'] ?? 'other'), status: res.statusCode }, (performance.now() - began) / 1000);
      });
      next();
    },
    streamed(res) {
      if (res.closed) return;
      res.locals['stream'] = true;
      streams.inc();
    },
    dropped: () => { dropped.inc(); },
  };
}

/** Looked up when a scrape comes. */
function trackerGauges(runner: Runner, registry: Registry): void {
  const registers = [registry];
  const perProjection = (name: string, help: string, of: (state: ProjectionState) => number): Gauge =>
    new Gauge({ name, help, labelNames: ['projection'], registers, collect() { for (const [projection, state] of runner.states) this.set({ projection }, of(state)); } });
  new Gauge({ name: 'tracker_events', help: 'Events that were read from the store', registers, collect() { this.set(runner.events()); } });
  new Gauge({ name: 'tracker_events_rejected', help: 'Events that their schema rejects', registers, collect() { this.set(rowCount((runner.states.get('rejected') as ProjectionState).ledger)); } });
  new Gauge({ name: 'tracker_subscription_state', help: '1 for the state that the subscription to the store is in', labelNames: ['state'], registers, collect() { for (const state of PHASES) this.set({ state }, runner.phase() === state ? 1 : 0); } });
  perProjection('tracker_projection_behind_events', 'Events that were read and that a projection has not folded', ({ order }) => runner.events() - order);
  perProjection('tracker_projection_faulted', '1 for a projection that stopped', ({ fault }) => (fault ? 1 : 0));
  perProjection('tracker_projection_rows', 'Rows of the ledger of a projection', ({ ledger }) => rowCount(ledger));
}

interface StoreFigures {
  append: Histogram;
  appended: Counter;
  conflicts: Counter;
  failures: Counter;
  read: Histogram<'operation'>;
}

function timedStore(store: EventStore, figures: StoreFigures): EventStore {
  const { appendsInOrder } = store;
  return {
    id: store.id,
    ...(appendsInOrder === undefined ? {} : { appendsInOrder }),
    async append(streamId, events, options) {
      const done = figures.append.startTimer();
      try {
        const result = await store.append(streamId, events, options);
        done();
        figures.appended.inc(events.length);
        return result;
      } catch (error) {
        (error instanceof WrongExpectedRevisionError ? figures.conflicts : figures.failures).inc();
        throw error;
      }
    },
    async readStream(streamId, options) {
      const done = figures.read.startTimer({ operation: 'stream' });
      const events = await store.readStream(streamId, options);
      done();
      return events;
    },
    async *readAll(options) {
      const batches = store.readAll(options)[Symbol.asyncIterator]();
      try {
        for (;;) {
          const done = figures.read.startTimer({ operation: 'batch' });
          const next = await batches.next();
          if (next.done === true) return;
          done();
          yield next.value;
        }
      } finally {
        await batches.return?.();
      }
    },
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
    close: () => store.close(),
  };
}
