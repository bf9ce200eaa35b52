/** The as-of join: each row is the single view at its own time, whatever else is asked with it. */
import { tableFromIPC } from '@uwdata/flechette';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatInstant } from '../../events/index.js';
import { ASOF_VIEWS, AsofError, asofColumns, asofJoin, type AsofLabel, type AsofResult } from '../../src/replay/asof.js';
import { answerFrom, ViewError } from '../../src/views/context.js';
import { marketValueView } from '../../src/views/market-value.js';
import { sentimentView } from '../../src/views/sentiment.js';
import { anyHistory, anyMoment, momentIn } from '../support/any-history.js';
import { seededTracker, served, type Served } from '../support/in-process.js';
import { track } from '../support/track.js';

describe('a row', () => {
  it('is the view alone, as of its time and as known by then, over random histories', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(25), fc.array(fc.record({ instrument: fc.constantFrom('acme-common', 'peer-common', 'XNYS:AAA', 'none'), moment: anyMoment, before: fc.option(anyMoment) }), { minLength: 1, maxLength: 6 }), async (history, wishes) => {
        const { tracker } = await track(history);
        const join = asofJoin(tracker, { views: ['market-value', 'sentiment'], columns: ['market-value.level.close', 'market-value.level.marketValueLo', 'market-value.level.event', 'sentiment.overall.mean', 'sentiment.overall.n'] });
        // Levels alone come straight from the ledger's columns, where they can.
        const levels = ['date', 'close', 'price', 'splitFactor', 'volume', 'marketValueLo', 'marketValueHi', 'sharesAgeDays', 'sharesFactor', 'knownFrom', 'event', 'sharesEvent'] as const;
        const straight = asofJoin(tracker, { views: ['market-value'], columns: levels.map((name) => `market-value.level.${name}`) });
        const [one] = levels.map((name) => asofJoin(tracker, { views: ['market-value'], columns: [`market-value.level.${name}`] })).slice(1);
        for (const { instrument, moment, before } of wishes) {
          const time = formatInstant(momentIn(history, moment)) as string;
          const earlier = before === null ? null : formatInstant(momentIn(history, before));
          const knownAt = earlier !== null && Date.parse(earlier) < Date.parse(time) ? earlier : time;
          const { values, reason } = join({ instrument, entity: 'acme', time, ...(knownAt === time ? {} : { knownAt }) });
          const alone = <T>(view: Parameters<typeof answerFrom<T>>[2]): T | null => {
            try {
              return answerFrom(tracker.runner, { asOf: time, knownAt }, view).body;
            } catch (error) {
              if (error instanceof ViewError) return null;
              throw error;
            }
          };
          const [market, mood] = [alone((context) => marketValueView(context, instrument, {})), alone((context) => sentimentView(context, 'acme', {}))];
          const expected = { 'market-value.level.close': market?.level?.close ?? null, 'market-value.level.marketValueLo': market?.level?.marketValueLo ?? null, 'market-value.level.event': market?.level?.event ?? null, 'sentiment.overall.mean': mood?.overall.mean ?? null, 'sentiment.overall.n': mood?.overall.n ?? null };
          expect(values).toEqual(expected);
          const label = { instrument, time, ...(knownAt === time ? {} : { knownAt }) };
          expect(straight(label).values).toEqual(Object.fromEntries(levels.map((name) => [`market-value.level.${name}`, market?.level?.[name] ?? null])));
          expect(one?.(label)).toMatchObject({ values: { 'market-value.level.close': market?.level?.close ?? null }, reason: market?.level ? null : (expect.any(String) as string) });
          // What is missing has a reason, and what has none is there.
          expect(reason === null).toBe(Object.values(expected).every((value) => value !== null));
        }
        await tracker.close();
      }),
      { numRuns: 120 },
    );
  });
});

