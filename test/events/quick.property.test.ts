/** The short way through the gate lets in nothing that the long way would refuse or change. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventDefinitions, metadataSchema, parseNewEvent } from '../../events/index.js';
import { isPlainBar, isPlainMetadata, plainNewBar } from '../../events/quick.js';

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

  it('for a new bar lets in what the gate lets in, as it would', () => {
    const input = { id: '6f1c9c1e-0a51-4b52-9d0e-7c3f3f6a7d21', type: 'BarClosed', data: bar, metadata: { source: { document: 'prices', locator: 'row 1' } } };
    const now = { ms: Date.parse('2025-12-01T00:00:00Z'), ns: 0 };
    expect(plainNewBar(input, now.ms)).not.toBeNull();
    const part = { data: mutated(bar), metadata: mutated({ source: { document: 'prices' }, confidence: 1, schemaVersion: 2 }) };
    fc.assert(
      fc.property(mutated(input), part.data, part.metadata, fc.boolean(), (changed, data, metadata, inner) => {
        const value = inner ? { ...input, data, metadata } : changed;
        if (!plainNewBar(value, now.ms)) return;
        // With its stream stated it takes the long way.
        const long = parseNewEvent({ ...value, streamId: `market.instrument-${(value['data'] as typeof bar).instrument}` }, { prefix: 'market.', now, newId: () => input.id });
        expect(parseNewEvent(value, { prefix: 'market.', now, newId: () => input.id })).toEqual(long);
      }),
      { numRuns: 5000 },
    );
  });
});
