/** Hashes of what the generators make for one seed: the same on every Node, for ever. Run by itself it prints them. */
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { synthesize } from '../../src/testing/index.js';

export const SEEDED: Readonly<Record<string, Record<string, unknown>>> = {
  market: { firms: 4, days: 60, errors: 'garch', thin: 0.1, missing: 0.1 },
  'market with heavy tails': { firms: 4, days: 60, errors: 't4', eventVariance: 2, common: 0.5, oneDate: true },
  claims: {},
  sentiment: {},
};

export function syntheticHash(name: string, seed: number): string {
  return createHash('sha256').update(JSON.stringify(synthesize(name.split(' ')[0] as string, { seed, ...SEEDED[name] }))).digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(`${JSON.stringify(Object.fromEntries(Object.keys(SEEDED).map((name) => [name, syntheticHash(name, 7)])), null, 2)}\n`);
