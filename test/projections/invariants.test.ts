/** What every query relies on is checked when a row is made: a breach stops the projection instead of giving a wrong number. */
import { describe, expect, it } from 'vitest';
import { instant, type TypedEvent } from '../../events/index.js';
import { LedgerInvariantError, rowOf } from '../../projections/index.js';
import { move, typed } from '../support/given.js';

const at = (day: number): ReturnType<typeof instant> => instant(Date.UTC(2025, 10, day));
const event = typed([move('4.7')])[0] as TypedEvent;

describe('a row', () => {
  it('of a valid event is made', () => {
    expect(rowOf(event, 'x', 1).series).toBe('x');
  });

  it.each([
    ['an interval whose end lies before its beginning', { occurred: { lo: at(5), hi: at(4) } }, 'it may be true only after it certainly is'],
    ['a state that ends before it is true', { occurred: { lo: at(5), hi: at(4) }, metadata: { ...event.metadata, occurredAt: { throughout: '2025-11-05/2025-11-04' } } }, 'it ends before it is true'],
    ['a publication whose latest bound lies before its earliest', { known: { ...event.known, from: at(3), earliest: at(9) } }, 'its latest publication lies before its earliest'],
  ])('with %s is refused by name', (_what, change, message) => {
    const broken = { ...event, ...change } as unknown as TypedEvent;
    expect(() => rowOf(broken, 'x', 1)).toThrow(LedgerInvariantError);
    expect(() => rowOf(broken, 'x', 1)).toThrow(message);
  });
});
