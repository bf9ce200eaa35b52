/** `tail -f feed.ndjson | tracker append -`: a feed without an end, a server that goes away, and Ctrl-C. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { MAIN, ROOT, runTracker } from '../support/cli.js';
import { startStandIn } from '../support/eventstoredb-stand-in/stand-in.js';
import { testId } from '../support/given.js';

let folder: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tracker-feed-'));
});
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(() => rm(folder, { recursive: true, force: true }));

const line = (n: number): string => `${JSON.stringify({ id: testId(n), type: 'EntityRegistered', data: { entity: `e${n}`, name: 'x', kind: 'company' }, metadata: { occurredAt: { unknown: true }, source: { document: 'feed' } } })}\n`;

function start(store: string, ...args: string[]): { child: ChildProcess; send: (text: string) => void; output: { out: string; err: string }; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [MAIN, 'append', ...args, '--store', store], { cwd: ROOT, stdio: 'pipe' });
  children.push(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (output.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.err += data.toString()));
  return { child, send: (text) => child.stdin.write(text), output, ended: once(child, 'close').then(([code]) => code as number | null) };
}

async function until(what: () => boolean, tellWhy: () => string): Promise<void> {
  for (let tries = 0; !what(); tries += 1) {
    if (tries > 800) throw new Error(`it never came: ${tellWhy()}`);
    await pause(50);
  }
}

it('stores lines as they come while the feed stays open; Ctrl-C ends it and says where to go on', async () => {
  const store = `file:${path.join(folder, 'open')}`;
  const { child, send, output, ended } = start(store, '--json', '-');
  const stored = (count: number): Promise<void> => until(() => output.out.split('\n').length - 1 >= count, () => output.err);
  send(line(1));
  await stored(1);
  send(line(2).slice(0, 40));
  await pause(100);
  expect(output.out.trim().split('\n')).toHaveLength(1);
  send(`${line(2).slice(40)}${line(3)}${line(4).slice(0, 30)}`);
  await stored(3);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(output.err).toContain('stopped after line 3; send the feed from line 4 on');
  expect(runTracker(['events', '--json', '--store', store]).stdout.trim().split('\n')).toHaveLength(3);
});

it('waits for a server that goes away, and neither loses nor doubles a line when it is back', async () => {
  const standIn = await startStandIn();
  try {
    const { child, send, output, ended } = start(`${standIn.url}&defaultDeadline=1000`, '--json', '-');
    const stored = (count: number): Promise<void> => until(() => output.out.split('\n').length - 1 >= count, () => output.err);
    send(line(1));
    await stored(1);
    // An append whose answer never comes is stored all the same; then nobody answers at all.
    standIn.fail('append', 'swallow', 1);
    send(line(2) + line(3));
    await pause(300);
    standIn.refuseConnections();
    standIn.dropConnections();
    send(line(4));
    // The store itself has patience for 15 seconds: a restart may take longer.
    await until(() => output.err.includes('waiting for it'), () => output.out);
    standIn.heal();
    send(line(5));
    await stored(5);
    child.stdin?.end();
    expect(await ended).toBe(0);
    const ids = standIn.log.records.filter(({ streamId }) => streamId.startsWith('market.entity-')).map(({ id }) => id);
    expect(ids).toEqual([1, 2, 3, 4, 5].map(testId));
  } finally {
    await standIn.stop();
  }
});
