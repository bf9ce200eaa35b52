/** Feeds over HTTP: NDJSON of any length, stored as it comes. */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyTracker, served, type Served } from '../support/in-process.js';

let api: Served;
beforeAll(async () => {
  api = await served(emptyTracker());
});
afterAll(() => api.close());

const line = (entity: string, kind = 'company'): string => `${JSON.stringify({ type: 'EntityRegistered', data: { entity, name: entity, kind }, metadata: { occurredAt: { unknown: true }, source: { document: 'feed' } } })}\n`;
const feed = async (body: string | ReadableStream<Uint8Array>, query = '', headers: Record<string, string> = {}): Promise<{ status: number; told: Record<string, unknown> }> => {
  const response = await fetch(`${api.url}/v1/events?feed=true${query}`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson', ...headers }, body, ...(typeof body === 'string' ? {} : { duplex: 'half' as const }) });
  return { status: response.status, told: (await response.json()) as Record<string, unknown> };
};
const isThere = async (entity: string): Promise<boolean> => (await api.tracker.store.readStream(`market.entity-${entity}`)).length > 0;

describe('A feed', () => {
  it('of more than a body may have is stored whole, and its answer says from when on views see it', async () => {
    const many = Array.from({ length: 12_000 }, (_, i) => line(`large-${i % 50}-${i}`)).join('');
    const padded = many + Array.from({ length: 5 }, (_, i) => ' '.repeat(1_500_000) + line(`padded-${i}`)).join('');
    expect(padded.length).toBeGreaterThan(8 * 1024 * 1024);
    const { status, told } = await feed(padded, '', { 'idempotency-key': 'large' });
    expect([status, told['lines'], told['stored'], told['refusals']]).toEqual([201, 12_005, 12_005, []]);
    expect((await fetch(`${api.url}/v1/entities?basis=${String(told['basis'])}&fields=entities.entity`)).status).toBe(200);
    // Sent again with its key it stores nothing.
    const again = await feed(padded, '', { 'idempotency-key': 'large' });
    expect([again.status, again.told['stored'], again.told['known']]).toEqual([200, 0, 12_005]);
  });

  it('ends at a wrong line: the answer says which, how many were stored, and the others are not', async () => {
    const { status, told } = await feed(line('good-1') + line('good-2') + line('bad-1', 'nonsense') + line('good-3'));
    expect([status, told['line'], told['stored'], told['known'], told['detail']]).toEqual([400, 3, 2, 0, expect.stringMatching(/^line 3\.data\.kind: expected/) as string]);
    expect([await isThere('good-1'), await isThere('good-2'), await isThere('good-3')]).toEqual([true, true, false]);
  });

  it('goes on after wrong lines where it is told to, and lists them', async () => {
    const { status, told } = await feed(`${line('kept-1')}{\n\n${line('kept-2', 'nonsense')}${line('kept-3')}`, '&keepGood=true');
    expect([status, told['lines'], told['stored'], told['refused'], (told['refusals'] as string[]).map((text) => text.slice(0, 6))]).toEqual([201, 5, 2, 2, ['line 2', 'line 4']]);
    expect([await isThere('kept-1'), await isThere('kept-3')]).toEqual([true, true]);
  });

  it('is stored as it comes, while its sender has not ended yet; a line that is cut off is not', async () => {
    const sending = request(`${api.url}/v1/events?feed=true`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' } });
    sending.on('error', () => undefined);
    sending.write(line('early'));
    for (let tries = 0; !(await isThere('early')) && tries < 100; tries += 1) await sleep(20);
    expect(await isThere('early')).toBe(true);
    sending.write(line('cut-off').trimEnd());
    await sleep(100);
    sending.destroy();
    await sleep(200);
    expect(await isThere('cut-off')).toBe(false);
  });

  it('makes its sender wait where the store is slower: little of it is held', async () => {
    const own = await served(emptyTracker());
    const append = own.tracker.store.append.bind(own.tracker.store);
    own.tracker.store.append = async (...args) => {
      await sleep(60);
      return append(...args);
    };
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 400) controller.close();
        else controller.enqueue(new TextEncoder().encode(' '.repeat(50_000) + line(`slow-${sent}`)));
      },
    });
    const answer = fetch(`${own.url}/v1/events?feed=true`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body, duplex: 'half' } as RequestInit);
    await sleep(1500);
    // 60 ms each: some 25 are stored by now, and what is on the way lies in the sockets' buffers.
    expect(sent).toBeLessThan(300);
    own.tracker.store.append = append;
    expect((await answer).status).toBe(201);
    await own.close();
  });

  it.each([
    ['&faults=late:0.1', {}, 400, 'faults'],
    ['', { 'if-match': '"1"' }, 400, 'if-match'],
    ['', { 'content-type': 'application/json' }, 400, 'feed'],
    ['&scenario=nobody', {}, 404, 'nobody'],
  ])('%s %o is refused', async (query, headers, expected, word) => {
    const { status, told } = await feed(line('x'), query, headers);
    expect([status, told['detail']]).toEqual([expected, expect.stringContaining(word)]);
  });

  it('with a line that has no end is refused', async () => {
    const { status, told } = await feed('x'.repeat(3 * 1024 * 1024));
    expect([status, told['detail']]).toEqual([413, expect.stringContaining('line 1')]);
  });
});
