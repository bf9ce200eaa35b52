/** The views of market value: series apart, splits, moves, several instruments, entities. */
import { describe, expect, it } from 'vitest';
import { openContext, type Asked, type ViewContext } from '../src/views/context.js';
import { entityMarketValueView } from '../src/views/entity-value.js';
import { marketValuesView, marketValueView } from '../src/views/market-value.js';
import type { MarketValueView } from '../src/views/market-schema.js';
import type { Tracker } from '../src/tracker.js';
import { bar, move, shares, split, type Happened } from './support/given.js';
import { seededTracker, trackerOf } from './support/in-process.js';

const listed = (instrument: string, symbol: string, more: Record<string, unknown> = {}): Happened => ({ input: { type: 'InstrumentListed', data: { instrument, symbol, name: instrument, kind: 'share', entity: 'acme-inc', currency: 'USD', calendar: 'US', ...more }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: '2024-01-02T00:00:00Z' }, source: { document: 'test' } } } });
const company: Happened = { input: { type: 'EntityRegistered', data: { entity: 'acme-inc', name: 'Acme', kind: 'company' }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: '2024-01-02T00:00:00Z' }, source: { document: 'test' } } } };
const ACME = listed('acme', 'XNAS:ACME');

async function asking<T>(history: Happened[], ask: (context: (asked?: Asked) => ViewContext, tracker: Tracker) => T): Promise<T> {
  const tracker = await trackerOf(history);
  try {
    return ask((asked = {}) => openContext(tracker.runner, asked), tracker);
  } finally {
    await tracker.close();
  }
}

const told = ({ points }: MarketValueView): unknown => points.map(({ date, price, marketValue, splitFactor, sharesFactor }) => [date, price, marketValue, splitFactor, sharesFactor]);

describe('prices as they were paid and a split', () => {
  const history = [ACME, shares('2025-07-23', '1000'), bar('2025-10-30', 100, { adjustment: 'none' }), bar('2025-10-31', 110, { adjustment: 'none' }), bar('2025-11-03', 12, { adjustment: 'none' }), split('2025-11-03', { new: 10, old: 1 }, '2025-10-15T12:00:00Z')];

  it('stay as they were paid unless the other series is asked for; market value is the same in both', async () => {
    await asking(history, (context) => {
      expect(told(marketValueView(context(), 'acme', {}).body)).toEqual([['2025-10-30', 100, 100_000, 1, 1], ['2025-10-31', 110, 110_000, 1, 1], ['2025-11-03', 12, 120_000, 1, 10]]);
      expect(told(marketValueView(context(), 'acme', { adjustment: 'split' }).body)).toEqual([['2025-10-30', 10, 100_000, 10, 1], ['2025-10-31', 11, 110_000, 10, 1], ['2025-11-03', 12, 120_000, 1, 10]]);
    });
  });
  it('are not adjusted by a split that nobody knew of, or that has not taken effect', async () => {
    await asking(history, (context) => {
      expect(told(marketValueView(context({ knownAt: '2025-10-14T00:00:00Z', asOf: '2025-11-03T21:00:00Z', imprecise: 'latest' }), 'acme', { adjustment: 'split' }).body)).toEqual([]);
      expect(marketValueView(context({ asOf: '2025-10-31T20:00:00Z' }), 'acme', { adjustment: 'split' }).body.points.map(({ price }) => price)).toEqual([100, 110]);
    });
    // Published after its effect: until then the series shows the jump.
    const late = [...history.slice(0, 5), split('2025-11-03', { new: 10, old: 1 }, '2025-11-10T12:00:00Z')];
    await asking(late, (context) => {
      expect(marketValueView(context({ knownAt: '2025-11-09T00:00:00Z' }), 'acme', { adjustment: 'split' }).body.points.map(({ price }) => price)).toEqual([100, 110, 12]);
      expect(marketValueView(context({ knownAt: '2025-11-11T00:00:00Z' }), 'acme', { adjustment: 'split' }).body.points.map(({ price }) => price)).toEqual([10, 11, 12]);
    });
  });
  it('are listed with the split, its ratio, its day and its source', async () => {
    await asking(history, (context) => {
      expect(marketValueView(context(), 'acme', {}).body.actions).toMatchObject([{ action: 'split', text: '10 for 1', effective: '2025-11-03T14:30:00Z', document: 'exchange', locator: 'notice' }]);
    });
  });
});

