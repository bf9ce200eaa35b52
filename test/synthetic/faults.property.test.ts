/** What each fault does to any list of events, and that nothing else happens to them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULTS, injectFaults, parseFaults, type Fault, type FaultPlan, type FaultyEvent } from '../../src/synthetic/faults.js';
import { testId } from '../support/given.js';

const events: fc.Arbitrary<FaultyEvent[]> = fc
  .array(fc.record({ price: fc.integer({ min: 1, max: 1000 }), hour: fc.integer({ min: 0, max: 23 }) }), { maxLength: 60 })
  .map((list) => list.map(({ price, hour }, i) => ({ id: testId(i), data: { instrument: 'acme-common', close: price }, metadata: { occurredAt: { at: `2025-11-03T${String(hour).padStart(2, '0')}:00:00Z` }, publishedAt: { within: '2025-11-03' }, source: { document: 'x' } } })));
const rate = fc.double({ min: 0, max: 1, noNaN: true });
const rates: fc.Arbitrary<FaultPlan['rates']> = fc.record(Object.fromEntries(FAULTS.map((fault) => [fault, rate])), { requiredKeys: [] });
const seed = fc.integer({ min: 0, max: 1_000_000 });

const run = <T>(property: fc.IProperty<T>): void => { fc.assert(property, { numRuns: 200 }); };
const only = (fault: Fault, at: number): FaultPlan['rates'] => ({ [fault]: at });

describe('faults', () => {
  it('of no rate leave the events as they are', () => {
    run(fc.property(events, seed, (given, s) => {
      const { deliveries, lost } = injectFaults(given, { seed: s, rates: Object.fromEntries(FAULTS.map((fault) => [fault, 0])) });
      expect(deliveries).toEqual(given.map((event, index) => ({ event, index, faults: [], burst: false })));
      expect(lost).toEqual([]);
    }));
  });

  it('are the same for the same seed', () => {
    run(fc.property(events, rates, seed, (given, r, s) => {
      expect(injectFaults(given, { seed: s, rates: r })).toEqual(injectFaults(given, { seed: s, rates: r }));
    }));
  });

  it('account for every event: delivered, or lost; what no fault met is as it was given', () => {
    run(fc.property(events, rates, seed, (given, r, s) => {
      const before = structuredClone(given);
      const { deliveries, lost } = injectFaults(given, { seed: s, rates: r });
      expect(given).toEqual(before);
      const there = new Set(deliveries.map(({ index }) => index));
      expect([...there, ...lost.map(({ index }) => index)].sort((a, b) => a - b)).toEqual(given.map((_, index) => index));
      for (const { event, index, faults } of deliveries) {
        const altered = faults.some((fault) => ['corrupt', 'skew', 'schema'].includes(fault));
        if (!altered) expect(event).toEqual(given[index]);
        expect(event.id).toBe(given[index]?.id);
        expect(faults.every((fault) => (r[fault] ?? 0) > 0)).toBe(true);
      }
    }));
  });

  it('of one kind draw for themselves: another one beside changes nothing of which events are lost', () => {
    run(fc.property(events, rates, seed, (given, r, s) => {
      const own = { ...(r.gaps === undefined ? {} : { gaps: r.gaps }), ...(r.drops === undefined ? {} : { drops: r.drops }) };
      expect(injectFaults(given, { seed: s, rates: r }).lost).toEqual(injectFaults(given, { seed: s, rates: own }).lost);
    }));
  });

  it.each<[Fault, (before: FaultyEvent, after: FaultyEvent) => void]>([
    ['corrupt', (before, after) => {
      expect(after.data).not.toEqual(before.data);
      expect(after.metadata).toEqual(before.metadata);
    }],
    ['schema', (before, after) => { expect(after.data).toEqual({ close: before.data['close'] }); }],
    ['skew', (before, after) => {
      const at = ({ metadata }: FaultyEvent): number => Date.parse((metadata['occurredAt'] as { at: string }).at);
      expect(Math.abs(at(after) - at(before))).toBeLessThanOrEqual(2 * 3_600_000);
      expect(after.metadata['publishedAt']).toEqual(before.metadata['publishedAt']);
      expect(after.data).toEqual(before.data);
    }],
  ])('%s at rate 1 meets every event', (fault, check) => {
    run(fc.property(events, seed, (given, s) => {
      const { deliveries } = injectFaults(given, { seed: s, rates: only(fault, 1) });
      expect(deliveries.map(({ faults }) => faults)).toEqual(given.map(() => [fault]));
      deliveries.forEach(({ event, index }) => { check(given[index] as FaultyEvent, event); });
    }));
  });

  it('duplicates come later, once, and at most ten places', () => {
    run(fc.property(events, rate, seed, (given, r, s) => {
      const { deliveries } = injectFaults(given, { seed: s, rates: only('duplicates', r) });
      const firsts = deliveries.filter(({ faults }) => faults.length === 0);
      expect(firsts.map(({ index }) => index)).toEqual(given.map((_, index) => index));
      for (const [place, { index, faults }] of deliveries.entries()) if (faults.length > 0) expect(deliveries.findIndex((one) => one.index === index)).toBeLessThan(place);
    }));
  });

  it('late ones come after all others, in their order', () => {
    run(fc.property(events, rate, seed, (given, r, s) => {
      const { deliveries } = injectFaults(given, { seed: s, rates: only('late', r) });
      const late = deliveries.filter(({ faults }) => faults.includes('late'));
      expect(deliveries.slice(deliveries.length - late.length)).toEqual(late);
      expect(late.map(({ index }) => index)).toEqual([...late.map(({ index }) => index)].sort((a, b) => a - b));
    }));
  });

  it('reordering loses and doubles nothing', () => {
    run(fc.property(events, rate, seed, (given, r, s) => {
      const { deliveries } = injectFaults(given, { seed: s, rates: only('reordering', r) });
      expect(deliveries.map(({ index }) => index).sort((a, b) => a - b)).toEqual(given.map((_, index) => index));
    }));
  });

  it('gaps are of one to five in a row', () => {
    run(fc.property(events, seed, (given, s) => {
      const { lost } = injectFaults(given, { seed: s, rates: only('gaps', 0.05) });
      expect(lost.every(({ fault }) => fault === 'gaps')).toBe(true);
      if (given.length > 20) expect(lost.length).toBeLessThan(given.length);
    }));
  });

  it('bursts come in one piece, keeping their order', () => {
    run(fc.property(events, rate, seed, (given, r, s) => {
      const { deliveries } = injectFaults(given, { seed: s, rates: only('bursts', r) });
      expect(deliveries.map(({ index }) => index)).toEqual(given.map((_, index) => index));
      expect(deliveries[0]?.burst ?? false).toBe(false);
      for (const { burst, faults } of deliveries) if (burst) expect(faults).toContain('bursts');
    }));
  });

  it('meet about as many events as their rate says', () => {
    const many = Array.from({ length: 20_000 }, (_, i): FaultyEvent => ({ id: testId(i), data: { entity: 'a', n: i + 1 }, metadata: { occurredAt: { at: '2025-11-03T00:00:00Z' } } }));
    for (const fault of FAULTS.filter((one) => one !== 'gaps' && one !== 'bursts')) {
      const { deliveries, lost } = injectFaults(many, { seed: 5, rates: only(fault, 0.1) });
      const share = (deliveries.filter(({ faults }) => faults.includes(fault)).length + lost.length) / many.length;
      expect([fault, share > 0.09 && share < 0.11]).toEqual([fault, true]);
    }
  });
});

describe('the text of faults', () => {
  it('is names and rates', () => {
    expect(parseFaults('duplicates:0.1, late:0.05')).toEqual({ duplicates: 0.1, late: 0.05 });
    expect(Object.keys(parseFaults('all:0.02'))).toEqual([...FAULTS]);
    expect(parseFaults('')).toEqual({});
  });
  it.each(['duplicate:0.1', 'late', 'late:', 'late:2', 'late:-1', 'late:x'])('refuses %s, and says what there is', (text) => {
    expect(() => parseFaults(text)).toThrow(/faults: expected NAME:RATE .* one of duplicates, reordering, late/);
  });
});
