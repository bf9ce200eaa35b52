/** A basis over HTTP, where chance seldom leads: the tag of an answer goes by what its basis has, and by nothing later. */
import { expect, it } from 'vitest';
import { accepted, move, retracted, testId, type Happened } from '../support/given.js';
import { emptyTracker, served } from '../support/in-process.js';

const of = (instrument: string, { input }: Happened): Happened => ({ input: { ...input, data: { ...(input['data'] as object), instrument } } });
const made: Happened = { input: { type: 'AnnouncementMade', data: { announcement: 'deal', title: 'a deal', parties: [{ entity: 'acme', role: 'customer' }] }, metadata: { occurredAt: { unknown: true }, publishedAt: { at: '2025-11-03T14:00:00Z' }, source: { document: 'test' } } } };

it('the tag of a basis stays when a stream with amendments of before joins what the view reads', async () => {
  const api = await served(emptyTracker());
  const { tracker, url } = api;
  let id = 1;
  const store = async (...history: Happened[]): Promise<void> => {
    for (const { streamId, event } of accepted(history, (id += 100))) await tracker.store.append(streamId, [event], { expectedRevision: 'any' });
    await tracker.runner.waitFor((await tracker.store.head()) ?? '', 5000);
  };
  const path = `${url}/v1/announcements/deal/timeline`;
  await store(made, of('peer', move('1.0', { announcement: 'deal' })));
  // Nothing of this is in the timeline.
  await store(move('4.7', { id: testId(1) }), retracted(testId(1), { id: testId(2) }));
  const first = await fetch(path);
  await store(move('5.0', { announcement: 'deal' }));
  const again = await fetch(`${path}?basis=${first.headers.get('tracker-basis')}`);
  expect([again.headers.get('etag'), await again.text()]).toEqual([first.headers.get('etag'), await first.text()]);
  expect((await fetch(path)).headers.get('etag')).not.toBe(first.headers.get('etag'));
  await api.close();
});
