/** The seeds: the real facts, loaded whole, and the numbers that must come out of them (checked by hand). */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventJsonSchemas } from '../events/index.js';
import { allRows, rejections } from '../projections/index.js';
import { seedJsonSchema } from '../src/seeding/format.js';
import { loadSeeds } from '../src/seeding/load.js';
import type { Tracker } from '../src/tracker.js';
import { announcementsView, announcementView, timelineView } from '../src/views/announcements.js';
import { openContext, type Asked } from '../src/views/context.js';
import { marketValueView } from '../src/views/market-value.js';
import { sentimentView } from '../src/views/sentiment.js';
import { seedStore } from '../src/writing/seed.js';
import { emptyTracker, hashesOf, ledgerOf, SEEDS, seededTracker } from './support/in-process.js';

let tracker: Tracker;
beforeAll(async () => {
  tracker = await seededTracker();
});
afterAll(() => tracker.close());

const ask = (asked: Asked = {}): ReturnType<typeof openContext> => openContext(tracker.runner, asked);

/** Changes when rows, their order or the seeds change: look at why before changing it. */
const GOLDEN: Record<string, string> = JSON.parse(await readFile(path.join(import.meta.dirname, 'fixtures/golden-hashes.json'), 'utf8')) as Record<string, string>;

describe('seeding', () => {
  it('twice writes nothing', async () => {
    const events = await loadSeeds([SEEDS], tracker);
    expect(await seedStore(tracker.store, events)).toEqual({ stored: 0, known: events.length });
  });

  it('stores every bar of the price file', () => {
    const bars = [...allRows(ledgerOf(tracker.runner, 'market-value'))].filter((row) => row.series.startsWith('bar:'));
    expect(bars.length).toBe(1560);
  });

  it('leaves nothing rejected, and the golden state hashes', () => {
    expect(rejections(ledgerOf(tracker.runner, 'rejected'), 10)).toEqual([]);
    expect(hashesOf(tracker.runner)).toEqual(GOLDEN);
  });

  it.each(['America/New_York', 'Pacific/Auckland'])('gives the same hashes on a machine in %s', (zone) => {
    const out = execFileSync(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'support/print-hashes.ts')], { env: { ...process.env, TZ: zone }, encoding: 'utf8' });
    expect(JSON.parse(out)).toEqual(GOLDEN);
  });

  it('has current JSON Schemas beside it', async () => {
    const stored = async (file: string): Promise<unknown> => JSON.parse(await readFile(path.resolve(SEEDS, '..', file), 'utf8'));
    expect(await stored('seeds/seed.schema.json')).toEqual(JSON.parse(JSON.stringify(seedJsonSchema())));
    for (const [type, schema] of Object.entries(eventJsonSchemas())) expect(await stored(`docs/schemas/${type}.json`)).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it.each([
    ['a fact with a wrong field', { format: 1, document: 'x', facts: [{ id: 'f', type: 'EntityRegistered', occurredAt: { unknown: true }, data: { entity: 'Acme Inc', name: 'Acme', kind: 'company' } }] }, /x\.json: f: data\.entity: expected an id of a-z, 0-9 and -, such as amazon-common, got "Acme Inc"/],
    ['an unknown cause', { format: 1, document: 'x', facts: [{ id: 'f', causedBy: 'g', type: 'EntityRegistered', occurredAt: { unknown: true }, data: { entity: 'acme', name: 'Acme', kind: 'company' } }] }, /x\.json: f: causedBy: expected a fact of x, got "g"/],
    ['two facts of one id', { format: 1, document: 'x', facts: [1, 2].map(() => ({ id: 'f', type: 'EntityRegistered', occurredAt: { unknown: true }, data: { entity: 'acme', name: 'Acme', kind: 'company' } })) }, /f: expected one fact of this id, got two/],
    ['another format', { format: 2, document: 'x' }, /format: expected 1, got 2/],
  ])('refuses %s, and says where', async (_, seed, message) => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'seed-')), 'x.json');
    await writeFile(file, JSON.stringify(seed));
    await expect(loadSeeds([file], tracker)).rejects.toThrow(message);
  });
});

