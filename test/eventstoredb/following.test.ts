/** The meeting of reader and feed, where the two are on different nodes: driven by hand. */
import { describe, expect, it } from 'vitest';
import type { Feed } from '../../src/store/eventstoredb/feed.js';
import { followLog } from '../../src/store/eventstoredb/following.js';
import { createMember, type MemberControl } from '../../src/store/eventstoredb/member.js';
import { toPosition } from '../../src/store/eventstoredb/position.js';
import type { Reader } from '../../src/store/eventstoredb/reading.js';
import type { RecordedEvent } from '../../src/store/port.js';
import { event } from '../contract/store-contract.js';

const recorded = (n: number): RecordedEvent => ({ ...event({ n }), streamId: 's', revision: n, position: toPosition({ commit: BigInt(n + 1), prepare: BigInt(n + 1) }), recordedAt: '2025-11-03T14:30:00.000Z' });

describe('a follower', () => {
  it('does not take to the feed before it has read as far as the feed had come, however far the node it reads from lags', async () => {
    const log = Array.from({ length: 6 }, (_, n) => recorded(n));
    const [at3, at5] = [log[3]?.position ?? '', log[5]?.position ?? ''];
    let visible = 2;
    const reader: Reader = {
      last: async () => at5,
      stream: async () => [],
      scan: async function* (from) {
        const records = log.slice(0, visible).filter(({ position }) => from === 'start' || position > from);
        visible = Math.min(4, visible + 1);
        if (records.length > 0) yield records.map((each) => ({ position: each.position, event: each }));
      },
    };
    let control: MemberControl | undefined;
    const feed: Feed = {
      state: () => 'live',
      // The feed has handed on everything up to the fourth event: those are not kept for whoever joins now.
      join: (prefixes) => (control = createMember(prefixes, 100, () => at3, () => undefined)).member,
      close: () => undefined,
    };
    const stop = new AbortController();
    const seen: number[] = [];
    for await (const message of followLog(reader, () => feed, { after: 'start', streamPrefixes: ['s'], signal: stop.signal })) {
      if (message.kind === 'events') seen.push(...message.events.map(({ revision }) => revision));
      // The last of what was read comes by the feed again, which must not double it.
      if (message.kind === 'caughtUp') for (const late of log.slice(3)) control?.offer({ kind: 'event', event: late });
      if (seen.length >= 6) stop.abort();
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
