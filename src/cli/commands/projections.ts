/** `tracker projections …`: what is folded and saved, how far, and how a new version differs from the old one. */
import { projections, rejected, rejections, rowCount, type Projection } from '../../../projections/index.js';
import { diffLedgers, foldAnew, type RowDifference } from '../../projecting/inspect.js';
import { findHead, findOlder, headsOf, restoreLedger } from '../../projecting/restore.js';
import { startRunner } from '../../projecting/runner.js';
import { openSnapshots, snapshotKey, type Head, type Snapshots } from '../../projecting/snapshots.js';
import { stateHash } from '../../projecting/state-hash.js';
import { snapshotFolder } from '../../open-tracker.js';
import { openStore } from '../../store/open.js';
import type { EventStore } from '../../store/port.js';
import { RefusedError, UsageError } from '../failure.js';
import { counted, print, printJson, printTable } from '../output.js';
import type { GlobalOptions } from '../view-options.js';
import { configOf, folded, note, withTracker } from '../with-tracker.js';

const all: readonly Projection[] = [...projections, rejected];

/** The projections of this program, and every snapshot of this store. */
export async function list(options: GlobalOptions): Promise<void> {
  await withStore(options, true, async ({ store, prefix, snapshots }) => {
    const heads = (snapshots?.heads() ?? []).filter((head) => head.store === store.id && head.prefix === prefix && head.name !== 'log');
    const rows = all.map((projection) => ({ projection, head: findHead(heads, snapshotKey(store.id, prefix, projection)) }));
    const older = heads.filter((head) => rows.every((row) => row.head !== head));
    const lines = [
      ...rows.map(({ projection: { name, version }, head }) => ({ name, version, of: 'this program', head })),
      ...older.map((head) => ({ name: head.name, version: head.version, of: 'another version', head })),
    ];
    if (options.json) return lines.forEach(({ name, version, of, head }) => printJson({ name, version, of, snapshot: head && { order: head.order, position: head.position, rows: head.rows, hash: head.hash, savedAt: head.savedAt } }));
    printTable(lines, [
      { title: 'projection', of: (line) => `${line.name}@${line.version}` },
      { title: 'of', of: (line) => line.of },
      { title: 'events', right: true, of: ({ head }) => (head ? String(head.order) : '–') },
      { title: 'rows', right: true, of: ({ head }) => (head ? String(head.rows) : '–') },
      { title: 'snapshot', of: ({ head }) => head?.savedAt ?? 'none: folds from the start' },
    ]);
  });
}

/** Folds up to the store's head, from snapshots where there are, and says how each projection stands. */
export async function status(options: GlobalOptions): Promise<void> {
  await withTracker(options, async (tracker) => {
    await folded(tracker);
    const { runner } = tracker;
    const lines = [...runner.states.values()].map((state) => ({ name: state.projection.name, version: state.projection.version, events: state.order, behind: runner.events() - state.order, rows: rowCount(state.ledger), hash: stateHash(state), problem: state.fault?.message ?? null }));
    if (options.json) lines.forEach(printJson);
    else {
      printTable(lines, [
        { title: 'projection', of: (line) => `${line.name}@${line.version}` },
        { title: 'events', right: true, of: (line) => String(line.events) },
        { title: 'behind', right: true, of: (line) => String(line.behind) },
        { title: 'rows', right: true, of: (line) => String(line.rows) },
        { title: 'state hash', of: (line) => line.hash.slice(0, 16) },
        { title: '', of: (line) => (line.problem === null ? '' : `stopped: ${line.problem}`) },
      ]);
    }
    const stopped = lines.filter((line) => line.problem !== null);
    if (stopped.length > 0) throw new RefusedError(`${stopped.map((line) => line.name).join(', ')} stopped: mend the program and start again`);
  }, { readOnly: true });
}

/** Folds projections from the start and puts the result in the place of their snapshots. */
export async function rebuild(names: readonly string[], options: GlobalOptions): Promise<void> {
  const wanted = names.length === 0 ? all : names.map(find);
  await withStore(options, false, async ({ store, prefix, snapshots }) => {
    if (!snapshots) throw new UsageError('rebuild: there is no place for snapshots; name one with --snapshots');
    const before = snapshots.heads();
    const began = Date.now();
    const runner = startRunner(store, { prefix, projections, snapshots, anew: new Set(wanted.map(({ name }) => name)), log: note });
    try {
      const obstacle = await runner.settled();
      if (obstacle) throw obstacle;
      await runner.save();
      for (const projection of wanted) {
        const state = runner.states.get(projection.name);
        if (!state) continue;
        const old = findHead(before, snapshotKey(store.id, prefix, projection));
        const now = stateHash(state);
        const compared = old === null || old.order !== state.order ? null : old.hash === now;
        if (options.json) printJson({ name: projection.name, version: projection.version, events: state.order, rows: rowCount(state.ledger), hash: now, sameAsBefore: compared, problem: state.fault?.message ?? null });
        else print(`${projection.name}@${projection.version}: ${state.order} events, ${rowCount(state.ledger)} rows, state hash ${now.slice(0, 16)}${compared === null ? '' : compared ? ', the same as before' : ', another than before'}${state.fault ? `; stopped: ${state.fault.message}` : ''}`);
      }
      note(`folded in ${((Date.now() - began) / 1000).toFixed(1)} s; a server that runs keeps what it has: restart it`);
    } finally {
      await runner.close();
    }
  }, { runnerClosesSnapshots: true });
}

