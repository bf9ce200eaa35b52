/** The claims ledger over the seeds: each settled claim flips at `since`, and what a claim rests on is served. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatInstant, instant, parseInstant, type Instant } from '../../events/index.js';
import { entitiesView } from '../../src/views/catalog.js';
import { entityClaimsView } from '../../src/views/claims.js';
import type { LedgerClaim } from '../../src/views/claims-schema.js';
import { openContext, type Asked } from '../../src/views/context.js';
import type { Tracker } from '../../src/tracker.js';
import { seededTracker } from '../support/in-process.js';

let tracker: Tracker;
beforeAll(async () => {
  tracker = await seededTracker();
}, 60_000);
afterAll(() => tracker.close());

/** After everything that the seeds hold: what is known decides, and not when it was true. */
const AS_OF = '2027-03-01T00:00:00Z';
const claims = (entity: string, asked: Asked = {}): LedgerClaim[] => entityClaimsView(openContext(tracker.runner, { asOf: AS_OF, ...asked }), entity, {}).body.claims;
const justBefore = (time: string): string => formatInstant(instant((parseInstant(time) as Instant).ms - 1)) as string;

describe('every claim of the seeds', () => {
  it('that is settled is so by what was known at `since`, and was not by what was known before', () => {
    const { entities } = entitiesView(openContext(tracker.runner, {})).body;
    let settled = 0;
    for (const { entity } of entities) {
      for (const claim of claims(entity).filter(({ state, since }) => state !== 'open' && since !== null)) {
        settled += 1;
        const { id, state, since } = claim;
        const then = (knownAt: string): string => claims(entity, { knownAt }).find((one) => one.id === id)?.state ?? 'not known yet';
        expect([claim.claim, then(since as string)]).toEqual([claim.claim, state]);
        expect([claim.claim, then(justBefore(since as string))]).not.toEqual([claim.claim, state]);
      }
    }
    expect(settled).toBeGreaterThan(10);
  });
  it('that is open says why, and one that is not names the event that settles it', () => {
    for (const claim of claims('openai')) {
      if (claim.state === 'open') expect([claim.claim, claim.reason]).not.toContain(null);
      else expect([claim.claim, claim.against.filter(({ standing }) => standing === 'settles').every(({ event }) => event.startsWith('/v1/events/'))]).toEqual([claim.claim, true]);
    }
  });
});
