/** Corrections and retractions: nothing is edited, and views apply them from when they are known. */
import { describe, expect, it } from 'vitest';
import { parseInstant, type Instant } from '../../events/index.js';
import { claims, levelAt, levels, marketValue } from '../../projections/index.js';
import { bar, correctedMove, given, move, retracted, testId, type Given, type Happened } from '../support/given.js';

const A = testId(901);
const B = testId(902);
const C = testId(903);
const R = testId(904);

/** The printed moves of Acme that stand for an observer. */
function printed(history: Given, knownAt?: string): string[] {
  const known = knownAt === undefined ? null : (parseInstant(knownAt) as Instant);
  return claims(history.reader(marketValue, { known }), 'instrument-acme').map((row) => ('value' in row.value.quantity ? row.value.quantity.value : ''));
}

const original = move('4.7', { id: A });
const correction = correctedMove(A, '4.0', { id: B });

describe('a correction', () => {
  it('stands for the fact from when it is known, and not before', () => {
    const history = given(original, correction);
    expect(printed(history, '2025-11-04T11:59:59Z')).toEqual(['4.7']);
    expect(printed(history, '2025-11-04T12:00:00Z')).toEqual(['4.0']);
  });

  it('stands also where the day-long bound of the original lies later', () => {
    const vague = move('4.7', { id: A, publishedAt: { within: '2025-11-04' } });
    const early = correctedMove(A, '4.0', { id: B, publishedAt: { at: '2025-11-04T09:00:00Z' } });
    expect(printed(given(vague, early), '2025-11-04T10:00:00Z')).toEqual(['4.0']);
    expect(printed(given(vague, early), '2025-11-06T00:00:00Z')).toEqual(['4.0']);
  });

  it('of a correction stands for the fact', () => {
    const again = correctedMove(B, '4.1', { id: C, original: A, publishedAt: { at: '2025-11-05T12:00:00Z' } });
    expect(printed(given(original, correction, again))).toEqual(['4.1']);
    expect(printed(given(original, correction, again), '2025-11-04T13:00:00Z')).toEqual(['4.0']);
  });

  it('of a correction that is not known yet stands without it', () => {
    const vague = correctedMove(A, '4.0', { id: B, publishedAt: { within: '2025-11-06' } });
    const again = correctedMove(B, '4.1', { id: C, original: A, publishedAt: { at: '2025-11-05T12:00:00Z' } });
    expect(printed(given(original, vague, again), '2025-11-05T13:00:00Z')).toEqual(['4.1']);
    expect(printed(given(original, vague, again))).toEqual(['4.1']);
  });

  it('that arrives before its original stands, and the original does not come back', () => {
    expect(printed(given(correction))).toEqual(['4.0']);
    expect(printed(given(correction, original))).toEqual(['4.0']);
    expect(printed(given(correction, original), '2025-11-03T23:00:00Z')).toEqual(['4.7']);
  });

  it('that is retracted lets the original stand again', () => {
    const withdrawn = retracted(B, { id: R, original: A });
    expect(printed(given(original, correction, withdrawn), '2025-11-05T11:00:00Z')).toEqual(['4.0']);
    expect(printed(given(original, correction, withdrawn))).toEqual(['4.7']);
  });

  it('beside a rival goes by known time, then by id', () => {
    const rival = correctedMove(A, '3.9', { id: C });
    expect(printed(given(original, correction, rival))).toEqual(['3.9']);
    expect(printed(given(original, rival, correction))).toEqual(['3.9']);
    const earlier = correctedMove(A, '3.9', { id: C, publishedAt: { at: '2025-11-04T10:00:00Z' } });
    expect(printed(given(original, correction, earlier))).toEqual(['4.0']);
  });

  it('does not become the latest by being late: a restated first move stays the first', () => {
    const second = move('1.2', { id: C, to: { at: '2025-11-04T21:00:00Z' }, publishedAt: { at: '2025-11-04T22:00:00Z' } });
    const late = correctedMove(A, '4.0', { id: B, publishedAt: { at: '2025-11-20T12:00:00Z' } });
    expect(printed(given(original, second, late))).toEqual(['4.0', '1.2']);
  });
});

describe('a correction of a bar', () => {
  it('is true at the close of its session, not at its open', () => {
    const corrected: Happened = {
      input: { id: B, type: 'ObservationCorrected', data: { corrects: { id: A, streamId: 'market.instrument-acme' }, type: 'BarClosed', schemaVersion: 2, data: bar('2025-11-03', 99).input['data'] }, metadata: { source: { document: 'test' }, occurredAt: { throughout: '2025-11-03', calendar: 'US' }, publishedAt: { at: '2025-11-04T12:00:00Z' } } },
    };
    const reader = given(bar('2025-11-03', 100, { id: A }), corrected).reader(marketValue);
    expect(levelAt(reader, 'acme', parseInstant('2025-11-03T20:59:59Z'))).toBeNull();
    expect(levels(reader, 'acme', {}).map((level) => [level.bar.value.close, level.bar.at.ms])).toEqual([[99, Date.parse('2025-11-03T21:00:00Z')]]);
  });
});

describe('a correction of a fact without a time of its own', () => {
  it('is over when the fact was first known, not when it was corrected', () => {
    const after = { relative: 'deal', side: 'after' };
    const history = given(move('4.7', { id: A, to: after }), correctedMove(A, '4.0', { id: B, to: after, publishedAt: { at: '2026-01-25T00:00:00Z' } }));
    expect(claims(history.reader(marketValue), 'instrument-acme').map((row) => [row.id, row.at.ms])).toEqual([[B, Date.parse('2025-11-03T22:00:00Z')]]);
  });
});

describe('two bars of one session', () => {
  it('are one close: the later known, in whatever order they came', () => {
    const first = bar('2025-11-03', 100, { id: A });
    const second = bar('2025-11-03', 101, { id: B, publishedAt: { at: '2025-11-04T12:00:00Z' } });
    for (const history of [given(first, second), given(second, first)]) expect(levels(history.reader(marketValue), 'acme', {}).map((level) => level.bar.value.close)).toEqual([101]);
  });
});

describe('a retraction', () => {
  it('in another stream than the fact does nothing: an id is unique within its stream', () => {
    const elsewhere = retracted(A, { id: R });
    (elsewhere.input['data'] as { retracts: { streamId: string } }).retracts.streamId = 'market.instrument-other';
    expect(printed(given(original, elsewhere))).toEqual(['4.7']);
  });

  it('takes the fact away from when it is known', () => {
    const history = given(original, retracted(A, { id: R }));
    expect(printed(history, '2025-11-05T11:00:00Z')).toEqual(['4.7']);
    expect(printed(history)).toEqual([]);
  });

  it('that arrives before its original takes it away all the same', () => {
    expect(printed(given(retracted(A, { id: R }), original))).toEqual([]);
  });

  it('of the fact takes it away also when it was corrected', () => {
    expect(printed(given(original, correction, retracted(A, { id: R })))).toEqual([]);
  });

  it('that is retracted itself gives the fact back', () => {
    const back = retracted(R, { id: C, original: A, publishedAt: { at: '2025-11-06T12:00:00Z' } });
    expect(printed(given(original, retracted(A, { id: R }), back))).toEqual(['4.7']);
  });
});
