/** Explanations: every number of every view of the seeds has one, and what it rests on gives the value again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announcementsView, announcementView, timelineView } from '../src/views/announcements.js';
import { thinned } from '../src/http/thinning.js';
import { announcementConfoundersView } from '../src/views/announcement-confounders.js';
import { announcementClaimsView, entityClaimsView } from '../src/views/claims.js';
import { entitiesView, instrumentsView } from '../src/views/catalog.js';
import type { Answer, Asked, ViewContext } from '../src/views/context.js';
import { explain, tables, type ExplainedView, type Table } from '../src/views/explain/index.js';
import { exposureView } from '../src/views/exposure.js';
import { entityMarketValueView } from '../src/views/entity-value.js';
import { marketValuesView, marketValueView } from '../src/views/market-value.js';
import { announcementReactionView } from '../src/views/reaction.js';
import { reconciliationView } from '../src/views/reconciliation.js';
import { sentimentView } from '../src/views/sentiment.js';
import { seededTracker } from './support/in-process.js';
import type { Tracker } from '../src/tracker.js';
import { acceptInputs, appendAccepted } from '../src/writing/accept.js';

let tracker: Tracker;
beforeAll(async () => {
  tracker = await seededTracker();
}, 60_000);
afterAll(() => tracker.close());

type View = (context: ViewContext) => Answer<unknown>;
const INSTRUMENTS = ['XNAS:AMZN', 'XNAS:NVDA', 'INDEX:SPX'];

/** Every view with the numbers that it has, under both clocks where that changes what is seen. */
const VIEWS: [name: string, view: View, table: Table, asked?: Asked][] = [
  ['the announcements', (context) => announcementsView(context), tables.listAnnouncements],
  ['an announcement', (context) => announcementView(context, 'openai-aws'), tables.getAnnouncement],
  ['a timeline', (context) => timelineView(context, 'openai-aws'), tables.getTimeline],
  ['a timeline as it was known then', (context) => timelineView(context, 'openai-aws'), tables.getTimeline, { knownAt: '2025-11-04T00:00:00Z' }],
  ['a reconciliation', (context) => reconciliationView(context, 'openai-aws'), tables.getReconciliation],
  ['the instruments', (context) => instrumentsView(context), tables.listInstruments],
  ['the entities', (context) => entitiesView(context), tables.listEntities],
  ...INSTRUMENTS.map((instrument): (typeof VIEWS)[number] => [`the market value of ${instrument}`, (context) => marketValueView(context, instrument, {}), tables.getMarketValue]),
  ...INSTRUMENTS.map((instrument): (typeof VIEWS)[number] => [`the market value of ${instrument} with an index`, (context) => marketValueView(context, instrument, { announcement: 'openai-aws', from: '2025-10-20T00:00:00Z' }), tables.getMarketValue]),
  ['several market values', (context) => marketValuesView(context, INSTRUMENTS, { from: '2025-10-20T00:00:00Z' }), tables.getMarketValues],
  ...['amazon', 'openai'].map((entity): (typeof VIEWS)[number] => [`the market value of ${entity}`, (context) => entityMarketValueView(context, entity, {}), tables.getEntityMarketValue]),
  ['a reaction', (context) => announcementReactionView(context, 'openai-aws', { instrument: 'XNAS:AMZN', benchmark: 'INDEX:SPX' }), tables.getReaction],
  ['what else touched shares', (context) => announcementConfoundersView(context, 'openai-aws', { instruments: 'XNAS:AMZN,XNAS:NVDA' }), tables.getConfounders],
  ['a market value with points left out', (context) => thinned(marketValueView(context, 'XNAS:AMZN', { announcement: 'openai-aws' }), { series: { y: 'price' }, max: 20, method: 'lttb' }), tables.getMarketValue],
  ['sentiment with points left out', (context) => thinned(sentimentView(context, 'openai', {}), { series: { y: 'shrunk', by: 'line' }, max: 10, method: 'min-max' }), tables.getSentiment],
  ['the claims of an announcement', (context) => announcementClaimsView(context, 'openai-aws', {}), tables.getAnnouncementClaims],
  ...['openai', 'amazon', 'amazon-web-services'].map((entity): (typeof VIEWS)[number] => [`the claims on ${entity}`, (context) => entityClaimsView(context, entity, {}), tables.getEntityClaims]),
  ...['openai', 'nvidia'].map((entity): (typeof VIEWS)[number] => [`the exposure of ${entity}`, (context) => exposureView(context, entity, { depth: '3' }), tables.getExposure]),
  ['sentiment', (context) => sentimentView(context, 'openai', {}), tables.getSentiment],
  ['sentiment, narrowed and by holder', (context) => sentimentView(context, 'openai', { aspect: 'revenue', by: 'holder', weights: 'press:0' }), tables.getSentiment, { asOf: '2025-11-10T12:00:00Z' }],
];

const told = async (view: View, table: Table, asked: Asked = {}, at = '', limit = 100_000): Promise<ExplainedView> => (await explain(tracker, asked, view, table, { at, limit })).body;

