/** Symbols as of their time: META was a fund until January 2022, and is Meta Platforms since June 2022. The facts are synthetic but for the dates. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openContext, ViewError, type Asked } from '../src/views/context.js';
import { instrumentsView, resolveInstrument } from '../src/views/catalog.js';
import { marketValueView } from '../src/views/market-value.js';
import type { Tracker } from '../src/tracker.js';
import type { Happened } from './support/given.js';
import { trackerOf } from './support/in-process.js';

const on = (type: string, data: Record<string, unknown>, date: string, published = `${date}T12:00:00Z`): Happened => ({ input: { type, data, metadata: { occurredAt: { throughout: `${date}/..`, zone: 'America/New_York' }, publishedAt: { at: published }, source: { document: 'synthetic', locator: `${type} ${date}` } } } });
const listed = (instrument: string, symbol: string, kind: string, date: string): Happened => on('InstrumentListed', { instrument, symbol, name: instrument, kind, calendar: 'US', ...(kind === 'share' ? { entity: instrument.replace('-common', '') } : {}) }, date);

let tracker: Tracker;
beforeAll(async () => {
  tracker = await trackerOf([
    listed('meta-common', 'XNAS:FB', 'share', '2012-05-18'),
    listed('ball-metaverse-etf', 'ARCX:META', 'fund', '2021-06-30'),
    on('InstrumentRenamed', { instrument: 'ball-metaverse-etf', symbol: 'ARCX:METV' }, '2022-01-31', '2022-01-20T12:00:00Z'),
    on('InstrumentRenamed', { instrument: 'meta-common', symbol: 'XNAS:META', name: 'Meta Platforms common stock' }, '2022-06-09', '2022-05-31T12:00:00Z'),
    listed('old-common', 'XNYS:OLD', 'share', '2010-01-04'),
    listed('new-common', 'XNYS:NEW', 'share', '2010-01-04'),
    on('InstrumentDelisted', { instrument: 'old-common', reason: 'merged', successor: 'new-common' }, '2020-03-02'),
  ]);
});
afterAll(() => tracker.close());

const resolved = (symbol: string, asked: Asked = {}): string => {
  const found = resolveInstrument(openContext(tracker.runner, asked), symbol);
  return `${found.value.instrument} as ${found.value.symbol}`;
};
const refusal = (symbol: string, asked: Asked = {}): string => {
  try {
    return resolved(symbol, asked);
  } catch (error) {
    if (error instanceof ViewError) return `${error.status} ${error.message}`;
    throw error;
  }
};

describe('META', () => {
  it('is the fund in 2021, and Meta Platforms from 2022-06-09', () => {
    expect(resolved('META', { asOf: '2021-12-01T00:00:00Z' })).toBe('ball-metaverse-etf as ARCX:META');
    expect(resolved('META', { asOf: '2022-07-01T00:00:00Z' })).toBe('meta-common as XNAS:META');
    expect(resolved('FB', { asOf: '2021-12-01T00:00:00Z' })).toBe('meta-common as XNAS:FB');
    expect(resolved('META')).toBe('meta-common as XNAS:META');
  });
  it('stands for nobody in between, and the answer says for whom it stood before and after', () => {
    expect(refusal('META', { asOf: '2022-03-01T00:00:00Z' })).toMatch(/^404 META stands for no instrument at 2022-03-01T00:00:00Z: ARCX:META stood for ball-metaverse-etf from 2021-06-30T04:00:00Z to 2022-01-31T05:00:00Z; XNAS:META stood for meta-common from 2022-06-09T04:00:00Z on. An id is found at any time/);
  });
  it('is not Meta Platforms before anybody knew of the change', () => {
    expect(resolved('FB', { asOf: '2022-07-01T00:00:00Z', knownAt: '2022-05-31T11:59:59Z' })).toBe('meta-common as XNAS:FB');
    expect(refusal('FB', { asOf: '2022-07-01T00:00:00Z', knownAt: '2022-05-31T12:00:00Z' })).toMatch(/^404/);
  });
  it('keeps its id, under whichever symbol', () => {
    expect(resolved('meta-common', { asOf: '2015-01-01T00:00:00Z' })).toBe('meta-common as XNAS:FB');
    expect(resolved('meta-common', { asOf: '2023-01-01T00:00:00Z' })).toBe('meta-common as XNAS:META');
    expect(instrumentsView(openContext(tracker.runner, { asOf: '2022-07-01T00:00:00Z' })).body.instruments.map(({ symbol, name }) => [symbol, name])).toContainEqual(['XNAS:META', 'Meta Platforms common stock']);
  });
});

describe('a merged-away symbol', () => {
  it('resolves until its last day, then says what came after it', () => {
    expect(resolved('XNYS:OLD', { asOf: '2020-03-01T00:00:00Z' })).toBe('old-common as XNYS:OLD');
    expect(refusal('XNYS:OLD', { asOf: '2020-03-03T00:00:00Z' })).toMatch(/XNYS:OLD stood for old-common from 2010-01-04T05:00:00Z to 2020-03-02T05:00:00Z, then came new-common/);
  });
  it('before its listing stands for nobody', () => {
    expect(refusal('XNYS:OLD', { asOf: '2009-12-01T00:00:00Z' })).toMatch(/^404 XNYS:OLD stands for no instrument at 2009-12-01T00:00:00Z/);
  });
  it('leaves an instrument that answers by its id, as delisted', () => {
    expect(marketValueView(openContext(tracker.runner, { asOf: '2021-01-04T21:00:00Z' }), 'old-common', {}).body).toMatchObject({ delistedSince: '2020-03-02T05:00:00Z', successor: 'new-common', status: 'unknown' });
  });
});
