/** `tracker verify` as an operator runs it, and a tracker on a store of which a block is damaged. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { damageBlock, MAIN, ROOT, runTracker, type Ran } from '../support/cli.js';

let folder = '';
let data = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-verify-cli-'));
  data = path.join(folder, 'data');
  expect(runTracker(['seed', 'seeds/', '--store', `file:${data}`]).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copyOf(name: string): string {
  const copy = path.join(folder, name);
  cpSync(data, copy, { recursive: true });
  return copy;
}
const verify = (where: string, ...more: string[]): Ran => runTracker(['verify', '--store', `file:${where}`, ...more]);

describe('tracker verify', () => {
  it('says that a sound store is sound, with nothing on stderr where that is no terminal', () => {
    const { code, stdout, stderr } = verify(data);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^blocks +\d+ blocks +sound\n(.*\n)*ids +[\d,]+ events +sound\n(.*\n)*The store is sound\.\n$/);
    expect(JSON.parse(verify(data, '--json').stdout)).toMatchObject({ sound: true, checks: expect.arrayContaining([{ check: 'ids', looked: expect.any(Number) as number, unit: 'events', findings: [], found: 0 }]) as unknown });
    expect(runTracker(['verify', '--store', 'memory:'])).toMatchObject({ code: 0 });
  });

  it('works on a copied folder that may not be written, and changes nothing there', (context) => {
    if (process.platform === 'win32') return context.skip('permissions of folders work differently on Windows');
    const copy = copyOf('read-only');
    rmSync(path.join(copy, 'lock.mdb'));
    chmodSync(path.join(copy, 'data.mdb'), 0o444);
    chmodSync(copy, 0o555);
    chmodSync(folder, 0o755);
    const before = readFileSync(path.join(copy, 'data.mdb'));
    // Permissions do not bind root, who therefore asks as somebody else.
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const ran = runTracker(['verify', '--store', `file:${copy}`], nobody);
    if (/EACCES.*main\.js|Cannot find module/.test(ran.stderr)) return context.skip('an unprivileged user cannot run programs from this folder');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(path.join(copy, 'data.mdb')).equals(before)).toBe(true);
    chmodSync(copy, 0o755);
  });

  it('exits 1 and names the block where one is damaged', async () => {
    const copy = copyOf('damaged');
    const first = await damageBlock(copy, 20);
    const position = String(first).padStart(16, '0');
    expect(verify(copy)).toMatchObject({ code: 1, stderr: '', stdout: expect.stringMatching(new RegExp(`the block at ${position} \\(events ${first} to \\d+\\) is damaged: its checksum does not match\\. It holds market\\.[^]*The store is damaged: 1 finding\\.`)) as string });
    expect(JSON.parse(verify(copy, '--json').stdout)).toMatchObject({ sound: false, checks: [{ check: 'blocks', found: 1, findings: [{ position }] }, {}, {}, {}, { check: 'index', found: 0 }] });
  });

  it('exits 1 where the file is cut short, which would end any process that reads it', () => {
    const copy = copyOf('cut');
    truncateSync(path.join(copy, 'data.mdb'), 96 * 1024);
    const { code, stdout } = verify(copy);
    expect([code, stdout]).toEqual([1, expect.stringContaining('data.mdb: ') as string]);
  });

  const cannot = (store: string): string => {
    const { code, stdout, stderr } = runTracker(['verify', '--store', store]);
    expect([code, stdout]).toEqual([2, '']);
    return stderr;
  };

  it('exits 2 where it cannot tell: no store there, or something else', () => {
    expect(cannot(`file:${path.join(folder, 'missing')}`)).toMatch(/^tracker: cannot tell: .*missing does not exist/);
    const other = path.join(folder, 'other');
    cpSync(path.join(ROOT, 'seeds'), other, { recursive: true });
    expect(cannot(`file:${other}`)).toMatch(/holds something else/);
    const garbage = copyOf('garbage');
    writeFileSync(path.join(garbage, 'data.mdb'), 'text');
    expect(cannot(`file:${garbage}`)).toMatch(/is not a store's/);
    expect(runTracker(['verify', '--json', '--store', `file:${garbage}`])).toMatchObject({ code: 2, stdout: expect.stringMatching(/^\{"sound":null,"problem":/) as string });
    expect(runTracker(['verify', '--store', 'redis:'])).toMatchObject({ code: 2 });
  });

  it('exits 2 where the server does not answer', () => {
    expect(cannot('esdb://127.0.0.1:9?tls=false&defaultDeadline=300')).toMatch(/127\.0\.0\.1:9 does not answer/);
  }, 60_000);
});

describe('a tracker on a damaged store', () => {
  it('serves the views up to the damage, and says in /readyz where it is', async () => {
    const copy = copyOf('served');
    const first = await damageBlock(copy, 20);
    const child = spawn(process.execPath, [MAIN, 'start', '--port', '0', '--store', `file:${copy}`], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      let url = '';
      for await (const line of createInterface(child.stderr)) {
        url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
        if (url !== '') break;
      }
      const ready = await fetch(`${url}/readyz`);
      expect([ready.status, await ready.json()]).toEqual([503, { ready: false, state: 'backing-off', problems: [expect.stringContaining(`the block at ${String(first).padStart(16, '0')} is damaged`) as string] }]);
      const projections = (await (await fetch(`${url}/v1/projections`)).json()) as { events: number };
      // Not one event beyond the damage is folded: a figure that lacks some would be wrong.
      expect(projections.events).toBe(first - 1);
      const view = await fetch(`${url}/v1/announcements`);
      expect([view.status, view.headers.get('tracker-state')]).toEqual([200, 'backing-off']);
    } finally {
      child.kill('SIGINT');
      await once(child, 'exit');
    }
  });

  it('answers on the command line too, with exit 1 and a word about it', async () => {
    const copy = copyOf('asked');
    const first = await damageBlock(copy, -1);
    const { code, stdout, stderr } = runTracker(['market-value', 'XNAS:AMZN', '--store', `file:${copy}`]);
    expect([code, stdout]).toEqual([1, expect.stringContaining('Measured') as string]);
    expect(stderr).toContain(`this answer holds only what was stored before the damage (${(first - 1).toLocaleString('en')} events)`);
  });
});