describe('on the seeds', () => {
  let api: Served;
  let join: (label: AsofLabel) => AsofResult;
  beforeAll(async () => {
    api = await served(await seededTracker());
    join = asofJoin(api.tracker, { views: [...ASOF_VIEWS], benchmark: 'INDEX:SPX', columns: ['market-value.level.close', 'reaction.day0', 'reaction.windows.0.car', 'sentiment.overall.n'] });
  }, 60_000);
  afterAll(() => api.close());

  it('a close is there from its own moment on, and the reaction is of the last session that had closed', () => {
    const at = (time: string): unknown[] => Object.values(join({ instrument: 'XNAS:AMZN', time }).values).slice(0, 2);
    expect([at('2025-11-03T20:59:59Z'), at('2025-11-03T21:00:00Z'), at('2025-11-01T12:00:00Z')]).toEqual([[244.22, '2025-10-31'], [254, '2025-11-03'], [244.22, '2025-10-31']]);
    expect(join({ instrument: 'XNAS:AMZN', time: '2025-11-03T21:00:00Z' }).values['reaction.windows.0.car']).toBeCloseTo(0.037754, 6);
  });
  it('a row that is wrong, or of which nothing is known, stays with its reason', () => {
    expect(join({ instrument: 'XNAS:AMZN', time: '2025-11-03' })).toMatchObject({ values: { 'market-value.level.close': null }, reason: expect.stringContaining('expected an instant with its zone') as string });
    expect(join({ instrument: 'XNAS:AMZN', time: '2025-11-03T12:00:00Z', knownAt: '2025-11-04T12:00:00Z' }).reason).toContain('is later than the row\'s own time');
    expect(join({ instrument: 'XNAS:NOPE', time: '2025-11-03T12:00:00Z' }).reason).toContain('no instrument "XNAS:NOPE"');
    expect(join({ instrument: 'INDEX:SPX', time: '2025-11-03T12:00:00Z' }).reason).toContain('has no issuer');
  });
  it.each([
    [{ views: ['nothing' as never] }, /view: expected some of/],
    [{ views: [] }, /view: expected some of/],
    [{ views: ['reaction' as const] }, /benchmark: the reaction needs one/],
    [{ views: ['sentiment' as const], columns: ['market-value.level.close'] }, /columns: expected VIEW.FIELD of sentiment/],
  ])('%j can\'t be asked for', (options, says) => {
    expect(() => asofColumns(options)).toThrow(AsofError);
    expect(() => asofColumns(options)).toThrow(says);
  });
  it('answers over HTTP a line a row, in their order', async () => {
    const post = (body: unknown): Promise<Response> => fetch(`${api.url}/v1/asof`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const rows = ['2025-11-03T20:00:00Z', '2025-11-03T21:00:00Z', 'soon'].map((time) => ({ instrument: 'XNAS:AMZN', time }));
    const lines = (await (await post({ views: ['market-value'], columns: ['market-value.level.close'], rows })).text()).trim().split('\n').map((line) => JSON.parse(line) as AsofResult);
    expect(lines.map(({ values, reason }) => [values['market-value.level.close'], reason === null])).toEqual([[244.22, true], [254, true], [null, false]]);
    expect((await post({ views: ['market-value'], rows: [] })).status).toBe(400);
    expect((await post({ views: ['reaction'], rows })).status).toBe(400);
    expect((await post({ views: ['market-value'], columns: ['x'], rows })).status).toBe(400);
  });
  it('answers as a table with the kinds of its columns, also where the first rows have no value', async () => {
    const rows = [{ instrument: 'XNAS:NOPE', time: '2025-11-03T21:00:00Z' }, { instrument: 'XNAS:AMZN', time: '2025-11-03T21:00:00Z' }];
    const ask = (format: string): Promise<Response> => fetch(`${api.url}/v1/asof`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ views: ['market-value'], columns: ['market-value.level.close', 'market-value.level.date'], rows, format }) });
    const table = tableFromIPC(new Uint8Array(await (await ask('arrow')).arrayBuffer()));
    expect(table.schema.fields.map(({ name }) => name)).toEqual(['instrument', 'time', 'market-value.level.close', 'market-value.level.date', 'reason']);
    expect([table.getChild('market-value.level.close').at(0), table.getChild('market-value.level.close').at(1), table.getChild('market-value.level.date').at(1), table.getChild('reason').at(1)]).toEqual([null, 254, '2025-11-03', null]);
    const [header, , second] = (await (await ask('csv')).text()).split('\n');
    expect([header, second]).toEqual(['instrument,time,market-value.level.close,market-value.level.date,reason', 'XNAS:AMZN,2025-11-03T21:00:00Z,254,2025-11-03,']);
  });
});