describe('a document in several files', () => {
  it('has each fact in one of them', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'seed-'));
    const seed = (id: string): string => JSON.stringify({ format: 1, document: 'x', facts: [{ id, type: 'EntityRegistered', occurredAt: { unknown: true }, data: { entity: id, name: id, kind: 'company' } }] });
    await writeFile(path.join(folder, 'a.json'), seed('one'));
    await writeFile(path.join(folder, 'b.json'), seed('two'));
    expect((await loadSeeds([folder], tracker)).map((event) => event.data['entity'])).toEqual(['one', 'two']);
    await writeFile(path.join(folder, 'b.json'), seed('one'));
    await expect(loadSeeds([folder], tracker)).rejects.toThrow(/b\.json: one: expected one fact x#one, got another in .*a\.json/);
  });
});

describe('from the seeds', () => {
  it('Amazon was worth 2.611 trillion before the announcement, and 2.715 trillion at the close of the day', () => {
    const { body } = marketValueView(ask({ asOf: '2025-11-03T21:00:00Z' }), 'XNAS:AMZN', {});
    expect(body.points.slice(-2).map((point) => [point.date, point.price, Number((point.marketValue ?? 0).toPrecision(4))])).toEqual([['2025-10-31', 244.22, 2.611e12], ['2025-11-03', 254, 2.715e12]]);
    expect(body.level?.sharesLo).toBe(10_690_216_011);
  });

  it('Amazon up more than 4.7 % stays an interval, and Nvidia\'s gain a direction', () => {
    const article = (symbol: string): (number | null)[][] =>
      marketValueView(ask(), symbol, {}).body.claims.filter((claim) => claim.document === 'article' && claim.kind === 'move').map((claim) => [claim.lo, claim.hi]);
    expect(article('XNAS:AMZN')).toEqual([[0.047, null]]);
    expect(article('XNAS:NVDA')).toEqual([[0, null]]);
  });

  it('a claimed move has a relative index only where it begins at the close before the announcement', () => {
    const { body } = marketValueView(ask(), 'XNAS:AMZN', { announcement: 'openai-aws' });
    const index = (text: string): number | null | undefined => body.claims.find((claim) => claim.text === text)?.relativeLo;
    expect(index('up 5.8 %')).toBeCloseTo(105.75, 10);
    expect(index('up more than 4.7 %')).toBeCloseTo(104.7, 10);
    const other = marketValueView(ask(), 'INDEX:SPX', { announcement: 'openai-aws' }).body.claims.find((claim) => claim.text === 'down 1.2 %');
    expect([other?.relativeLo, other?.relativeHi]).toEqual([null, null]);
  });

  it('the announcement is not there before it was made', () => {
    expect(announcementsView(ask({ asOf: '2025-10-01T00:00:00Z' })).body.announcements.map((one) => one.announcement)).not.toContain('openai-aws');
    const { nodes } = timelineView(ask({ asOf: '2025-10-01T00:00:00Z' }), 'openai-aws').body;
    expect(nodes.filter((node) => node.type === 'AnnouncementMade' || node.status === 'certain')).toEqual([]);
  });

  it('an effect that may have come before the announcement is not said to come after it', () => {
    const node = timelineView(ask(), 'openai-aws').body.nodes.find((entry) => entry.label.includes('Nvidia common stock up more than 2 %'));
    expect([node?.side, (node?.relativeFromSeconds ?? 0) < 0, (node?.relativeSeconds ?? 0) > 0]).toEqual([null, true, true]);
  });

  it('Nvidia\'s market value on the day uses the count of August, for the next was not known', () => {
    const { body } = marketValueView(ask({ asOf: '2025-11-03T21:00:00Z', knownAt: '2025-11-04T00:00:00Z' }), 'XNAS:NVDA', {});
    expect(body.level).toMatchObject({ price: 206.88, sharesLo: 24.25e9, sharesHi: 24.35e9, marketValue: null });
    expect(body.level?.sharesFrom?.slice(0, 10)).toBe('2025-08-22');
  });

  it('the announcement was public by 14:01:35Z, before the open, and other readings are kept', () => {
    const { body } = announcementView(ask(), 'openai-aws');
    expect([body.publicBy, body.amount, body.duration]).toEqual(['2025-11-03T14:01:35Z', '38 billion USD', 'P7Y']);
    expect(body.readings.length).toBeGreaterThanOrEqual(8);
    expect(body.readings.map((reading) => reading.relation)).toContain('overlaps');
    expect(body.readings.find((reading) => reading.text === '2025-11-03T06:00:00Z')?.confidence).toBeLessThan(0.5);
  });

  it('is known by its date before its terms are, by the amount on the same day, and by the duration from the undated article', () => {
    const known = (knownAt: string): (string | null)[] => {
      const { terms, amount, duration, publicBy } = announcementView(ask({ knownAt }), 'openai-aws').body;
      return [terms, amount, duration, publicBy];
    };
    expect(known('2025-11-03T22:32:59Z')).toEqual(['not-known-yet', null, null, '2025-11-03T14:01:35Z']);
    expect(known('2025-11-03T22:33:00Z')).toEqual(['known', '38 billion USD', null, '2025-11-03T14:01:35Z']);
    expect(known('2025-11-10T12:00:00Z')).toEqual(['known', '38 billion USD', 'P7Y', '2025-11-03T14:01:35Z']);
    expect(announcementsView(ask({ knownAt: '2025-11-01T00:00:00Z' })).body.announcements.map((one) => one.announcement)).not.toContain('openai-aws');
  });

  it('a doubtful report of other terms, known later, takes the place of none', () => {
    expect(announcementView(ask({ knownAt: '2025-11-05T00:00:00Z' }), 'openai-aws').body).toMatchObject({ amount: '38 billion USD', duration: null, document: 'reactions', confidence: 1 });
  });

  it('the extension of 2026 is an effect of the announcement, known from its day', () => {
    const labels = (asked: Asked): string[] => timelineView(ask(asked), 'openai-aws').body.nodes.filter((node) => node.type === 'AnnouncementAmended').map((node) => node.label);
    expect(labels({ knownAt: '2026-02-28T11:59:59Z' })).toEqual([]);
    expect(labels({ knownAt: '2026-02-28T12:00:00Z' })).toEqual(Array(2).fill('extended: 100 billion USD more, over eight years'));
  });

  it('the moves printed beside results are those of the price file, to a hundredth of a per cent', () => {
    let checked = 0;
    for (const symbol of ['XNAS:AMZN', 'XNAS:NVDA', 'XNAS:MSFT']) {
      const { claims, points } = marketValueView(ask(), symbol, {}).body;
      for (const claim of claims.filter((entry) => entry.address?.startsWith('https://intellectia.ai/'))) {
        const day = points.findIndex((point) => point.time === claim.certainFrom);
        const [before, after] = [points[day - 1]?.price ?? NaN, points[day]?.price ?? NaN];
        expect([symbol, claim.text, Math.abs(after / before - 1 - ((claim.lo ?? NaN) + (claim.hi ?? NaN)) / 2) < 0.0001]).toEqual([symbol, claim.text, true]);
        checked += 1;
      }
    }
    expect(checked).toBe(10);
  });

  it('the axis is relative while no date is known', async () => {
    const undated = emptyTracker();
    await seedStore(undated.store, await loadSeeds(['10-registry.json', '20-article.json'].map((file) => path.join(SEEDS, file)), undated));
    await undated.runner.waitFor((await undated.store.head()) ?? '', 5000);
    const { body } = timelineView(openContext(undated.runner, {}), 'openai-aws');
    expect([body.axis, body.publicBy, body.nodes[0]?.when]).toEqual(['relative', null, 'not dated yet']);
    expect(body.nodes.find((node) => node.label === 'Nvidia common stock up')).toMatchObject({ side: 'after', relativeSeconds: null });
    await undated.close();
    expect(timelineView(ask(), 'openai-aws').body.axis).toBe('absolute');
  });

  it('investors doubt and management is confident: two lines that disagree', () => {
    const { body } = sentimentView(ask({ asOf: '2025-11-10T12:00:00Z' }), 'openai', {});
    const mean = (kind: string): number | null | undefined => body.kinds.find((entry) => entry.holderKind === kind)?.mean;
    expect(mean('investor')).toBeLessThan(-0.2);
    expect(mean('management')).toBeGreaterThan(0);
    expect(body.overall.disagreement).toBeGreaterThan(0.5);
    expect(body.combined.disagreement).toBeGreaterThan(0.2);
  });

  it('sentiment can be narrowed and weighed: by aspect, holder, kind and method', () => {
    const asOf = '2025-11-10T12:00:00Z';
    const whole = sentimentView(ask({ asOf }), 'openai', {}).body;
    const revenue = sentimentView(ask({ asOf }), 'openai', { aspect: 'revenue', by: 'holder' }).body;
    expect(revenue.overall).toEqual((({ aspect: _, ...measures }) => measures)(whole.aspects.find(({ aspect }) => aspect === 'revenue') ?? { aspect: '' }));
    expect(new Set(revenue.points.map(({ line }) => line))).toEqual(new Set(['all', ...revenue.holders.map(({ holder }) => holder)]));
    expect(sentimentView(ask({ asOf }), 'openai', { kind: 'investor' }).body.overall.mean).toBe(whole.kinds.find(({ holderKind }) => holderKind === 'investor')?.mean);
    expect(sentimentView(ask({ asOf }), 'openai', { weights: 'analyst:0,press:0,management:0' }).body.combined.kinds.map(({ kind }) => kind)).toEqual(['investor']);
    expect([whole.methods, whole.byMethod.map(({ method }) => method), whole.scoredOtherwise]).toEqual([['rubric@1'], ['rubric@1'], 0]);
  });

  it('every value names its event, and the event is there', async () => {
    const { body } = timelineView(ask(), 'openai-aws');
    expect(body.nodes.length).toBeGreaterThan(30);
    for (const node of body.nodes) {
      const [, stream = '', revision = ''] = /^\/v1\/events\/(.+)\/(\d+)$/.exec(node.event) ?? [];
      const [event] = await tracker.store.readStream(stream, { from: Number(revision) + 1, direction: 'backwards', limit: 1 });
      expect(event?.id).toBe(node.eventId);
    }
  });

  it('a range leaves out the claims that were over before it, and those that began after it', () => {
    const { claims } = marketValueView(ask(), 'XNAS:AMZN', { from: '2025-10-31T20:00:00Z', to: '2025-11-03T21:00:00Z' }).body;
    expect(claims.map((claim) => claim.text)).toEqual(expect.arrayContaining(['up 5.8 %', 'up 4.7 %', 'about 258.6 USD', 'up more than 4.7 %']));
    for (const claim of claims) expect([claim.text, (claim.certainFrom ?? '') > '2025-10-31T20:00:00Z', (claim.possibleFrom ?? '') <= '2025-11-03T21:00:00Z']).toEqual([claim.text, true, true]);
  });

  it('nothing is known inside its own day of publication', () => {
    const noon = '2025-11-03T18:00:00Z';
    const { body } = marketValueView(ask({ knownAt: noon }), 'XNAS:AMZN', {});
    expect(body.claims.every((claim) => (claim.knownFrom ?? '') <= noon)).toBe(true);
    expect(body.claims.filter((claim) => claim.knownPrecision === 'day' && (claim.knownFrom ?? '') > '2025-11-02')).toEqual([]);
    expect(body.level?.date).toBe('2025-10-31');
  });
});
