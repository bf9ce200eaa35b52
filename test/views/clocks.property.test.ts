/**
 * Two clocks and the basis, proved for every view over random histories of every event type (test/support/any-history.ts).
 * Each property names the mutation that it kills; fast-check prints the seed of a failure.
 */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { compareInstants, eventTypeNames, formatInstant, type Instant } from '../../events/index.js';
import { viewOperations } from '../../src/http/view-operations.js';
import { toPosition } from '../../src/store/sequence-log.js';
import { encodeToken, type Asked } from '../../src/views/context.js';
import { CLOSES } from '../support/any-facts.js';
import { anyHistory, anyMoment, momentIn, type Arrival } from '../support/any-history.js';
import { served } from '../support/in-process.js';
import { answersOf, behind, track, type Tracked } from '../support/track.js';
import { pathOf, VIEW_CALLS } from '../support/view-calls.js';

const text = (at: Instant): string => formatInstant(at) as string;
/** Evenly: fc.double draws nearly nothing but the smallest. Often all but the last few events, which then make the difference. */
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const cut = fc.oneof(share, fc.constantFrom(0.9, 0.95));
const imprecise = fc.constantFrom('latest' as const, 'earliest' as const);
const real = (arrivals: readonly Arrival[]): Arrival[] => arrivals.filter((arrival) => arrival.typed !== null);

/** What an observer can see, told from the events alone. */
function isKnown({ typed }: Arrival, by: Instant, bound: 'latest' | 'earliest'): boolean {
  return typed !== null && compareInstants(bound === 'latest' ? typed.known.from : typed.known.earliest, by) <= 0;
}

async function close(...all: readonly Tracked[]): Promise<void> {
  for (const { tracker } of all) await tracker.close();
}

describe('the histories', () => {
  const sample = fc.sample(anyHistory(), { numRuns: 300, seed: 17 });

  it('hold every event type, and every way in which one is late, vague, amended or apart', () => {
    const all = sample.flat();
    expect(new Set(all.map((arrival) => arrival.event.type))).toEqual(new Set(eventTypeNames));
    const amends = (arrival: Arrival): { id: string } | undefined => (arrival.event.data['corrects'] ?? arrival.event.data['retracts']) as { id: string } | undefined;
    const counts = { early: 0, chained: 0, withdrawnCorrection: 0, scenario: 0, unpublished: 0, estimated: 0, backfilled: 0, repeated: 0 };
    for (const history of sample) {
      const place = new Map(history.map(({ event }, index) => [event.id, index]));
      for (const [index, arrival] of history.entries()) {
        const named = amends(arrival);
        const at = named && place.get(named.id);
        if (at !== undefined && at > index) counts.early += 1;
        if (at !== undefined && amends(history[at] as Arrival)) counts[arrival.event.type === 'ObservationRetracted' ? 'withdrawnCorrection' : 'chained'] += 1;
        if (arrival.typed === null) counts.scenario += 1;
        const { publishedAt, repeats } = arrival.event.metadata as { publishedAt?: { basis?: string }; repeats?: unknown };
        if (!publishedAt) counts.unpublished += 1;
        if (publishedAt?.basis === 'estimated') counts.estimated += 1;
        if (repeats) counts.repeated += 1;
        if (arrival.typed && arrival.typed.recorded.ms - arrival.typed.known.from.ms > 14 * 86_400_000) counts.backfilled += 1;
      }
    }
    for (const [what, count] of Object.entries(counts)) expect([what, count > 20]).toEqual([what, true]);
  });

  it('are asked by every view that there is', () => {
    expect([...new Set(VIEW_CALLS.map((call) => call.of))].sort()).toEqual(viewOperations.map((operation) => operation.id).sort());
  });
});

