/** Rows and their packed form are the same to whoever asks, whenever they were packed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant, type Instant, type TypedEvent } from '../../events/index.js';
import { ALL, allRows, emptyLedger, emptyNames, openChunk, packRows, packTail, rowAt, rowCount, hasRow, seriesNames, standingRows, latestRow, lastChange, marketValue, sentiment, timeline, type ChunkBytes, type ChunkSource, type Ledger, type Projection, type Row, type Sight } from '../../projections/index.js';
import { openValues, packValues } from '../../projections/packed-values.js';
import { aHistory, aMoment } from '../support/histories.js';
import { typed } from '../support/given.js';

const json = fc.jsonValue({ noUnicodeString: false });
const at = (text: string): Instant => parseInstant(text) as Instant;

/** A ledger that packs whenever three rows are there. */
function foldPacked(projection: Projection, events: readonly TypedEvent[], between: (ledger: Ledger) => void = () => {}): Ledger {
  const ledger = emptyLedger(3);
  for (const event of events) {
    projection.evolve(ledger, event);
    packTail(ledger);
    between(ledger);
  }
  return ledger;
}

function foldPlain(projection: Projection, events: readonly TypedEvent[]): Ledger {
  const ledger = emptyLedger();
  for (const event of events) projection.evolve(ledger, event);
  return ledger;
}

function sourceOf({ details, values }: ChunkBytes): ChunkSource {
  return { details: () => details, values: () => values };
}

/** The same bytes at a place that is a multiple of nothing. */
function shift(bytes: Uint8Array): Uint8Array {
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  return shifted.subarray(3);
}

/** Everything that can be asked of a ledger. */
function answers(ledger: Ledger, sight: Sight, asOf: Instant): unknown {
  return seriesNames(ledger, '').map((series) => [series, standingRows(ledger, series, sight), standingRows(ledger, series, sight, { upTo: asOf }), standingRows(ledger, series, sight, { after: asOf }), latestRow(ledger, series, sight, asOf), latestRow(ledger, series, sight, null), lastChange(ledger, series, sight.order)]);
}

it('a series has a standing row where there is a last one', () => {
  let [seen, unseen] = [0, 0];
  fc.assert(
    fc.property(aHistory, aMoment, fc.integer({ min: 0, max: 100 }), fc.constantFrom('latest', 'earliest'), (history, knownAt, share, imprecise) => {
      const events = typed(history);
      const sight: Sight = { order: Math.ceil((events.length * share) / 100), known: at(knownAt), imprecise };
      const ledger = foldPacked(marketValue, events);
      for (const series of seriesNames(ledger, '')) {
        const has = hasRow(ledger, series, sight);
        if (has) seen += 1;
        else unseen += 1;
        expect([series, has]).toEqual([series, latestRow(ledger, series, sight, null) !== null]);
      }
    }),
    { numRuns: 200 },
  );
  expect([seen > 20, unseen > 20]).toEqual([true, true]);
});

describe('packed values', () => {
  it('come back as they were, key order and negative zero included', () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 20 }), (values) => {
        const packed = packValues(values);
        const read = openValues(packed, values.length);
        const back = values.map((_, index) => read(index));
        expect(back).toStrictEqual(values);
        expect(JSON.stringify(back)).toBe(JSON.stringify(values));
        // Any one of them alone too.
        values.forEach((_, index) => expect(openValues(packed, values.length)(index)).toStrictEqual(values[index]));
      }),
      { numRuns: 500 },
    );
  });

  it('keep texts that are no well-formed Unicode, and numbers at the edges', () => {
    const values = ['\ud800', '', '\u0000', -0, 0, 2 ** 31, -(2 ** 31), 2 ** 31 - 1, 2 ** 53 - 1, 5e-324, -1.5, 127, 128, 16_383, 16_384, [[], {}], { a: { b: [null, true, false] } }, JSON.parse('{"__proto__":[1]}') as unknown];
    const read = openValues(packValues(values), values.length);
    expect(values.map((_, index) => read(index))).toStrictEqual(values);
  });

  it('leave out what JSON leaves out', () => {
    expect(openValues(packValues([{ a: undefined, b: 1 }]), 1)(0)).toStrictEqual({ b: 1 });
  });
});

