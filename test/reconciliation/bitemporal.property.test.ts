/** Reconciliation is point in time: it equals the one over only what was visible then, in whatever order that arrived. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareInstants, parseInstant, type Instant, type TypedEvent } from '../../events/index.js';
import { ALL, marketValue, openReader, reconcile, registry, timeline, type Sight } from '../../projections/index.js';
import { foldAll, typed } from '../support/given.js';
import { aHistory, aMoment } from '../support/histories.js';

const at = (text: string): Instant => parseInstant(text) as Instant;

function findings(events: readonly TypedEvent[], sight: Sight, asOf: Instant): unknown {
  const [market, dates, names] = [marketValue, timeline, registry].map((projection) => openReader(foldAll(projection, events), sight));
  if (!market || !dates || !names) throw new Error('unreachable');
  const { anchor, starts, findings: found, unchecked } = reconcile({ market, timeline: dates, registry: names }, 'deal', asOf);
  return {
    range: anchor.range,
    starts: starts.map(({ from, kind }) => [from, kind]),
    found: found.map(({ id, verdict, reason, compared, relaxations, readings, needed, pieces, spans }) => ({ id, verdict, reason, compared, readings, needed, spans, relaxations: relaxations.map(({ to, by }) => [to, by]), pieces: pieces.map((piece) => [piece.row.id, piece.text, piece.reach, piece.witnesses, piece.status]) })),
    unchecked: unchecked.map(({ piece, reason }) => [piece.row.id, reason]),
  };
}

it('reconciliation equals the one over only the events visible then, for any history and moment', () => {
  fc.assert(
    fc.property(aHistory, aMoment, aMoment, fc.integer({ min: 0, max: 100 }), fc.constantFrom('latest', 'earliest'), (history, asOf, knownAt, share, imprecise) => {
      const events = typed(history);
      const sight: Sight = { order: Math.ceil((events.length * share) / 100), known: at(knownAt), imprecise };
      const visible = events.filter((event) => event.order <= sight.order && compareInstants(imprecise === 'latest' ? event.known.from : event.known.earliest, at(knownAt)) <= 0);
      expect(findings(events, sight, at(asOf))).toEqual(findings(visible, ALL, at(asOf)));
    }),
    { numRuns: 150 },
  );
});

it('reconciliation on the published clock does not depend on the order of arrival', () => {
  fc.assert(
    fc.property(aHistory, aMoment, aMoment, fc.infiniteStream(fc.nat()), (history, asOf, knownAt, dice) => {
      const events = typed(history).filter((event) => event.known.precision !== 'recorded');
      const shuffled = events.map((event) => ({ event, key: Number(dice.next().value ?? 0) })).sort((a, b) => a.key - b.key).map(({ event }, index) => ({ ...event, order: index + 1 }));
      const sight: Sight = { ...ALL, known: at(knownAt) };
      expect(findings(shuffled, sight, at(asOf))).toEqual(findings(events, sight, at(asOf)));
    }),
    { numRuns: 100 },
  );
});
