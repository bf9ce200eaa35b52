/** What the killed process appends: the same number gives the same events, so that a batch can be sent again. */
const DATES = ['2025-11-03', '2025-11-04', '2025-11-05', '2025-11-06', '2025-11-07'];

/** One to five events of one stream; every seventeenth event is not of the language. */
export function batch(number) {
  const instrument = `firm-${number % 6}`;
  const events = Array.from({ length: 1 + (number % 5) }, (_, index) => {
    const n = number * 5 + index;
    const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    if (n % 17 === 0) return { id, type: 'FromTheFuture', data: { n }, metadata: {} };
    const date = DATES[n % DATES.length];
    const data = { instrument, close: 1 + (n % 997) / 8, session: { date, calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split' };
    return { id, type: 'BarClosed', data, metadata: { schemaVersion: 2, occurredAt: { throughout: date, calendar: 'US' }, source: { document: 'crash test' }, confidence: 1 } };
  });
  return { streamId: `market.instrument-${instrument}`, events };
}
