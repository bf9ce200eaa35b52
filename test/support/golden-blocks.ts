/**
 * The blocks of test/fixtures/blocks-v1.bin: one of a single event, one of 64 of many shapes, one larger than 16 KiB.
 * The file was written once, with `node --import tsx test/support/golden-blocks.ts`, and is never written again: it stands
 * for what is on people's disks. A new block version gets a file of its own.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeBlock, type StoredEvent } from '../../src/store/embedded/block.js';
import type { JsonObject } from '../../src/store/port.js';

export const goldenFile = path.join(import.meta.dirname, '..', 'fixtures', 'blocks-v1.bin');

function stored(n: number, data: JsonObject): StoredEvent {
  return {
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    type: n % 3 === 0 ? 'BarClosed' : 'SentimentExpressed',
    streamId: `market.instrument-${n % 5}`,
    revision: Math.floor(n / 5),
    recordedAt: 1_762_180_200_000 + n * 61_007,
    data,
    metadata: { occurredAt: '2025-11-03T14:30:00.000Z', source: { document: 'aws-openai', locator: n } },
  };
}

const shapes: ((n: number) => JsonObject)[] = [
  (n) => ({ close: 200 + n / 7, volume: n * 1_000_003, adjusted: n % 2 === 0 }),
  (n) => ({ quote: `« Grüße № ${n} » 🚀`, polarity: -n / 64, author: null, tags: ['capex', { depth: [n, [n]] }] }),
  () => ({}),
  (n) => ({ [`key ${n}`]: n, toJSON: 'text', constructor: 1, __keys__: { a: [] }, '': 5e-324, max: Number.MAX_SAFE_INTEGER, big: 1.7976931348623157e308 }),
];

/** What the file's blocks hold. */
export function goldenBlocks(): { first: number; events: StoredEvent[] }[] {
  return [
    { first: 1, events: [stored(0, { close: 213.5 })] },
    { first: 2, events: Array.from({ length: 64 }, (_, n) => stored(n, shapes[n % shapes.length]?.(n) ?? {})) },
    { first: 2 ** 40, events: [stored(7, { text: 'long '.repeat(5000) })] },
  ];
}

/** The file's blocks, each with its length in front. */
export function readGoldenBlocks(): Buffer[] {
  const bytes = readFileSync(goldenFile);
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    blocks.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return blocks;
}

if (process.argv[1] === import.meta.filename) {
  if (existsSync(goldenFile)) throw new Error(`${goldenFile} exists: old blocks are never written again`);
  const parts = goldenBlocks().flatMap(({ first, events }) => {
    const block = encodeBlock(first, events);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(block.length);
    return [length, block];
  });
  writeFileSync(goldenFile, Buffer.concat(parts));
}