describe('series of different adjustments', () => {
  const both = [ACME, shares('2025-07-23', '1000'), bar('2025-10-30', 100, { adjustment: 'none' }), bar('2025-10-30', 99, { adjustment: 'total-return' }), bar('2025-10-31', 109, { adjustment: 'total-return' })];
  it('are never mixed: the answer names its own and what else is stored', async () => {
    await asking(both, (context) => {
      const paid = marketValueView(context(), 'acme', {}).body;
      expect([paid.adjustment, paid.series, paid.points.map(({ price }) => price)]).toEqual(['none', ['none', 'total-return'], [100]]);
      const total = marketValueView(context(), 'acme', { adjustment: 'total-return' }).body;
      expect([total.points.map(({ price }) => price), total.level?.marketValue, total.reason]).toEqual([[99, 109], null, 'total-return prices were never paid: times shares they are no market value']);
    });
  });
  it('that are not there are refused with what is', async () => {
    await asking([ACME, bar('2025-10-30', 100)], (context) => {
      expect(() => marketValueView(context(), 'acme', { adjustment: 'none' })).toThrow('adjustment: acme has no prices of the series none; there is split');
    });
  });
  it('stored as adjusted know of every split: the count is brought to the same side', async () => {
    await asking([ACME, shares('2025-07-23', '1000'), bar('2025-10-30', 10), split('2025-11-03', { new: 10, old: 1 }, '2025-10-15T12:00:00Z')], (context) => {
      expect(marketValueView(context(), 'acme', {}).body.level).toMatchObject({ price: 10, sharesFactor: 10, marketValue: 100_000 });
    });
  });
});

describe('a move from the close before', () => {
  it('is of the session right before: a gap is not one day', async () => {
    await asking([ACME, shares('2025-07-23', '1000'), bar('2025-10-29', 100), bar('2025-10-30', 110), bar('2025-11-03', 120), bar('2025-11-04', 132)], (context) => {
      expect(marketValueView(context(), 'acme', {}).body.points.map(({ change, valueChangeLo }) => [change === null ? null : change.toFixed(3), valueChangeLo])).toEqual([[null, null], ['0.100', 10_000], [null, null], ['0.100', 12_000]]);
      expect(marketValueView(context(), 'acme', { from: '2025-11-03T21:00:00Z' }).body.points).toMatchObject([{ date: '2025-11-04', previous: 120 }]);
    });
  });
});

describe('what is not measured', () => {
  it('stays unknown, and a reported move has an index of its own', async () => {
    await asking([ACME, move('4.7')], (context) => {
      const { body } = marketValueView(context(), 'acme', {});
      expect([body.status, body.level]).toEqual(['unknown', null]);
      expect(body.claims).toMatchObject([{ relativeTo: 'own-beginning' }]);
      expect([body.claims[0]?.relativeLo?.toFixed(2), body.claims[0]?.relativeHi?.toFixed(2)]).toEqual(['104.65', '104.75']);
    });
  });
});

