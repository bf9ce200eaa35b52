/** Sorting with runs on disk gives what sorting in memory gives, and leaves nothing behind. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sorter, type Keyed } from '../../src/replay/sorting.js';

const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('tracker-sort-'));

async function sortedBy(items: readonly Keyed[], most: number): Promise<Keyed[]> {
  const waiting = sorter(most);
  for (const item of items) await waiting.add(item);
  const found: Keyed[] = [];
  for await (const item of waiting.inOrder()) found.push(item);
  return found;
}

const item = fc.record({ a: fc.integer({ min: -9e12, max: 9e12 }), b: fc.nat(999_999), text: fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)) });

it('any items, held by any number, come in order', async () => {
  const before = folders();
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 60 }), fc.integer({ min: 1, max: 70 }), async (given, most) => {
      const items = given.map((one, c) => ({ ...one, c }));
      const expected = [...items].sort((x, y) => x.a - y.a || x.b - y.b || x.c - y.c);
      expect(await sortedBy(items, most)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
  expect(folders()).toEqual(before);
});

it('more runs than are merged at once are merged by levels; lines longer than what is read at once stay whole', async () => {
  const items = Array.from({ length: 2000 }, (_, c): Keyed => ({ a: (c * 7919) % 2003, b: 0, c, text: JSON.stringify(c % 500 === 0 ? '€'.repeat(200_000) : String(c)) }));
  const found = await sortedBy(items, 1);
  expect(found.map(({ a }) => a)).toEqual(items.map(({ a }) => a).sort((x, y) => x - y));
  expect(found.filter(({ text }) => text.length > 100).map(({ text }) => JSON.parse(text) as string)).toEqual(Array.from({ length: 4 }, () => '€'.repeat(200_000)));
});

it('whoever leaves early leaves nothing behind', async () => {
  const before = folders();
  const waiting = sorter(2);
  for (let c = 0; c < 20; c += 1) await waiting.add({ a: 20 - c, b: 0, c, text: '1' });
  for await (const { a } of waiting.inOrder()) if (a === 5) break;
  expect(folders()).toEqual(before);
});
