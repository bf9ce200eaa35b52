/** Exports of a tracker: which tables, of what, and what the manifest says of it. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { CALENDAR_VERSION, formatInstant, LANGUAGE_VERSION, QUANTITY_RULE } from '../../events/index.js';
import { positionOf } from '../projecting/log-index.js';
import { stateHash } from '../projecting/state-hash.js';
import { selectionOf, type SelectionQuery } from '../replay/selection-query.js';
import { factsHash, factText } from '../store/facts.js';
import type { Position } from '../store/port.js';
import type { Tracker } from '../tracker.js';
import { resolveEntity, resolveInstrument } from '../views/catalog.js';
import { encodeToken, openContext, ViewError, type ViewContext } from '../views/context.js';
import type { ReactionQuery } from '../views/reaction.js';
import { listOf } from '../views/study-settings.js';
import { abnormalReturnsTable } from './abnormal-returns-table.js';
import { eventsTable } from './events-table.js';
import type { Head } from './manifest.js';
import { marketValueTable } from './market-value-table.js';
import { sentimentTable } from './sentiment-table.js';
import type { Table, TableName } from './table.js';

export interface ExportQuery extends Omit<SelectionQuery, 'instrument' | 'entity'>, Omit<ReactionQuery, 'instrument' | 'date'> {
  /** Only what was known by then. */
  knownAt?: string | undefined;
  /** Valid time of the studies. */
  asOf?: string | undefined;
  /** Ids or symbols with commas between; of events one. */
  instrument?: string | undefined;
  entity?: string | undefined;
  halfLife?: string | undefined;
}

/**
 * The tables that are asked for, of the log up to what is folded.
 * @throws ViewError
 */
export function tablesOf(tracker: Tracker, names: readonly TableName[], query: ExportQuery): Table[] {
  const { runner } = tracker;
  const head = runner.position();
  const basis = encodeToken(tracker.store.id, head);
  const context = openContext(runner, { knownAt: query.knownAt, basis });
  const [instruments, entities] = [listOf(query.instrument), listOf(query.entity)];
  const chosen = <T>(given: readonly T[]): readonly T[] | null => (given.length === 0 ? null : given);
  return names.map((name): Table => {
    switch (name) {
      case 'events':
        return eventsTable(tracker, { selection: eventSelection(tracker, query, instruments, entities), knownAt: context.sight.known, head });
      case 'market_value':
        // One that is named leaves the others out, of either kind.
        return marketValueTable(context, { instruments: chosen(idsOf(context, instruments)) ?? (entities.length > 0 ? [] : null), entities: chosen(entitiesOf(context, entities)) ?? (instruments.length > 0 ? [] : null) });
      case 'sentiment':
        return sentimentTable(context, { entities: chosen(entitiesOf(context, entities)), halfLife: query.halfLife });
      case 'abnormal_returns': {
        if (instruments.length === 0) throw new ViewError('bad-parameter', 400, 'instrument: abnormal returns need the shares that are studied, such as XNAS:AMZN,XNAS:NVDA');
        const { benchmark, model, factors, windows, estimation, returns, adjustment } = query;
        return abnormalReturnsTable(runner, { asOf: query.asOf, knownAt: query.knownAt, basis }, { announcements: chosen(listOf(query.announcement)), instruments, study: { benchmark, model, factors, windows, estimation, returns, adjustment } });
      }
    }
  });
}

function eventSelection(tracker: Tracker, { type, stream, announcement, from, to }: ExportQuery, instruments: readonly string[], entities: readonly string[]): ReturnType<typeof selectionOf> {
  if (instruments.length > 1 || entities.length > 1) throw new ViewError('bad-parameter', 400, `${instruments.length > 1 ? 'instrument' : 'entity'}: events are chosen by one; several are for the other tables`);
  return selectionOf(tracker, { type, stream, announcement, from, to, instrument: instruments[0], entity: entities[0] });
}

function idsOf(context: ViewContext, given: readonly string[]): string[] {
  return given.map((one) => resolveInstrument(context, one).value.instrument);
}

function entitiesOf(context: ViewContext, given: readonly string[]): string[] {
  return given.map((one) => resolveEntity(context, one).value.entity);
}

/** @param command as it is told: what made the export */
export function headOf(tracker: Tracker, tables: readonly Table[], query: ExportQuery, command: string): Head {
  const { runner, store, prefix } = tracker;
  const { version } = createRequire(import.meta.url)('market-reaction-tracker/package.json') as { version: string };
  const context = openContext(runner, { knownAt: query.knownAt, asOf: query.asOf });
  const { knownAt: _known, asOf: _asOf, ...selection } = query;
  return {
    program: 'market-reaction-tracker',
    version,
    node: process.version,
    command,
    store: store.id,
    basis: encodeToken(store.id, runner.position()),
    prefix,
    positions: { from: runner.events() === 0 ? null : positionOf(runner.log, 1), to: runner.position() },
    clock: 'published',
    knownAt: context.sight.known && formatInstant(context.sight.known),
    asOf: context.asOf && formatInstant(context.asOf),
    scenario: runner.scenario,
    selection: Object.fromEntries(Object.entries(selection).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    projections: [...runner.states.values()].map((state) => ({ name: state.projection.name, version: state.projection.version, stateHash: stateHash(state) })),
    schemaHash: createHash('sha256').update(JSON.stringify([LANGUAGE_VERSION, tables.map(({ name, columns }) => [name, columns])])).digest('hex'),
    calendarVersion: CALENDAR_VERSION,
    quantityRule: QUANTITY_RULE,
    seed: null,
  };
}

/** Over all facts up to a position, in the order of the log: what an import is held against. */
export async function logHash({ store, prefixes }: Tracker, head: Position | null): Promise<string> {
  const facts = factsHash();
  if (head !== null) {
    for await (const batch of store.readAll({ streamPrefixes: prefixes })) for (const event of batch) if (event.position <= head) facts.add(factText(event));
  }
  return facts.hex();
}