describe('several instruments in one answer', () => {
  it('have one base: the first session that all have, or before the announcement', async () => {
    await asking([ACME, listed('other', 'XNAS:OTHR'), bar('2025-10-29', 100), bar('2025-10-30', 110), bar('2025-10-31', 121), bar('2025-10-30', 50, { instrument: 'other' }), bar('2025-10-31', 60, { instrument: 'other' })], (context) => {
      const { body } = marketValuesView(context(), ['XNAS:ACME', 'other', 'acme'], {});
      expect(body.instruments.map(({ instrument, base }) => [instrument, base?.date])).toEqual([['acme', '2025-10-30'], ['other', '2025-10-30']]);
      expect(body.points.map(({ instrument, date, relative }) => [instrument, date, relative?.toFixed(1)])).toEqual([['acme', '2025-10-29', '90.9'], ['acme', '2025-10-30', '100.0'], ['acme', '2025-10-31', '110.0'], ['other', '2025-10-30', '100.0'], ['other', '2025-10-31', '120.0']]);
    });
  });
  it('are refused together where one is not known, with its name', async () => {
    await asking([ACME], (context) => {
      expect(() => marketValuesView(context(), ['acme', 'XNAS:NOPE'], {})).toThrow(/no instrument "XNAS:NOPE"/);
      expect(() => marketValuesView(context(), [], {})).toThrow(/instruments: expected 1 to 20/);
    });
  });
});

describe('an entity', () => {
  const second = listed('acme-b', 'XNAS:ACMB');
  const value = (asked?: Asked) => (context: (asked?: Asked) => ViewContext) => entityMarketValueView(context(asked), 'acme-inc', {}).body;

  it('is worth all of its share classes together', async () => {
    const body = await asking([company, ACME, second, shares('2025-07-23', '1000'), shares('2025-07-23', '500', { instrument: 'acme-b' }), bar('2025-10-30', 10), bar('2025-10-30', 20, { instrument: 'acme-b' })], value());
    expect([body.status, body.marketValueLo, body.points]).toMatchObject(['derived', 20_000, [{ marketValueLo: 20_000, classes: 2 }]]);
  });
  it('of which one class is not known has no total, and says which', async () => {
    const body = await asking([company, ACME, second, shares('2025-07-23', '1000'), bar('2025-10-30', 10), bar('2025-10-30', 20, { instrument: 'acme-b' })], value());
    expect(body).toMatchObject({ status: 'partial', marketValueLo: null, reason: 'not known at this time: XNAS:ACMB (no total share count)' });
  });
  it('whose classes trade in two currencies has none: no exchange rate is among the facts', async () => {
    const body = await asking([company, ACME, listed('acme-b', 'XNAS:ACMB', { currency: 'EUR' }), shares('2025-07-23', '1000'), shares('2025-07-23', '500', { instrument: 'acme-b' }), bar('2025-10-30', 10), bar('2025-10-30', 20, { instrument: 'acme-b', currency: 'EUR' })], value());
    expect(body).toMatchObject({ status: 'partial', marketValueLo: null, reason: 'its share classes trade in EUR and USD, and no exchange rate is among the facts' });
  });
  it('that is not listed is unknown, with what sources claim of it', async () => {
    const tracker = await seededTracker();
    const { body } = entityMarketValueView(openContext(tracker.runner, {}), 'openai', {});
    expect([body.status, body.reason, body.classes]).toEqual(['unknown', 'no share of it is listed then', []]);
    const amazon = entityMarketValueView(openContext(tracker.runner, { asOf: '2025-10-31T20:00:00Z' }), 'amazon', {}).body;
    expect([amazon.status, amazon.marketValueLo]).toEqual(['derived', 244.22 * 10_690_216_011]);
    await tracker.close();
  });
});

describe('the results of the seeds', () => {
  it('are scheduled beside the prices that they moved, and moves are those between closes', async () => {
    const tracker = await seededTracker();
    const { body } = marketValueView(openContext(tracker.runner, { asOf: '2025-11-03T21:00:00Z' }), 'XNAS:AMZN', { from: '2025-10-30T21:00:00Z' });
    expect(body.points.map(({ date, change }) => [date, change?.toFixed(4)])).toEqual([['2025-10-31', '0.0958'], ['2025-11-03', '0.0400']]);
    expect(body.scheduled.some(({ when }) => when.includes('2025-10-30'))).toBe(true);
    await tracker.close();
  });
});
