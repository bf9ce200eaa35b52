/**
 * Older schema versions: how each is validated and how it reads today. Stored events are never edited; they pass
 * through here on the way out, one version at a time.
 */
import type { z } from 'zod';
import { barClosedV1 } from './types/market.js';

export interface Upcaster {
  type: string;
  from: number;
  schema: z.ZodType;
  /** Data of version `from` as data of version `from` + 1. */
  up(data: unknown): unknown;
}

const upcasters: readonly Upcaster[] = [
  {
    type: 'BarClosed',
    from: 1,
    schema: barClosedV1,
    up(data) {
      const { date, ...bar } = data as z.infer<typeof barClosedV1>;
      return { ...bar, session: { date, calendar: 'US', kind: 'regular' }, currency: 'USD', adjustment: 'split' };
    },
  },
];

export function upcasterFor(type: string, version: number): Upcaster | undefined {
  return upcasters.find((upcaster) => upcaster.type === type && upcaster.from === version);
}