function numbersIn(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return [path];
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, below]) => numbersIn(below, `${path}/${name}`)) : [];
}

describe('every number', () => {
  it.each(VIEWS)('of %s is explained, rests on stored events, and comes out the same', async (_name, view, table, asked = {}) => {
    const served: string[] = [];
    const body = await told((context) => {
      const viewed = view(context);
      served.push(...numbersIn(viewed.body));
      return viewed;
    }, table, asked);
    expect(body.values.map(({ at }) => at)).toEqual(served);
    const wrong = body.values.filter((value) => value.checked === false).map(({ at, value, formula, inputs }) => ({ at, value, formula, inputs }));
    expect(wrong.slice(0, 3)).toEqual([]);
    const events = new Set(body.sources.map((source) => source.event));
    const groundless = body.values.filter(({ how, inputs, steps }) => how !== 'given' && how !== 'counted' && steps[0] !== 'nothing was expressed by then' && !inputs.some((input) => (input.event !== null && events.has(input.event)) || input.at !== null));
    expect(groundless.map(({ at }) => at).slice(0, 3)).toEqual([]);
    expect(body.sources.filter(({ document, locator, address, type }) => document === null || (locator === null && address === null && type !== 'InstrumentListed')).map(({ event }) => event)).toEqual([]);
  });
});

describe('why 2.61 trillion?', () => {
  const asked = { asOf: '2025-10-31T21:00:00Z' };
  const amazon: View = (context) => marketValueView(context, 'XNAS:AMZN', {});

  it('is answered with close, count, and where both are printed', async () => {
    const body = await told(amazon, tables.getMarketValue, asked, 'level.marketValue');
    const [value] = body.values;
    expect(value).toMatchObject({ at: '/level/marketValue', value: 244.22 * 10_690_216_011, formula: 'close × sharesLo × sharesFactor', checked: true });
    expect(value?.inputs.map(({ name, value: input, printed, field }) => [name, input, printed, field])).toEqual([['close', 244.22, null, '/data/close'], ['sharesLo', 10_690_216_011, '10,690,216,011 shares', '/data/shares'], ['sharesFactor', 1, null, null]]);
    expect(body.sources.map(({ type, locator }) => [type, locator])).toEqual([['SharesOutstandingReported', 'Amazon.com, Inc., Form 10-Q filed 2025-10-31, cover page'], ['BarClosed', 'prices.csv, XNAS:AMZN 2025-10-31']]);
    expect(body).toMatchObject({ quantityRule: 1, versions: expect.arrayContaining([expect.stringMatching(/^market-value@/)]) as unknown });
  });
  it('may be asked of an object, and of a text', async () => {
    expect((await told(amazon, tables.getMarketValue, asked, '/level')).values.length).toBeGreaterThan(8);
    expect((await told(amazon, tables.getMarketValue, asked, '/level/date')).values).toMatchObject([{ value: '2025-10-31', how: 'given', inputs: expect.arrayContaining([expect.objectContaining({ event: '/v1/events/market.instrument-amazon-common/308' })]) as unknown }]);
  });
  it('is refused for a place that the answer does not have, with what it has', async () => {
    await expect(told(amazon, tables.getMarketValue, asked, 'level.worth')).rejects.toThrow(/at: the answer has nothing at level\/worth; level has time, date, close, price/);
    await expect(told(amazon, tables.getMarketValue, asked, '/points/9999')).rejects.toThrow(/points has 0 to \d+/);
  });
  it('follows a correction to the event that corrects', async () => {
    const corrected = await seededTracker();
    const { store } = corrected;
    const [bar] = (await store.readStream('market.instrument-amazon-common', { direction: 'forwards' })).filter((event) => event.type === 'BarClosed' && JSON.stringify(event.data).includes('2025-10-31'));
    if (!bar) throw new Error('no such bar');
    const { metadata } = bar as unknown as { metadata: { occurredAt: unknown; schemaVersion: number } };
    const { position } = await appendAccepted(store, await acceptInputs(corrected, [{ type: 'ObservationCorrected', data: { corrects: { id: bar.id, streamId: bar.streamId, revision: bar.revision }, type: 'BarClosed', schemaVersion: metadata.schemaVersion, data: { ...bar.data, close: 244.5 } }, metadata: { occurredAt: metadata.occurredAt, publishedAt: { at: '2025-11-20T00:00:00Z' }, source: { document: 'exchange', locator: 'notice 7' } } }], String));
    await corrected.runner.waitFor(position, 5000);
    const body = (await explain(corrected, asked, amazon, tables.getMarketValue, { at: 'level.price' })).body;
    expect(body.values).toMatchObject([{ value: 244.5, checked: true, inputs: [{ field: '/data/data/close' }] }]);
    expect(body.sources).toMatchObject([{ type: 'ObservationCorrected', locator: 'notice 7' }]);
    expect((await explain(corrected, { ...asked, knownAt: '2025-11-19T00:00:00Z' }, amazon, tables.getMarketValue, { at: 'level.price' })).body.values[0]?.value).toBe(244.22);
    await corrected.close();
  });
});
