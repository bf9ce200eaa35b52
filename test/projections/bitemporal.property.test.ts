/**
 * The promise everything rests on: a view at (asOf, knownAt) equals the view over a ledger that was fed nothing but what
 * was visible then. Random histories with late, vague and missing publications, corrections and retractions.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareInstants, parseInstant, type Instant, type TypedEvent } from '../../events/index.js';
import { ALL, anchorOf, claims, combine, effectTree, expressions, levelAt, levels, marketValue, measure, openReader, prepare, sentiment, statusAt, timeline, weigh, type Ledger, type Sight } from '../../projections/index.js';
import { aHistory, aMoment } from '../support/histories.js';
import { foldAll, typed } from '../support/given.js';

type Ledgers = Record<'market' | 'opinions' | 'effects', Ledger>;

function evolve(ledgers: Ledgers, event: TypedEvent): void {
  marketValue.evolve(ledgers.market, event);
  sentiment.evolve(ledgers.opinions, event);
  timeline.evolve(ledgers.effects, event);
}

function fold(events: readonly TypedEvent[]): Ledgers {
  return { market: foldAll(marketValue, events), opinions: foldAll(sentiment, events), effects: foldAll(timeline, events) };
}

/** All that the three projections answer at a time. */
function answers(ledgers: Ledgers, sight: Sight, asOf: Instant): unknown {
  const market = openReader(ledgers.market, sight);
  const level = levelAt(market, 'acme', asOf);
  const effects = openReader(ledgers.effects, sight);
  const heard = weigh(prepare(expressions(openReader(ledgers.opinions, sight), 'acme')), asOf, 7 * 86_400_000);
  const anchor = anchorOf(effects, 'deal');
  return {
    level: level && [level.bar.id, level.value, level.shares?.row.id, level.shares?.ageDays],
    series: levels(market, 'acme', { upTo: asOf }).map((entry) => [entry.bar.id, entry.value, entry.shares?.row.id]),
    claims: claims(market, 'instrument-acme').map((row) => [row.id, row.value, statusAt(row, asOf)]),
    sentiment: [measure(heard), combine(heard), heard.map((entry) => [entry.row.id, entry.weight])],
    dated: [anchor.range, anchor.conflict, anchor.readings.map((reading) => [reading.row.id, reading.relation])],
    tree: effectTree(effects, 'deal').map((node) => [node.row.id, node.parent, node.depth, statusAt(node.row, asOf)]),
  };
}

/** The fold of only what a sight lets see, as the definition has it: no ledger trick in between. */
function refold(events: readonly TypedEvent[], sight: Sight): Ledgers {
  return fold(events.filter((event) => event.order <= sight.order && (sight.known === null || compareInstants(sight.imprecise === 'latest' ? event.known.from : event.known.earliest, sight.known) <= 0)));
}

const at = (text: string): Instant => parseInstant(text) as Instant;

describe('a view', () => {
  it('equals the fold of only the events visible then, for any history, order and moment', () => {
    fc.assert(
      fc.property(aHistory, aMoment, aMoment, fc.integer({ min: 0, max: 100 }), fc.constantFrom('latest', 'earliest'), (history, asOf, knownAt, share, imprecise) => {
        const events = typed(history);
        const sight: Sight = { order: Math.ceil((events.length * share) / 100), known: at(knownAt), imprecise };
        expect(answers(fold(events), sight, at(asOf))).toEqual(answers(refold(events, sight), ALL, at(asOf)));
      }),
      { numRuns: 400 },
    );
  });

  it('of a basis is the same after any further events', () => {
    fc.assert(
      fc.property(aHistory, aHistory, aMoment, aMoment, (history, more, asOf, knownAt) => {
        const events = typed(history);
        const sight: Sight = { order: events.length, known: at(knownAt), imprecise: 'latest' };
        const ledgers = fold(events);
        const before = answers(ledgers, sight, at(asOf));
        for (const event of typed(more)) evolve(ledgers, { ...event, id: event.id.replace('00000000', '00000001'), order: event.order + events.length });
        expect(answers(ledgers, sight, at(asOf))).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });

  it('on the published clock does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(aHistory, aMoment, aMoment, fc.infiniteStream(fc.nat()), (history, asOf, knownAt, dice) => {
        // What was recorded without a publication is known from its arrival: that clock is the store's own.
        const events = typed(history).filter((event) => event.known.precision !== 'recorded');
        const shuffled = events.map((event) => ({ event, key: Number(dice.next().value ?? 0) })).sort((a, b) => a.key - b.key).map(({ event }, index) => ({ ...event, order: index + 1 }));
        const sight: Sight = { order: Infinity, known: at(knownAt), imprecise: 'latest' };
        expect(answers(fold(shuffled), sight, at(asOf))).toEqual(answers(fold(events), sight, at(asOf)));
      }),
      { numRuns: 200 },
    );
  });

  it('asked while events arrive equals the view asked only at the end', () => {
    fc.assert(
      fc.property(aHistory, aMoment, (history, asOf) => {
        const events = typed(history);
        const asked = fold([]);
        for (const event of events) {
          evolve(asked, event);
          answers(asked, ALL, at(asOf));
        }
        expect(answers(asked, ALL, at(asOf))).toEqual(answers(fold(events), ALL, at(asOf)));
      }),
      { numRuns: 100 },
    );
  });

  it('shows no close before its bar has ended', () => {
    fc.assert(
      fc.property(aHistory, aMoment, aMoment, (history, asOf, knownAt) => {
        const reader = openReader(fold(typed(history)).market, { ...ALL, known: at(knownAt) });
        const level = levelAt(reader, 'acme', at(asOf));
        if (!level) return;
        expect(level.bar.at.ms).toBeLessThanOrEqual(at(asOf).ms);
        expect(level.bar.known.from.ms).toBeLessThanOrEqual(at(knownAt).ms);
      }),
    );
  });
});
