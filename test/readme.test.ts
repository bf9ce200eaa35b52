/** The README keeps its word: its example announcement loads, and the output it shows is what the command prints. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const README = await readFile(path.join(ROOT, 'README.md'), 'utf8');

function tracker(...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['dist/src/cli/main.js', ...args], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

it('shows the real output of tracker market-value', async () => {
  const store = `file:${await mkdtemp(path.join(tmpdir(), 'readme-'))}`;
  tracker('seed', 'seeds', '--store', store);
  const [, args = '', shown = ''] = /```\n\$ npm run -s tracker -- (.+)\n([\s\S]*?)```/.exec(README) ?? [];
  // A fact without a publication is known from when it was stored: today, here.
  const timeless = (text: string): string => text.replaceAll(/^20(2[6-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d/gm, 'when it was stored');
  expect(timeless(tracker(...args.split(' '), '--store', store).trim())).toBe(timeless(shown.trim()));
});

it('shows an announcement of one\'s own that loads', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'readme-'));
  const file = path.join(folder, 'acme.json');
  await writeFile(file, /```json\n([\s\S]*?)```/.exec(README)?.[1] ?? '');
  const store = `file:${path.join(folder, 'data')}`;
  expect(tracker('seed', file, '--store', store)).toBe('5 events stored, 0 were there\n');
  expect(tracker('timeline', 'acme-globex', '--store', store)).toContain('a fund on Acme: cannot pay for it');
});

it('docs/scenarios.md shows the real output of its commands, in their order', async () => {
  const store = `file:${await mkdtemp(path.join(tmpdir(), 'readme-'))}`;
  tracker('seed', 'seeds', '--store', store);
  const text = await readFile(path.join(ROOT, 'docs/scenarios.md'), 'utf8');
  const timeless = (output: string): string => output.replaceAll(/opened \S+Z/g, 'opened').trim();
  const blocks = [...text.matchAll(/```\n\$ npm run -s tracker -- (.+)\n([\s\S]*?)```/g)];
  expect(blocks.length).toBe(3);
  for (const [, args = '', shown = ''] of blocks) expect(timeless(tracker(...[...args.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''), '--store', store))).toBe(timeless(shown));
  // What stands there of a tester's suite is what runs as examples/tester.test.ts, but for comments.
  const example = await readFile(path.join(ROOT, 'examples/tester.test.ts'), 'utf8');
  for (const line of (/```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? '').split('\n').map((one) => one.replace(/\s*\/\/.*$/, '').trim())) expect(example.replaceAll(', type TestScenario', '')).toContain(line);
});

describe('the documentation shows the real output of', () => {
  // How many facts there are of each kind, where in its stream each stands, and versions, are the seeds' and the program's affair.
  const settled = (output: string): string => output.replace(/^as of .*$/m, '').replace(/^\d+ findings: .*$/m, '').replace(/^by \w.*$/m, '').replace(/^again with: .*$/m, '').replaceAll(/(\/v1\/events\/\S+)\/\d+/g, '$1').trim();
  let store = '';
  beforeAll(async () => {
    store = `file:${await mkdtemp(path.join(tmpdir(), 'readme-'))}`;
    tracker('seed', 'seeds', '--store', store);
  });
  it.each(['reconciliation.md', 'explain.md', 'claims.md', 'event-study.md', 'import.md', 'replay.md', 'exports.md'])('%s', async (file) => {
    const text = await readFile(path.join(ROOT, 'docs', file), 'utf8');
    const [, args = '', shown = ''] = /```\n\$ npm run -s tracker -- (.+)\n([\s\S]*?)```/.exec(text) ?? [];
    expect(settled(tracker(...args.split(' '), '--store', store))).toBe(settled(shown));
  });
});
