/** `tracker scenario` and `tracker synth`, as a user runs them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runTracker, type Ran } from '../support/cli.js';

const folder = mkdtempSync(path.join(tmpdir(), 'tracker-scenario-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const tracker = (...args: string[]): Ran => runTracker([...args, '--store', `file:${path.join(folder, 'store')}`]);

it('a scenario is opened, filled, looked at, held against the real world, and archived', { timeout: 120_000 }, () => {
  expect(tracker('seed', 'seeds/').code).toBe(0);
  expect(tracker('scenario', 'list').stdout).toBe('no scenario is open\n');
  expect(tracker('scenario', 'open', 'flash-crash', '--overlay', '--title', 'Amazon falls').stdout).toMatch(/^opened: flash-crash, "Amazon falls": on the real world as it was after 2,036 events/);
  expect(tracker('scenario', 'open', 'flash-crash', '--overlay', '--title', 'Amazon falls').stdout).toMatch(/^was open: flash-crash/);
  expect(tracker('scenario', 'open', 'flash-crash')).toMatchObject({ code: 1, stderr: expect.stringContaining('an id stands for one scenario for ever') as string });
  expect(tracker('scenario', 'open', 'x', '--basis', 'abc')).toMatchObject({ code: 2, stderr: expect.stringContaining('it goes with --overlay') as string });
  expect(tracker('synth', 'shock', '--instrument', 'XNAS:AMZN', '--date', '2025-11-04', '--effect', '-0.1')).toMatchObject({ code: 2, stderr: expect.stringContaining('open it first') as string });
  expect(tracker('synth', 'shock', '--scenario', 'flash-crash', '--instrument', 'XNAS:AMZN', '--date', '2025-11-04', '--effect', '-0.1').stdout).toBe('scenario flash-crash: 18 events stored, 0 were there; 1 ground truth (tracker scenario inspect flash-crash --truth)\n');
  const { stdout: level } = tracker('market-value', 'XNAS:AMZN', '--scenario', 'flash-crash', '--as-of', '2025-11-04T21:00:00Z');
  expect(level).toContain('scenario flash-crash (synthetic), as of 2025-11-04T21:00:00Z');
  expect(level).toContain('223.92');
  const rows = tracker('scenario', 'diff', 'flash-crash', '--view', 'market-value', '--as-of', '2025-11-04T21:00:00Z').stdout;
  expect(rows).toMatch(/market-value amazon-common points\[date=2025-11-04\]\.close: 249\.32 → 223\.92\d* {2}\(scenario\.flash-crash\.instrument-amazon-common\/0\)/);
  expect(tracker('scenario', 'diff', 'flash-crash', '--view', 'nothing')).toMatchObject({ code: 2, stderr: expect.stringContaining('--view: expected one of instrument, entity') as string });
  expect(tracker('scenario', 'inspect', 'flash-crash').stdout).toContain('18 events of its own in 1 stream');
  expect(JSON.parse(tracker('scenario', 'inspect', 'flash-crash', '--truth').stdout)).toMatchObject({ generator: 'shock', values: { effect: -0.1, date: '2025-11-04' } });
  expect(tracker('scenario', 'archive', 'flash-crash').stdout).toMatch(/^archived: flash-crash/);
  expect(tracker('synth', 'shock', '--scenario', 'flash-crash', '--instrument', 'XNAS:AMZN', '--date', '2025-11-05', '--effect', '-0.1')).toMatchObject({ code: 1, stderr: expect.stringContaining('takes no more events') as string });
  expect(tracker('scenario', 'list').stdout).toBe('no scenario is open\n');
  expect(JSON.parse(tracker('scenario', 'list', '--state', 'archived', '--json').stdout)).toMatchObject({ scenario: 'flash-crash', realEvents: 2036 });
});

it('a generator prints the same bytes each time, stores them once, and is met by faults', { timeout: 120_000 }, () => {
  const printed = tracker('synth', 'market', '--firms', '3', '--days', '40', '--seed', '7', '--print');
  expect(printed.stdout.trim().split('\n')).toHaveLength(3 * 5 + 1 + 4 * 41);
  expect(tracker('synth', 'market', '--firms', '3', '--days', '40', '--seed', '7', '--print').stdout).toBe(printed.stdout);
  expect(tracker('synth', 'market', '--firms', '3', '--days', '40', '--seed', '7').stdout).toMatch(/^scenario market-7: 180 events stored, 0 were there; 4 ground truths/);
  expect(tracker('synth', 'market', '--firms', '3', '--days', '40', '--seed', '7').stdout).toMatch(/^scenario market-7: 0 events stored, 180 were there/);
  // What is printed can be sent by any means.
  const file = path.join(folder, 'events.ndjson');
  writeFileSync(file, printed.stdout);
  expect(tracker('scenario', 'open', 'by-hand').code).toBe(0);
  expect(tracker('append', file, '--scenario', 'by-hand').stdout).toBe('180 events stored, 0 were there\n');
  expect(tracker('append', file, '--scenario', 'market-7').stdout).toBe('0 events stored, 180 were there\n');
  const faulty = tracker('synth', 'sentiment', '--expressions', '100', '--faults', 'schema:0.1,drops:0.1,duplicates:0.1', '--fault-seed', '3', '--json');
  const { stored, known, refused, lost, faults } = JSON.parse(faulty.stdout) as { stored: number; known: number; refused: { faults: string[]; problem: string }[]; lost: unknown[]; faults: Record<string, number> };
  expect(stored + known + refused.length).toBe(101 - lost.length + (faults['duplicates'] ?? 0));
  expect(refused.every((one) => one.faults.includes('schema') && one.problem !== '')).toBe(true);
});

it.each([
  [['synth', 'market', '--firms', 'many'], 2, 'market: firms'],
  [['synth', 'claims', '--faults', 'fire:1'], 2, 'faults: expected NAME:RATE'],
  [['synth', 'load', '--url', 'http://example.org'], 2, 'a server of your own on loopback'],
  [['synth', 'load', '--for', 'ever'], 2, '--for: expected a time such as 60s'],
  [['scenario', 'inspect', 'nobody'], 1, 'no scenario "nobody"'],
  [['market-value', 'XNAS:AMZN', '--scenario', 'nobody'], 1, 'no scenario "nobody"'],
])('%j ends with %i', (args, code, problem) => {
  const ran = args[1] === 'load' ? runTracker(args) : tracker(...args);
  expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(problem) as string]);
});
