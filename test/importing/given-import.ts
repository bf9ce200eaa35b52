/** An import into a store in memory, and what a view then says. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { instant } from '../../events/index.js';
import { openReader, type Reader } from '../../projections/index.js';
import { importPrices, type PriceImport, type PriceSettings } from '../../src/importing/prices.js';
import type { Target } from '../../src/importing/target.js';
import type { Tracker } from '../../src/tracker.js';
import { emptyTracker } from '../support/in-process.js';

export const NOW = '2025-12-01T00:00:00Z';

export interface Importing {
  tracker: Tracker;
  target: Target;
  listed: () => Promise<Reader>;
  /** Events of a stream, oldest first. */
  events: (stream: string) => ReturnType<Tracker['store']['readStream']>;
  prices: (text: string | Uint8Array, settings?: Partial<PriceSettings>, name?: string) => Promise<PriceImport>;
  file: (content: string | Uint8Array, name: string) => Promise<string>;
  close: () => Promise<void>;
}

/** @param listings symbol → id of shares in US dollars; with a day where that is when they were listed */
export async function importing(listings: Record<string, string | { id: string; from: string }> = { 'XNAS:AAA': 'aaa', 'XNYS:BBB': 'bbb' }): Promise<Importing> {
  const clock = { now: NOW };
  const tracker = emptyTracker({ now: () => new Date(clock.now) });
  const folder = await mkdtemp(path.join(tmpdir(), 'tracker-import-'));
  const target: Target = { store: tracker.store, prefix: tracker.prefix, now: () => instant(Date.parse(clock.now)) };
  for (const [symbol, listed] of Object.entries(listings)) {
    const { id, from } = typeof listed === 'string' ? { id: listed, from: null } : listed;
    const metadata = { schemaVersion: 1, confidence: 1, source: { document: 'listing' }, publishedAt: { at: '2001-01-01T00:00:00Z' }, occurredAt: from === null ? { unknown: true } : { throughout: `${from}/..`, calendar: 'US' } };
    await tracker.store.append(`market.instrument-${id}`, [{ id: crypto.randomUUID(), type: 'InstrumentListed', data: { instrument: id, symbol, name: id, kind: 'share', currency: 'USD', calendar: 'US' }, metadata }], { expectedRevision: 'any' });
  }
  const listed = async (): Promise<Reader> => {
    const head = await tracker.store.head();
    if (head !== null) await tracker.runner.waitFor(head, 10_000);
    const state = tracker.runner.states.get('registry');
    if (!state) throw new Error('no registry');
    return openReader(state.ledger, { order: state.order, known: null, imprecise: 'latest' });
  };
  const file = async (content: string | Uint8Array, name: string): Promise<string> => {
    const at = path.join(folder, name);
    await writeFile(at, content);
    return at;
  };
  return {
    tracker,
    target,
    listed,
    file,
    events: (stream) => tracker.store.readStream(stream, { limit: 10_000 }),
    async prices(text, settings = {}, name = 'prices.csv') {
      return importPrices(target, await listed(), await file(text, name), { adjustment: 'split', document: 'vendor', ...settings });
    },
    async close() {
      await tracker.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
