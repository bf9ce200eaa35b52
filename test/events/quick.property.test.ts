/** The short way through the gate lets in nothing that the long way would refuse or change. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventDefinitions, metadataSchema } from '../../events/index.js';
import { isPlainBar, isPlainMetadata } from '../../events/quick.js';

/** Values that are right, nearly right, and wrong. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', ' x', 'x', 0, -1, 1, 2, 0.5, NaN, Infinity, '2025-11-03', '2025-11-01', '2025-02-30', '2031-01-02', 'US', 'regular', 'split', 'USD', 'usd', 'acme', 'Acme', '-acme', true, [], {}),
  fc.constantFrom<unknown>({ at: '2025-11-03T10:00:00Z' }, { at: 'now' }, { at: '2025-11-03T10:00:00Z', x: 1 }, { throughout: '2025-11-03', calendar: 'US' }, { throughout: '2025-11-01', calendar: 'US' }, { unknown: true }, { document: 'd' }, { document: ' d' }, { document: 'd', locator: '' }, { date: '2025-11-03', calendar: 'US', kind: 'regular' }, { date: '2025-11-03', calendar: 'US', kind: 'regular', x: 1 }),
);

function mutated(valid: Record<string, unknown>): fc.Arbitrary<Record<string, unknown>> {
  const keys = [...Object.keys(valid), 'surplus', '$correlationId', 'repeats'];
  return fc.array(fc.tuple(fc.constantFrom(...keys), odd), { maxLength: 3 }).map((changes) => {
    const value = { ...valid };
    for (const [key, to] of changes) {
      if (to === undefined) delete value[key];
      else value[key] = to;
    }
    return value;
  });
}

const bar = { instrument: 'acme', open: 1, high: 2, low: 0.5, close: 1.5, volume: 10, session: { date: '2025-11-03', calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split' };
const metadata = { schemaVersion: 2, occurredAt: { throughout: '2025-11-03', calendar: 'US' }, publishedAt: { at: '2025-11-03T21:00:00Z' }, source: { document: 'prices', locator: 'row 1' }, confidence: 0.9, $correlationId: 'x' };

describe('the short way', () => {
  it.each([
    ['for bars', bar, isPlainBar, eventDefinitions.get('BarClosed')?.data],
    ['for metadata', metadata, isPlainMetadata, metadataSchema],
  ])('%s agrees with the schema', (_, valid, quick, schema) => {
    expect(quick(valid)).toBe(true);
    fc.assert(
      fc.property(mutated(valid), (value) => {
        if (!quick(value)) return;
        const parsed = schema?.safeParse(value);
        expect(parsed?.error).toBeUndefined();
        expect(parsed?.data).toEqual(value);
      }),
      { numRuns: 5000 },
    );
  });
});