describe('packed rows', () => {
  const cases = [marketValue, sentiment, timeline] as const;

  it('are the rows that were packed', () => {
    fc.assert(
      fc.property(aHistory, (history) => {
        const events = typed(history);
        for (const projection of cases) expect([...allRows(foldPacked(projection, events))]).toEqual([...allRows(foldPlain(projection, events))]);
      }),
      { numRuns: 100 },
    );
  });

  it('give every answer that the same rows give unpacked, at any sight and moment', () => {
    fc.assert(
      fc.property(aHistory, aMoment, aMoment, fc.integer({ min: 0, max: 100 }), fc.constantFrom('latest', 'earliest'), fc.boolean(), (history, asOf, knownAt, share, imprecise, bounded) => {
        const events = typed(history);
        const sight: Sight = { order: Math.ceil((events.length * share) / 100), known: bounded ? at(knownAt) : null, imprecise };
        for (const projection of cases) expect(answers(foldPacked(projection, events), sight, at(asOf))).toEqual(answers(foldPlain(projection, events), sight, at(asOf)));
      }),
      { numRuns: 200 },
    );
  });

  it('give them too when they were asked while rows came and were packed', () => {
    fc.assert(
      fc.property(aHistory, aMoment, (history, asOf) => {
        const events = typed(history);
        for (const projection of cases) {
          const asked = foldPacked(projection, events, (ledger) => answers(ledger, ALL, at(asOf)));
          expect(answers(asked, ALL, at(asOf))).toEqual(answers(foldPlain(projection, events), ALL, at(asOf)));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are the same bytes when rows are packed that were packed before: a restart does not change the hash', () => {
    fc.assert(
      fc.property(aHistory, (history) => {
        const rows = [...allRows(foldPlain(timeline, typed(history)))];
        const first = packRows(rows, emptyNames());
        const opened = openChunk(first.index, emptyNames(), sourceOf(first));
        const again = packRows(rows.map((_, row) => opened.row(row)), emptyNames());
        for (const part of ['index', 'details', 'values'] as const) expect(Buffer.compare(again[part], first[part])).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('can be opened from a buffer that is not aligned', () => {
    const rows = [...allRows(foldPlain(marketValue, typed(fc.sample(aHistory, { numRuns: 1, seed: 3 })[0] ?? [])))];
    const bytes = packRows(rows, emptyNames());
    const chunk = openChunk(shift(bytes.index), emptyNames(), sourceOf({ ...bytes, details: shift(bytes.details), values: shift(bytes.values) }));
    expect(rows.map((_, row) => chunk.row(row))).toEqual(rows);
  });

  it('of another format are refused by name', () => {
    const bytes = packRows([], emptyNames());
    bytes.index[0] = 99;
    expect(() => openChunk(bytes.index, emptyNames(), sourceOf(bytes))).toThrow('chunk format 99 is unknown');
  });

  it('are refused where others came before: their names would be other names', () => {
    const bytes = packRows([], { list: ['one'], places: null });
    expect(() => openChunk(bytes.index, emptyNames(), sourceOf(bytes))).toThrow('does not follow');
  });

  it('count on over chunks and tail', () => {
    const ledger = emptyLedger(2);
    const row = (order: number): Row => ({ series: 's', order, id: `00000000-0000-4000-8000-00000000000${order}`, streamId: 'x', revision: order, role: 'observation', fact: `00000000-0000-4000-8000-00000000000${order}`, names: null, from: at('2025-11-03T00:00:00Z'), at: at('2025-11-03T00:00:00.000000001Z'), until: at('2025-11-04T00:00:00Z'), known: { from: at('2025-11-05T00:00:00Z'), earliest: at('2025-11-05T00:00:00Z'), precision: 'month', estimated: true }, anchor: null, side: null, value: order });
    for (let order = 1; order <= 5; order += 1) {
      ledger.tail.push(row(order));
      packTail(ledger);
      expect(rowCount(ledger)).toBe(order);
    }
    expect([ledger.chunks.length, ledger.tail.length]).toEqual([2, 1]);
    expect([0, 1, 2, 3, 4].map((number) => rowAt(ledger, number))).toEqual([1, 2, 3, 4, 5].map(row));
  });
});
