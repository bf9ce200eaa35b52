/**
 * What was known then, out of a growing log: random (asOf, knownAt) answers from the ledger, against folding anew only
 * what was known. Flat: an answer's time stays while the log grows, and the refold's grows with it.
 */
import { instant, isRejected, readRecorded, type TypedEvent } from '../events/index.js';
import { levelAt, openReader, packTail, projections, type Ledger, type Sight } from '../projections/index.js';
import { newState, type ProjectionState } from '../src/projecting/fold.js';
import { emptyLogIndex, pushEvent } from '../src/projecting/log-index.js';
import type { Runner } from '../src/projecting/runner.js';
import type { RecordedEvent } from '../src/store/port.js';
import { toPosition } from '../src/store/sequence-log.js';
import { openContext } from '../src/views/context.js';
import { marketValueView } from '../src/views/market-value.js';
import { sampleFact } from './fold.bench.js';
import { compare, type Comparison } from './measure.js';

/** The sessions of the mix lie in these years. */
const [FIRST, LAST] = [Date.parse('2024-01-02T00:00:00Z'), Date.parse('2027-12-31T00:00:00Z')];
const INSTRUMENTS = 1000;
const QUERIES = 20_000;
/** A refold of a million takes many seconds: rates are for a minute. */
const MINUTE = 60;

/** The facts of the fold bench, and before them a listing of each instrument, since views look for one. */
function factAt(n: number): RecordedEvent {
  const hex = n.toString(16).padStart(8, '0');
  if (n >= INSTRUMENTS) {
    const { recordedAt, ...fact } = sampleFact(n - INSTRUMENTS);
    return { ...fact, id: `${hex}-0000-4000-8000-${hex.padStart(12, '0')}`, position: toPosition(n + 1), recordedAt: new Date(recordedAt).toISOString() };
  }
  const instrument = `instrument-${n}`;
  const data = { instrument, symbol: `XNYS:I${n}`, name: instrument, kind: 'share', currency: 'USD', calendar: 'US' };
  return { id: `${hex}-0000-4000-8000-${hex.padStart(12, '0')}`, type: 'InstrumentListed', streamId: `market.${instrument}`, revision: 0, position: toPosition(n + 1), recordedAt: '2026-01-01T00:00:00.000Z', data, metadata: { schemaVersion: 1, occurredAt: { unknown: true }, publishedAt: { at: '2024-01-01T00:00:00Z' }, source: { document: 'listings' }, confidence: 1 } };
}

function typedAt(n: number): TypedEvent {
  const event = factAt(n);
  const typed = readRecorded(event, n + 1, instant(Date.parse(event.recordedAt)));
  if (isRejected(typed)) throw new Error(`event ${n}: ${JSON.stringify(typed.problems)}`);
  return typed;
}

/** A generator of its own, so that every run asks the same. */
function randomly(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** What of a runner the views read. */
function folded(events: number): Runner {
  const states = new Map<string, ProjectionState>(projections.map((projection) => [projection.name, newState(projection)]));
  const log = emptyLogIndex();
  for (let n = 0; n < events; n += 1) {
    const typed = typedAt(n);
    pushEvent(log, toPosition(n + 1), typed.recorded);
    for (const state of states.values()) {
      state.projection.evolve(state.ledger, typed);
      state.order = n + 1;
      if (n % 1024 === 1023) packTail(state.ledger);
    }
  }
  return { states, stale: new Map(), log, store: { id: 'bench' }, events: () => events, position: () => toPosition(events) } as unknown as Runner;
}

export async function knownAtBench({ events, rounds }: { events: number; rounds: number }): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const size of [events / 100, events / 10, events].map(Math.round)) {
    const runner = folded(size);
    const market = runner.states.get('market-value') as ProjectionState;
    const random = randomly(size);
    const moment = (): number => FIRST + random() * (LAST - FIRST);
    // Only instruments that have bars: of twenty facts the last is an opinion.
    const instrument = (): string => `instrument-${Math.floor(random() * (INSTRUMENTS / 20)) * 20}`;
    let found = 0;
    const levels = {
      run: async () => {
        for (let i = 0; i < QUERIES; i += 1) {
          const reader = openReader(market.ledger, { order: size, known: instant(moment()), imprecise: 'latest' });
          if (levelAt(reader, instrument(), instant(moment()))) found += 1;
        }
        return QUERIES * MINUTE;
      },
    };
    const views = {
      run: async () => {
        for (let i = 0; i < QUERIES / 10; i += 1) {
          const known = new Date(moment());
          const view = marketValueView(openContext(runner, { asOf: new Date(moment()).toISOString(), knownAt: known.toISOString() }), instrument(), { from: new Date(known.getTime() - 40 * 86_400_000).toISOString() });
          if (view.body.level) found += 1;
        }
        return (QUERIES / 10) * MINUTE;
      },
    };
    const refold = {
      run: async () => {
        const sight: Sight = { order: size, known: instant(moment()), imprecise: 'latest' };
        const ledger: Ledger = market.projection.initial();
        for (let n = 0; n < size; n += 1) {
          const event = typedAt(n);
          if (event.known.from.ms <= (sight.known as { ms: number }).ms) market.projection.evolve(ledger, event);
          if (n % 1024 === 1023) packTail(ledger);
        }
        if (levelAt(openReader(ledger, { ...sight, known: null }), instrument(), instant(moment()))) found += 1;
        return MINUTE;
      },
    };
    const name = `${size.toLocaleString('en')} events`;
    comparisons.push(await compare(`a level at (asOf, knownAt) of ${name}, beside a refold`, 'answers/min', rounds, levels, refold));
    comparisons.push(await compare(`a whole market-value view of ${name}, beside a refold`, 'answers/min', rounds, views, refold));
    if (found === 0) throw new Error('nothing was found');
  }
  return comparisons;
}