const MAX_SHOWN = 50;

/** Folds this program's version to where a snapshot ends, and shows the rows that differ. */
export async function diff(name: string, options: GlobalOptions & { against?: string; limit?: string }): Promise<void> {
  const projection = find(name);
  const limit = options.limit === undefined ? MAX_SHOWN : Number(options.limit);
  if (!Number.isInteger(limit) || limit < 0) throw new UsageError(`--limit: expected a whole number, got ${options.limit}`);
  await withStore(options, true, async ({ store, prefix, snapshots }) => {
    const head = chooseHead(snapshots?.heads() ?? [], store, prefix, projection, options.against);
    const before = restoreLedger(snapshots as Snapshots, head, projection.initial());
    const [state] = await foldAnew(store, prefix, [{ projection, upTo: head.order }]);
    if (!state) throw new Error('unreachable: one target, one state');
    const { ledger, order, fault } = state;
    if (fault) throw new RefusedError(`${name}@${projection.version} stops after event ${order}: ${fault.message}`);
    const counts = { added: 0, removed: 0, changed: 0 };
    for (const found of diffLedgers(before, ledger)) {
      counts[found.kind] += 1;
      if (counts.added + counts.removed + counts.changed > limit) continue;
      if (options.json) printJson(found);
      else print(describe(found));
    }
    const total = counts.added + counts.removed + counts.changed;
    const summary = `${name}@${projection.version} against the snapshot of version ${head.version} at event ${head.order}: ${total === 0 ? 'every row is the same' : `${counts.added} rows added, ${counts.removed} removed, ${counts.changed} changed`}`;
    if (options.json) note(summary);
    else print(summary);
    if (total > limit) note(`${limit} of ${total} are shown: --limit shows more`);
    if (total > 0) process.exitCode = 1;
  });
}

/** The events that their schema rejects. */
export async function listRejected(options: GlobalOptions & { limit?: string }): Promise<void> {
  const limit = Number(options.limit ?? MAX_SHOWN);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError(`--limit: expected a whole number from 1, got ${options.limit}`);
  await withTracker(options, async (tracker) => {
    await folded(tracker);
    const { runner } = tracker;
    const ledger = runner.states.get('rejected')?.ledger;
    const count = ledger ? rowCount(ledger) : 0;
    const rows = ledger ? rejections(ledger, limit) : [];
    if (options.json) {
      for (const row of rows) printJson({ order: row.order, streamId: row.streamId, revision: row.revision, id: row.id, ...row.value });
      return;
    }
    for (const row of rows) {
      print(`${row.streamId}/${row.revision}  ${row.value.type}`);
      for (const { path, expected, received } of row.value.problems) print(`  ${path}: ${expected}, got ${received}`);
    }
    print(count === 0 ? 'no event was rejected' : `${counted(count, 'event is', 'events are')} not of the language${count > rows.length ? `; the last ${rows.length} are shown` : ''}. What is stored stays; append what should have been there.`);
  }, { readOnly: true });
}

function find(name: string): Projection {
  const found = all.find((projection) => projection.name === name);
  if (!found) throw new UsageError(`there is no projection ${name}; there are ${all.map((projection) => projection.name).join(', ')}`);
  return found;
}

/** The snapshot of the version asked for; unasked the newest older one, else this version's own. */
function chooseHead(heads: readonly Head[], store: EventStore, prefix: string, projection: Projection, against: string | undefined): Head {
  const key = snapshotKey(store.id, prefix, projection);
  const own = headsOf(heads, key);
  const found = against === undefined ? (findOlder(heads, key, {}) ?? findHead(heads, key)) : own.find((head) => head.version === Number(against));
  if (found) return found;
  const have = [...new Set(own.map((head) => head.version))].sort((a, b) => a - b);
  throw new RefusedError(`there is no snapshot of ${projection.name}${against === undefined ? '' : ` version ${against}`} to compare with${have.length === 0 ? '' : `; there are versions ${have.join(', ')}`}`);
}

function describe({ kind, streamId, revision, series, paths, before, after }: RowDifference): string {
  const where = `${streamId}/${revision}`;
  if (kind === 'added') return `+ ${where}  ${series}  ${JSON.stringify(after?.value)}`;
  if (kind === 'removed') return `- ${where}  ${series}  ${JSON.stringify(before?.value)}`;
  const at = (row: unknown, path: string): string => JSON.stringify(path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], row)) ?? 'nothing';
  return `~ ${where}  ${series}  ${paths.map((path) => `${path}: ${at(before, path)} → ${at(after, path)}`).join('; ')}`;
}

interface Opened {
  store: EventStore;
  prefix: string;
  snapshots: Snapshots | null;
}

async function withStore(options: GlobalOptions, readOnly: boolean, work: (opened: Opened) => Promise<void>, { runnerClosesSnapshots = false } = {}): Promise<void> {
  const config = configOf(options);
  const folder = snapshotFolder(config);
  const store = await openStore(config.store, { readOnly: true, log: note });
  let snapshots: Snapshots | null = null;
  try {
    try {
      snapshots = folder === null ? null : openSnapshots(folder, { readOnly });
    } catch (error) {
      if (!readOnly) throw error;
    }
    await work({ store, prefix: config.prefix, snapshots });
  } finally {
    if (!runnerClosesSnapshots) await snapshots?.close();
    await store.close();
  }
}
