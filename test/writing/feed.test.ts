/** A feed is stored in order, each line once, however it is cut into pieces, repeated and interrupted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../events/index.js';
import { openMemoryStore } from '../../src/store/memory/memory-store.js';
import type { EventStore } from '../../src/store/port.js';
import { FeedRefusedError, storeFeed, type FeedOptions, type Line } from '../../src/writing/feed.js';
import { testId } from '../support/given.js';

const line = (n: number, entity = `e${n % 3}`, name = entity): string => JSON.stringify({ id: testId(n), type: 'EntityRegistered', data: { entity, name, kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'feed' } } });
const numbered = (texts: readonly string[]): Line[] => texts.map((text, i) => ({ number: i + 1, text }));
const target = (store: EventStore): Parameters<typeof storeFeed>[0] => ({ store, prefix: 'market.', now: () => instant(Date.UTC(2026, 0, 1)) });

async function feed(store: EventStore, batches: readonly (readonly Line[])[], options: Partial<FeedOptions> = {}): Promise<{ stored: number; known: number; refused: number; last: number; told: string[] }> {
  const told: string[] = [];
  async function* all(): AsyncGenerator<readonly Line[]> {
    await Promise.resolve();
    yield* batches;
  }
  const result = await storeFeed(target(store), all(), { keepGood: false, signal: new AbortController().signal, tell: (message) => told.push(message), stored: () => undefined, ...options });
  return { ...result, told };
}

async function idsIn(store: EventStore, prefix = 'market.'): Promise<string[]> {
  const ids: string[] = [];
  for await (const batch of store.readAll({ streamPrefixes: [prefix] })) ids.push(...batch.map(({ id }) => id));
  return ids;
}

describe('a feed', () => {
  it('is stored in order, each line once, however it is cut into batches, sent again and written beside', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 30 }), fc.array(fc.nat(29), { maxLength: 6 }), fc.nat(29), async (numbers, cuts, restart) => {
        const store = openMemoryStore();
        const lines = numbered(numbers.map((n) => line(n)));
        const places = [...new Set([0, ...cuts.filter((cut) => cut < lines.length), lines.length])].sort((a, b) => a - b);
        const batches = places.slice(1).map((end, i) => lines.slice(places[i], end));
        // Somebody else writes one of the events between two batches.
        const other = JSON.parse(line(numbers.at(-1) ?? 1)) as { id: string };
        await feed(store, [lines.slice(0, restart)]);
        await feed(store, [[{ number: 1, text: JSON.stringify(other) }]]);
        await feed(store, batches);
        const ids = await idsIn(store);
        expect(ids.length).toBe(new Set(ids).size);
        expect(new Set(ids)).toEqual(new Set(numbers.map(testId)));
      }),
      { numRuns: 60 },
    );
  });

  it('finds a line again in a stream of thousands', async () => {
    const store = openMemoryStore();
    const lines = numbered(Array.from({ length: 3000 }, (_, i) => line(i + 1, 'one')));
    await feed(store, [lines]);
    expect(await feed(store, [lines.slice(0, 1), lines.slice(1, 2)])).toMatchObject({ stored: 0, known: 2 });
  });

  it('stops at a line that is refused: what comes before is stored, it and the rest are not', async () => {
    const store = openMemoryStore();
    const told: string[] = [];
    const failed = feed(store, [numbered([line(1), '{"type":"Nothing"}', line(2)])], { tell: (message) => told.push(message) });
    await expect(failed).rejects.toThrow(FeedRefusedError);
    await expect(failed).rejects.toThrow(/^line 2 was refused: the lines before it are stored/);
    expect(told[0]).toMatch(/^line 2\.type: expected/);
    expect(await idsIn(store)).toEqual([testId(1)]);
  });

  it('goes on after it where that is wanted, and says each', async () => {
    const store = openMemoryStore();
    const result = await feed(store, [numbered([line(1), 'not json', '', line(2), '{"type":"Nothing"}']), [{ number: 6, text: line(3) }]], { keepGood: true });
    expect(result).toMatchObject({ stored: 3, known: 0, refused: 2, last: 6 });
    expect(result.told).toEqual([expect.stringMatching(/^line 2: not JSON/), expect.stringMatching(/^line 5\.type/)]);
  });

  it('refuses a known id with other content, and stores the lines around it', async () => {
    const store = openMemoryStore();
    await feed(store, [numbered([line(1, 'a')])]);
    const lines = numbered([line(2, 'b'), line(1, 'a', 'another'), line(3, 'a')]);
    await expect(feed(store, [lines])).rejects.toThrow('line 2 was refused');
    expect(await idsIn(store)).toEqual([1, 2].map(testId));
    const result = await feed(store, [lines], { keepGood: true });
    expect(result).toMatchObject({ stored: 1, known: 1, refused: 1 });
    expect(result.told[0]).toMatch(/^line 2: stream market\.entity-a holds event .* with other content: data\.name differs/);
  });

  it('gives lines without an id one by their number under a key, whatever is left out before them', async () => {
    const [one, other] = [openMemoryStore(), openMemoryStore()];
    const bare = (entity: string): string => JSON.stringify({ ...(JSON.parse(line(1, entity)) as object), id: undefined });
    await feed(one, [numbered([bare('a'), 'broken', bare('b')])], { keepGood: true, idempotencyKey: 'k' });
    await feed(other, [numbered([bare('a'), bare('c'), bare('b')])], { idempotencyKey: 'k' });
    const b = async (store: EventStore): Promise<string[]> => idsIn(store, 'market.entity-b');
    expect(await b(one)).toEqual(await b(other));
  });
});
