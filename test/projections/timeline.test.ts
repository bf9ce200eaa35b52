/** The timeline: a tree of causes, and a date that reports disagree about. */
import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant, type Instant } from '../../events/index.js';
import { anchorOf, effectTree, timeline, type Anchor } from '../../projections/index.js';
import { given, move, testId, type Happened } from '../support/given.js';

const at = (text: string): Instant => parseInstant(text) as Instant;
const DEAL = testId(500);

const made: Happened = {
  input: { id: DEAL, type: 'AnnouncementMade', data: { announcement: 'acme-deal', title: 'Acme buys', parties: [{ entity: 'acme', role: 'customer' }] }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: '2025-11-03T15:00:00Z' }, source: { document: 'test' } } },
};

function dated(when: unknown, confidence: number, publishedAt: unknown = { at: '2025-11-05T00:00:00Z' }): Happened {
  return { input: { type: 'AnnouncementDated', data: { announcement: 'acme-deal', when }, metadata: { publishedAt, confidence, source: { document: 'test' } } } };
}

function range({ range: found }: Anchor): (string | null)[] | null {
  return found && [formatInstant(found.from), formatInstant(found.to)];
}

describe('the date of an announcement', () => {
  it('is unknown while no report of it is known', () => {
    const history = given(made, dated({ at: '2025-11-03T14:00:00Z' }, 0.9));
    expect(range(anchorOf(history.reader(timeline, { known: at('2025-11-04T00:00:00Z') }), 'acme-deal'))).toBeNull();
    expect(range(anchorOf(history.reader(timeline), 'acme-deal'))).toEqual(['2025-11-03T14:00:00Z', '2025-11-03T14:00:00Z']);
  });

  it('is what the most trusted reports have in common; the others are listed and say how they stand', () => {
    const history = given(
      made,
      dated({ within: '../2025-11-03T14:01:35Z' }, 0.95),
      dated({ within: '2025-11-03', zone: 'America/New_York' }, 0.95),
      dated({ at: '2025-11-03T06:00:00Z' }, 0.2),
      dated({ within: '2025-11-04', zone: 'America/New_York' }, 0.4),
      dated({ within: '2025-11-03/2025-11-04' }, 0.4),
      dated({ within: '2025-11-03T13:00:00Z/2025-11-03T15:00:00Z' }, 0.3),
    );
    const anchor = anchorOf(history.reader(timeline), 'acme-deal');
    expect(range(anchor)).toEqual(['2025-11-03T05:00:00Z', '2025-11-03T14:01:35Z']);
    expect(anchor.readings.map((reading) => reading.relation)).toEqual(['used', 'used', 'disagrees', 'agrees', 'overlaps', 'agrees']);
  });

  it('is left open, and said to be in conflict, when the most trusted exclude each other', () => {
    const anchor = anchorOf(given(made, dated({ at: '2025-11-03T14:00:00Z' }, 0.9), dated({ at: '2025-11-04T14:00:00Z' }, 0.9)).reader(timeline), 'acme-deal');
    expect([range(anchor), anchor.conflict]).toEqual([null, true]);
  });

  it('moves when a better report becomes known', () => {
    const history = given(made, dated({ within: '2025-11-03', zone: 'UTC' }, 0.5, { at: '2025-11-03T20:00:00Z' }), dated({ at: '2025-11-03T14:00:00Z' }, 0.9, { at: '2025-11-06T00:00:00Z' }));
    expect(range(anchorOf(history.reader(timeline, { known: at('2025-11-04T00:00:00Z') }), 'acme-deal'))?.[0]).toBe('2025-11-03T00:00:00Z');
    expect(range(anchorOf(history.reader(timeline), 'acme-deal'))?.[0]).toBe('2025-11-03T14:00:00Z');
  });
});

describe('the tree of effects', () => {
  const effect = (number: number, causedBy: string | undefined, hour: number): Happened => move('1.0', { id: testId(number), announcement: 'acme-deal', to: { at: `2025-11-03T${hour}:00:00Z` }, ...(causedBy === undefined ? {} : { causedBy }) });
  const shape = (history: Happened[]): string[] => effectTree(given(...history).reader(timeline), 'acme-deal').map((node) => `${'>'.repeat(node.depth)}${node.row.id.slice(-3)}`);

  it('has causes before effects, siblings in valid order, whatever the order of arrival', () => {
    const history = [effect(3, testId(2), 18), effect(2, DEAL, 16), effect(1, DEAL, 17), made];
    expect(shape(history)).toEqual(['500', '>002', '>>003', '>001']);
    expect(shape([...history].reverse())).toEqual(shape(history));
  });
  it('hangs what has no visible cause on the announcement', () => {
    expect(shape([made, effect(1, testId(77), 16), effect(2, undefined, 17)])).toEqual(['500', '>001', '>002']);
  });
  it('loses nothing when causes run in a circle', () => {
    expect(shape([made, effect(1, testId(2), 16), effect(2, testId(1), 17)]).sort()).toEqual(['500', '>001', '>002'].sort());
  });
});