describe('every view', () => {
  // Kills: `<=` to `<` in `sees`; known.from for known.earliest, or the other way round; an order that is not looked at.
  it('at (asOf, knownAt, basis) equals the view folded from only what was known', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(), anyMoment, anyMoment, fc.boolean(), share, imprecise, async (history, a, k, timed, upTo, bound) => {
        const knownAt = momentIn(history, k);
        const asked: Asked = { imprecise: bound, ...(timed ? { asOf: text(momentIn(history, a)) } : {}) };
        const all = await track(history);
        const count = Math.round(history.length * upTo);
        const only = await track(history.slice(0, count).filter((arrival) => isKnown(arrival, knownAt, bound)));
        const basis = encodeToken(all.tracker.store.id, count === 0 ? null : toPosition(count));
        expect(answersOf(all, { ...asked, knownAt: text(knownAt), basis })).toEqual(answersOf(only, asked));
        await close(all, only);
      }),
      { numRuns: 80 },
    );
  });

  // Kills: known times for the log's order in the recorded clock; recordedAt of a clock that went back; an order off by one.
  it('by the recorded clock equals the view folded from only what was recorded', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(), anyMoment, fc.nat(60), fc.integer({ min: -1, max: 1 }), async (history, a, at, ms) => {
        const arrived = Date.parse((history[at % history.length] as Arrival).recordedAt) + ms;
        const asOf = text(momentIn(history, a));
        const all = await track(history);
        const only = await track(history.filter((arrival) => Date.parse(arrival.recordedAt) <= arrived));
        expect(answersOf(all, { asOf, clock: 'recorded', knownAt: new Date(arrived).toISOString() })).toEqual(answersOf(only, { asOf }));
        await close(all, only);
      }),
      { numRuns: 60 },
    );
  });

  // Kills: rivals by arrival instead of (known, id); sums in arrival order; an index that is not told of late rows (it is
  // asked half-way); a correction that comes before its original taken for an observation.
  it('on the published clock answers alike in whatever order the events arrived', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(), anyMoment, anyMoment, fc.infiniteStream(fc.nat()), async (history, a, k, dice) => {
        // Without a publication an event is known from its arrival: that clock is the store's own.
        const events = real(history).filter((arrival) => arrival.typed?.known.precision !== 'recorded');
        const shuffled = events.map((arrival) => ({ arrival, key: Number(dice.next().value) })).sort((x, y) => x.key - y.key).map(({ arrival }, index) => ({ ...arrival, recordedAt: (events[index] as Arrival).recordedAt }));
        const asked = { asOf: text(momentIn(history, a)), knownAt: text(momentIn(history, k)) };
        const told = await track(events);
        const half = shuffled.length >> 1;
        const other = await track(shuffled.slice(0, half));
        answersOf(other, asked);
        await other.add(shuffled.slice(half));
        expect(answersOf(other, asked)).toEqual(answersOf(told, asked));
        await close(told, other);
      }),
      { numRuns: 60 },
    );
  });

  // Kills: a projection that reads streams of every prefix; a correction looked up by its id alone.
  it('is the same with and without what a scenario holds', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(), anyMoment, async (history, k) => {
        const asked = { knownAt: text(momentIn(history, k)) };
        const [both, without] = [await track(history), await track(real(history))];
        expect(answersOf(both, asked)).toEqual(answersOf(without, asked));
        await close(both, without);
      }),
      { numRuns: 40 },
    );
  });
});

describe('over HTTP', () => {
  const get = async (url: string, path: string): Promise<{ bytes: string; etag: string | null; basis: string }> => {
    const response = await fetch(url + path);
    return { bytes: Buffer.from(await response.arrayBuffer()).toString('base64'), etag: response.headers.get('etag'), basis: response.headers.get('tracker-basis') ?? '' };
  };
  const grid = { asOf: '2025-11-03T00:00:00Z,2025-11-05T21:00:00Z', knownAt: '2025-11-02T00:00:00Z/2025-12-02T00:00:00Z/P30D' };

  // Kills: a default asOf, a list of names or an ETag that looks past the basis; an ETag that leaves out a series, an
  // amendment, or the cells of a grid that have no answer.
  it('a request repeated with its basis is the same to the byte, tag included, after any further appends, and a tag that stays stands for the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(), anyMoment, anyMoment, cut, async (history, a, k, upTo) => {
        const count = Math.round(history.length * upTo);
        const tracked = await track(history.slice(0, count));
        const api = await served(tracked.tracker);
        const asked = [{}, { asOf: text(momentIn(history, a)), knownAt: text(momentIn(history, k)) }, grid];
        const calls = VIEW_CALLS.flatMap((call) => asked.map((more) => pathOf(call, more)));
        const before = new Map<string, Awaited<ReturnType<typeof get>>>();
        for (const path of calls) before.set(path, await get(api.url, path));
        await tracked.add(history.slice(count));
        for (const [path, first] of before) {
          const now = await get(api.url, path);
          if (now.etag !== null && now.etag === first.etag) expect([path, now.bytes]).toEqual([path, first.bytes]);
          // A refusal carries no basis: there is nothing to repeat.
          if (first.etag === null) continue;
          const again = await get(api.url, `${path}&basis=${first.basis}`);
          expect([path, again]).toEqual([path, first]);
        }
        await api.close();
      }),
      { numRuns: 15 },
    );
  });
});

