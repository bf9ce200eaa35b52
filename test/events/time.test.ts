/** Times as given, their bounds, and from when a fact is known. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareInstants, formatInstant, knownFrom, eventDefinitions, metadataSchema, parseInstant, timeBounds, timeRefSchema, type Instant, type TimeRef } from '../../events/index.js';

const boundsOf = (ref: TimeRef): [string | null, string | null] => {
  const bounds = timeBounds(timeRefSchema.parse(ref));
  if (!bounds) throw new Error('no bounds');
  return [formatInstant(bounds.lo), formatInstant(bounds.hi)];
};

describe('an instant', () => {
  it('keeps nanoseconds, which a double and luxon would cut', () => {
    const a = parseInstant('2025-11-03T14:01:35.123456789Z') as Instant;
    expect(formatInstant(a)).toBe('2025-11-03T14:01:35.123456789Z');
    expect(compareInstants(a, parseInstant('2025-11-03T14:01:35.123456788Z') as Instant)).toBeGreaterThan(0);
  });
  it('with an offset is the same moment', () => {
    expect(formatInstant(parseInstant('2025-11-03T09:01:35-05:00') as Instant)).toBe('2025-11-03T14:01:35Z');
  });
  it.each(['2025-02-30T00:00:00Z', '2025-11-03T24:00:00Z', '2025-11-03T12:00:00', '2025-11-03', 'now', '2025-11-03T12:00:00.1234567891Z'])('refuses %s', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
  it('is written as a Date writes it, whatever the year, and without a fraction of nothing', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        expect(formatInstant({ ms: date.getTime(), ns: 0 })).toBe(date.toISOString().replace('.000Z', 'Z'));
      }),
    );
    expect(() => formatInstant({ ms: 8.64e15 + 86_400_000, ns: 0 })).toThrow(RangeError);
  });
  it('survives a round trip', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true }), fc.integer({ min: 0, max: 999_999 }), (date, ns) => {
        expect(parseInstant(formatInstant({ ms: date.getTime(), ns }) as string)).toEqual({ ms: date.getTime(), ns });
      }),
    );
  });
});

describe('the bounds of a time reference', () => {
  it('of a session are its open and close, on the clock of that day', () => {
    expect(boundsOf({ throughout: '2025-10-31', calendar: 'US' })).toEqual(['2025-10-31T13:30:00Z', '2025-10-31T20:00:00Z']);
    expect(boundsOf({ throughout: '2025-11-03', calendar: 'US' })).toEqual(['2025-11-03T14:30:00Z', '2025-11-03T21:00:00Z']);
    expect(boundsOf({ throughout: '2025-11-28', calendar: 'US' })).toEqual(['2025-11-28T14:30:00Z', '2025-11-28T18:00:00Z']);
  });
  it('of a day in a zone are its midnights there', () => {
    expect(boundsOf({ within: '2025-11-03', zone: 'America/New_York' })).toEqual(['2025-11-03T05:00:00Z', '2025-11-04T05:00:00Z']);
  });
  it('of a day without a zone run from where it begins on earth to where it ends', () => {
    expect(boundsOf({ within: '2025-11-03' })).toEqual(['2025-11-02T10:00:00Z', '2025-11-04T12:00:00Z']);
  });
  it('of a month and of an interval end with their last day', () => {
    expect(boundsOf({ within: '2025-11' })).toEqual(['2025-10-31T10:00:00Z', '2025-12-01T12:00:00Z']);
    expect(boundsOf({ within: '2025-11-03/2025-11-09' })).toEqual(['2025-11-02T10:00:00Z', '2025-11-10T12:00:00Z']);
  });
  it('may be open on one side', () => {
    expect(boundsOf({ throughout: '2025-10-22/..', zone: 'America/New_York' })).toEqual(['2025-10-22T04:00:00Z', null]);
    expect(boundsOf({ within: '../2025-11-03T14:01:35Z' })).toEqual([null, '2025-11-03T14:01:35Z']);
  });
  it.each<[Record<string, string>, string]>([
    [{ within: '2025-11-04/2025-11-03' }, 'ends before it begins'],
    [{ within: '../..' }, 'says nothing'],
    [{ within: '2025-11-01', calendar: 'US' }, 'is no trading day'],
    [{ throughout: '2031-01-02', calendar: 'US' }, 'lies outside the calendar'],
    [{ within: '2025-13' }, 'is no month'],
    [{ within: '2025-11-03', zone: 'Mars/Olympus' }, 'has no such zone'],
    [{ at: '2025-11-03T10:00:00Z', within: '2025-11-03' }, 'is two forms at once'],
    [{}, 'is none'],
  ])('refuses %j, which %s', (ref) => {
    expect(timeRefSchema.safeParse(ref).success).toBe(false);
  });
});

describe('a fact is known', () => {
  const known = (type: string, metadata: Record<string, unknown>): [string | null, string | null, string] => {
    const parsed = metadataSchema.parse({ schemaVersion: 1, source: { document: 'x' }, ...metadata });
    const result = knownFrom(eventDefinitions.get(type) as never, parsed, timeBounds(parsed.occurredAt), parseInstant('2026-01-01T00:00:00Z') as Instant);
    return [formatInstant(result.from), formatInstant(result.earliest), result.precision];
  };
  const moment = { at: '2025-11-03T15:00:00Z' };

  it('from the instant of its publication', () => {
    expect(known('PriceObserved', { occurredAt: moment, publishedAt: { at: '2025-11-03T19:21:00Z' } })).toEqual(['2025-11-03T19:21:00Z', '2025-11-03T19:21:00Z', 'instant']);
  });
  it('from the end of its publication day, in the zone of the source', () => {
    expect(known('PriceObserved', { occurredAt: moment, publishedAt: { within: '2025-11-03', zone: 'America/New_York' } })[0]).toBe('2025-11-04T05:00:00Z');
  });
  it('from noon UTC of the next day where the zone is unknown', () => {
    expect(known('PriceObserved', { occurredAt: moment, publishedAt: { within: '2025-11-03' } })[0]).toBe('2025-11-04T12:00:00Z');
  });
  it('from the end of its publication month', () => {
    expect(known('PriceObserved', { occurredAt: moment, publishedAt: { within: '2025-11' } })).toEqual(['2025-12-01T12:00:00Z', '2025-11-03T15:00:00Z', 'month']);
  });
  it('never before the end of what it observes, even by the earliest bound', () => {
    expect(known('PriceObserved', { occurredAt: { within: '2025-11-03T14:30:00Z/2025-11-03T21:00:00Z' }, publishedAt: { within: '2025-11-03' } })[1]).toBe('2025-11-03T21:00:00Z');
  });
  it('at the latest at the end of its publication: a report proves that its subject was over', () => {
    expect(known('PriceObserved', { occurredAt: { within: '2025-11-03' }, publishedAt: { at: '2025-11-03T19:00:00Z' } })[1]).toBe('2025-11-03T19:00:00Z');
  });
  it('counts an open state from its start', () => {
    expect(known('SharesOutstandingReported', { occurredAt: { throughout: '2025-10-22/..', zone: 'America/New_York' }, publishedAt: { within: '2025-10-31', zone: 'America/New_York' } })[1]).toBe('2025-10-31T04:00:00Z');
  });
  it('is not bounded by the horizon of a forecast', () => {
    expect(known('ForecastMade', { occurredAt: { at: '2029-01-01T00:00:00Z' }, publishedAt: { at: '2025-11-03T19:00:00Z' } })[0]).toBe('2025-11-03T19:00:00Z');
  });
  it('of a bar from its end, of anything else without a publication from when it was recorded', () => {
    expect(known('BarClosed', { occurredAt: { throughout: '2025-11-03', calendar: 'US' } })[0]).toBe('2025-11-03T21:00:00Z');
    expect(known('PriceObserved', { occurredAt: moment })).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'recorded']);
  });
  it('by an estimate like by any other, and says that it is one', () => {
    const parsed = metadataSchema.parse({ schemaVersion: 1, source: { document: 'x' }, occurredAt: { unknown: true }, publishedAt: { within: '2025-11-03/2025-11-09', basis: 'estimated', reason: 'it reports the first day' } });
    const result = knownFrom(eventDefinitions.get('MetricReported') as never, parsed, timeBounds(parsed.occurredAt), parseInstant('2026-01-01T00:00:00Z') as Instant);
    expect([formatInstant(result.from), result.estimated, result.precision]).toEqual(['2025-11-10T12:00:00Z', true, 'interval']);
  });
});

describe('on a machine in another zone', () => {
  it.each(['UTC', 'America/New_York', 'Europe/Paris', 'Pacific/Auckland'])('%s gives the same bounds', (zone) => {
    const script = `import('./events/time.ts').then(({ timeBounds }) => console.log(JSON.stringify([{ throughout: '2025-11-03', calendar: 'US' }, { within: '2025-11', zone: 'America/New_York' }, { within: '2025-03-30', zone: 'Europe/Paris' }, { within: '2025-11-03' }].map(timeBounds))))`;
    const out = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' });
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify([{ throughout: '2025-11-03', calendar: 'US' }, { within: '2025-11', zone: 'America/New_York' }, { within: '2025-03-30', zone: 'Europe/Paris' }, { within: '2025-11-03' }].map((ref) => timeBounds(ref as TimeRef)))));
  });
});
