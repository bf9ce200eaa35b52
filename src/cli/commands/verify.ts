/**
 * `tracker verify`: is the store as it was written? A folder is verified in a process of its own, since bytes that are bad
 * outside of the blocks, or a file that is cut short, can end the process that reads them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { projections, rejected } from '../../../projections/index.js';
import { snapshotFolder } from '../../open-tracker.js';
import { openSnapshots, SnapshotsUnusableError, type Snapshots } from '../../projecting/snapshots.js';
import { verifySnapshots } from '../../projecting/verify-snapshots.js';
import { openStore } from '../../store/open.js';
import { DamagedStoreError } from '../../store/port.js';
import { verifyAt, type CheckReport } from '../../store/verify.js';
import { explain, exitCodeOf } from '../failure.js';
import { counted, print, printJson, progressLine } from '../output.js';
import type { GlobalOptions } from '../view-options.js';
import { configOf, note } from '../with-tracker.js';

interface Subject {
  store: string;
  prefix: string;
  /** Where snapshots lie; null: nowhere. */
  snapshots: string | null;
  progress: (events: number) => void;
}

/** What is verified, in turn. Each gives the reports of its checks; it throws where it cannot tell. */
const verifications: readonly ((subject: Subject) => Promise<CheckReport[]>)[] = [
  ({ store, prefix, progress }) => verifyAt(store, { streamPrefixes: [prefix], progress, log: note }),
  verifySaved,
];

/** Where there are snapshots, and the store can be read whole. */
async function verifySaved({ store: url, prefix, snapshots: folder }: Subject): Promise<CheckReport[]> {
  if (folder === null || !existsSync(folder)) return [];
  const store = await openStore(url, { readOnly: true, log: note });
  let snapshots: Snapshots | null = null;
  try {
    snapshots = openSnapshots(folder, { readOnly: true });
    return [await verifySnapshots(store, prefix, snapshots, [...projections, rejected])];
  } catch (error) {
    // What is wrong with the store itself the checks before this one have said.
    if (error instanceof SnapshotsUnusableError || error instanceof DamagedStoreError) return [];
    throw error;
  } finally {
    await snapshots?.close();
    await store.close();
  }
}

const SOUND = 0;
const DAMAGED = 1;
const UNKNOWN = 2;

/** How a process ends that reads what is not there, or that LMDB ends because pages contradict each other. */
const CRASHES: readonly (NodeJS.Signals | null)[] = ['SIGSEGV', 'SIGBUS', 'SIGABRT', 'SIGILL', 'SIGFPE', 'SIGTRAP'];

export async function verify(options: GlobalOptions & { inProcess?: boolean; export?: string }): Promise<void> {
  if (options.export !== undefined) return (await import('./verify-export.js')).verifyExported(options.export, options);
  const config = configOf(options);
  const { store, prefix } = config;
  const snapshots = snapshotFolder(config);
  const isFolder = /^file:/i.test(store);
  if (isFolder && !options.inProcess) return inItsOwnProcess(options);
  const line = progressLine();
  const reports: CheckReport[] = [];
  try {
    for (const verification of verifications) reports.push(...(await verification({ store, prefix, snapshots, progress: (events) => line.show(counted(events, 'event', 'events')) })));
  } catch (error) {
    line.done();
    // A folder that could be opened and then cannot be read is damaged; what a server does not show cannot be told.
    const damaged = isFolder && exitCodeOf(error) === 1;
    if (!damaged) return cannotTell(options, explain(error));
    reports.push(fileDamaged(explain(error)));
  }
  line.done();
  tell(options, reports);
}

async function inItsOwnProcess(options: GlobalOptions): Promise<void> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1), '--in-process'], { stdio: 'inherit' });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (code !== null) process.exitCode = code;
  else if (CRASHES.includes(signal)) tell(options, [fileDamaged(`reading it ended the process (${signal}): its pages contradict each other, or it is cut short`)]);
  else cannotTell(options, `verifying was ended by ${signal}`);
}

function fileDamaged(message: string): CheckReport {
  return { check: 'file', looked: 1, unit: 'files', findings: [{ position: null, streamId: null, message: `data.mdb: ${message}` }], found: 1 };
}

function tell(options: GlobalOptions, reports: readonly CheckReport[]): void {
  const found = reports.reduce((sum, report) => sum + report.found, 0);
  process.exitCode = found === 0 ? SOUND : DAMAGED;
  if (options.json) return printJson({ sound: found === 0, checks: reports });
  for (const { check, looked, unit, findings, found: inAll } of reports) {
    print(`${check.padEnd(10)} ${looked.toLocaleString('en').padStart(11)} ${unit.padEnd(7)} ${inAll === 0 ? 'sound' : counted(inAll, 'finding', 'findings')}`);
    for (const { message } of findings) print(`  ${message}`);
    if (inAll > findings.length) print(`  and ${inAll - findings.length} more`);
  }
  print(found === 0 ? 'The store is sound.' : `The store is damaged: ${counted(found, 'finding', 'findings')}. docs/operations.md says what is still served and how to restore.`);
}

function cannotTell(options: GlobalOptions, problem: string): void {
  process.exitCode = UNKNOWN;
  if (options.json) printJson({ sound: null, problem });
  else note(`tracker: cannot tell: ${problem}`);
}