describe('no view', () => {
  // Kills: known from the beginning of a published day instead of its end; a day without a zone that ends in UTC.
  it('shows a fact at a knownAt inside its own publication day or month', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(), fc.nat(60), share, async (history, pick, inside) => {
        const dated = real(history).filter(({ event }) => event.metadata['publishedAt'] !== undefined && 'within' in (event.metadata['publishedAt'] as object));
        const chosen = dated[pick % Math.max(1, dated.length)];
        fc.pre(chosen !== undefined);
        const [lo, hi] = dayOrMonth(chosen.event.metadata['publishedAt'] as { within: string; zone?: string });
        const knownAt = new Date(Math.min(hi - 1, Math.floor(lo + (hi - lo) * inside))).toISOString();
        const tracked = await track(history);
        for (const answer of answersOf(tracked, { knownAt })) expect(behind(answer)).not.toContain(chosen.event.id);
        await close(tracked);
      }),
      { numRuns: 80 },
    );
  });

  // Kills: a bar that is true or known at its open, or from its publication alone, also with imprecise=earliest.
  it('shows a close before its bar has ended', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(), fc.nat(60), imprecise, fc.integer({ min: 1, max: 10 * 3_600_000 }), async (history, pick, bound, before) => {
        const bars = real(history).filter(({ typed }) => typed?.observedType === 'BarClosed');
        const chosen = bars[pick % bars.length];
        fc.pre(chosen !== undefined);
        const { date } = (chosen.typed?.observedData as { session: { date: string } }).session;
        const moment = new Date((CLOSES.get(date) as number) - before).toISOString();
        const tracked = await track(history);
        for (const asked of [{ asOf: moment }, { knownAt: moment }]) {
          for (const answer of answersOf(tracked, { ...asked, imprecise: bound })) expect(behind(answer)).not.toContain(chosen.event.id);
        }
        await close(tracked);
      }),
      { numRuns: 80 },
    );
  });
});

describe('asOf inside an imprecise time', () => {
  // Kills: a period that counts from its start, or only from its end; one that is left out while it may be true.
  it('gives possible, and certain once the period or its publication is over: never silently in or out', async () => {
    let straddled = 0;
    await fc.assert(
      fc.asyncProperty(anyHistory(), fc.nat(60), share, async (history, pick, inside) => {
        const amended = new Set(history.map(({ event }) => ((event.data['corrects'] ?? event.data['retracts']) as { id?: string } | undefined)?.id));
        const named = new Set(history.map(({ event }) => ((event.data['original'] ?? {}) as { id?: string }).id));
        const vague = real(history).filter(({ event, typed }) => 'within' in (event.metadata['occurredAt'] as object) && typed?.occurred && Number.isFinite(typed.occurred.lo.ms) && ['MarketMoveReported', 'PriceObserved', 'SentimentExpressed'].includes(event.type) && !amended.has(event.id) && !named.has(event.id));
        const chosen = vague[pick % Math.max(1, vague.length)];
        const occurred = chosen?.typed?.occurred;
        fc.pre(chosen !== undefined && occurred !== undefined && occurred !== null);
        const { lo, hi } = occurred;
        const asOf = new Date(Math.floor(lo.ms + (hi.ms - lo.ms) * inside)).toISOString();
        const over = Math.min(hi.ms, Math.max(lo.ms, chosen.typed?.known.from.ms ?? NaN));
        const tracked = await track(history);
        const shown = answersOf(tracked, { asOf }).filter((answer) => answer.startsWith('{')).flatMap((answer) => entries(JSON.parse(answer))).filter((entry) => entry['event'] === chosen.event.id && 'status' in entry);
        for (const entry of shown) expect([entry, asOf, over, entry['status']]).toEqual([entry, asOf, over, Date.parse(asOf) >= over ? 'certain' : 'possible']);
        const subject = (chosen.event.data['instrument'] ?? chosen.event.data['entity']) as string;
        // The call for the other instrument asks for less than everything.
        const registered = subject !== 'peer-common' && answersOf(tracked, {}).some((answer, place) => VIEW_CALLS[place]?.id === subject && answer.startsWith('{'));
        if (registered) expect(shown.length).toBeGreaterThan(0);
        if (registered && Date.parse(asOf) < over) straddled += 1;
        await close(tracked);
      }),
      { numRuns: 80 },
    );
    expect(straddled).toBeGreaterThan(10);
  });
});

/** Bounds of a published day, month or interval, by rules of their own: without a zone from UTC+14 to 12:00Z of the next day. */
function dayOrMonth({ within, zone }: { within: string; zone?: string }): [number, number] {
  const [first, last = first] = within.split('/') as [string, string?];
  const start = (day: string): number => (zone === undefined ? Date.parse(`${day}T00:00:00Z`) - 14 * 3_600_000 : DateTime.fromISO(day, { zone }).toMillis());
  const end = (day: string): number => {
    const unit = day.length === 7 ? 'month' : 'day';
    return zone === undefined ? DateTime.fromISO(day, { zone: 'utc' }).plus({ [unit]: 1 }).toMillis() + 12 * 3_600_000 : DateTime.fromISO(day, { zone }).plus({ [unit]: 1 }).toMillis();
  };
  return [start(first.length === 7 ? `${first}-01` : first), end(last)];
}

/** Every object in a body. */
function entries(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : [value as Record<string, unknown>]), ...Object.values(value).flatMap(entries)];
}
