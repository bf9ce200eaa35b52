/**
 * Which scenarios there are: one stream that holds who opened and archived what. It is read when it is asked for, and is
 * itself in no world.
 */
import { z } from 'zod';
import { SCENARIO_KINDS, scenarioArchivedSchema, scenarioOpenedSchema, scenarioStreams, type ScenarioOpened } from '../../events/index.js';
import { scenarioEventId } from '../ids.js';
import { WrongExpectedRevisionError, type EventStore, type JsonObject, type NewEvent, type Position, type RecordedEvent } from '../store/port.js';
import { encodeToken, ViewError } from '../views/context.js';

export interface Scenario extends ScenarioOpened {
  openedAt: string;
  /** Where it was opened in the log: no event of its own lies before. */
  opened: Position;
  archivedAt: string | null;
}

/** A scenario as API and commands show it. */
export const scenarioSchema = z
  .object({
    scenario: z.string(),
    kind: z.enum(SCENARIO_KINDS).meta({ description: 'isolated: a world of its own; overlay: on the real one as it was at `basis`, of which nothing later is seen' }),
    title: z.string().nullable(),
    note: z.string().nullable(),
    basis: z.string().nullable().meta({ description: 'of an overlay: the real world asked with this basis is what lies below it' }),
    realEvents: z.number().meta({ description: 'how many real events it sees' }),
    openedAt: z.string(),
    archivedAt: z.string().nullable(),
  })
  .meta({ id: 'Scenario' });

export function scenarioFields({ scenario, kind, title, note, base, openedAt, archivedAt }: Scenario): z.infer<typeof scenarioSchema> {
  return { scenario, kind, title: title ?? null, note: note ?? null, basis: base && encodeToken(base.store, base.position), realEvents: base?.events ?? 0, openedAt, archivedAt };
}

export const SCENARIO_STATES = ['open', 'archived', 'all'] as const;
export type ScenarioState = (typeof SCENARIO_STATES)[number];

export function inState({ archivedAt }: Scenario, state: ScenarioState): boolean {
  return state === 'all' || (archivedAt !== null) === (state === 'archived');
}

/** Thrown when a scenario can't be opened as asked, or takes no more events. */
export class ScenarioRefusedError extends Error {
  override readonly name = 'ScenarioRefusedError';
  constructor(readonly kind: 'scenario-exists' | 'scenario-archived' | 'scenario-not-openable', message: string) {
    super(message);
  }
}

export interface Catalogue {
  /** In the order in which they were opened. */
  list(): Promise<Scenario[]>;
  /** @throws ViewError not-found, with what there is */
  find(id: string): Promise<Scenario>;
  /** The same again changes nothing. @throws ScenarioRefusedError where the id stands for another one */
  open(opened: ScenarioOpened): Promise<{ scenario: Scenario; known: boolean }>;
  /** It can be read for ever, and takes no more events. @throws ViewError not-found */
  archive(id: string, note: string | undefined): Promise<{ scenario: Scenario; known: boolean }>;
}

const PAGE = 1000;
const TRIES = 50;

export function catalogueOf(store: EventStore, prefix: string): Catalogue {
  const { catalogue: stream } = scenarioStreams(prefix);
  const scenarios = new Map<string, Scenario>();
  let last: number | null = null;

  function note({ type, data, position, recordedAt }: RecordedEvent): void {
    const opened = type === 'ScenarioOpened' ? scenarioOpenedSchema.safeParse(data) : null;
    if (opened?.success && !scenarios.has(opened.data.scenario)) scenarios.set(opened.data.scenario, { ...opened.data, openedAt: recordedAt, opened: position, archivedAt: null });
    const archived = type === 'ScenarioArchived' ? scenarioArchivedSchema.safeParse(data) : null;
    const found = archived?.success ? scenarios.get(archived.data.scenario) : undefined;
    if (found) found.archivedAt ??= recordedAt;
  }

  async function refresh(): Promise<void> {
    for (;;) {
      const page: RecordedEvent[] = await store.readStream(stream, { ...(last === null ? {} : { from: last }), limit: PAGE });
      for (const event of page) {
        // Two readers at once read the same page.
        if (last !== null && event.revision <= last) continue;
        note(event);
        last = event.revision;
      }
      if (page.length < PAGE) return;
    }
  }

  async function find(id: string): Promise<Scenario> {
    await refresh();
    const found = scenarios.get(id);
    if (found) return found;
    const open = [...scenarios.values()].filter(({ archivedAt }) => archivedAt === null).map(({ scenario }) => scenario);
    throw new ViewError('not-found', 404, `no scenario ${JSON.stringify(id.slice(0, 80))}; ${open.length === 0 ? 'none is open' : `there are ${open.slice(0, 8).join(', ')}${open.length > 8 ? ` and ${open.length - 8} more` : ''}`}`);
  }

  /** Appends once the decision holds for the stream as it is. @param decide null: nothing needs to be written */
  async function decided(decide: () => NewEvent | null): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      await refresh();
      const event = decide();
      if (event === null) return false;
      try {
        await store.append(stream, [event], { expectedRevision: last ?? 'no_stream' });
        await refresh();
        return true;
      } catch (error) {
        if (!(error instanceof WrongExpectedRevisionError) || attempt === TRIES) throw error;
      }
    }
  }

  return {
    async list() {
      await refresh();
      return [...scenarios.values()];
    },
    find,
    async open(opened) {
      const fresh = await decided(() => {
        const there = scenarios.get(opened.scenario);
        if (!there) return eventOf('ScenarioOpened', opened.scenario, opened as unknown as JsonObject);
        if (there.kind === opened.kind && there.title === opened.title && there.note === opened.note && JSON.stringify(there.base) === JSON.stringify(opened.base) && there.archivedAt === null) return null;
        throw new ScenarioRefusedError('scenario-exists', `scenario ${opened.scenario} was opened at ${there.openedAt}${there.archivedAt === null ? '' : `, and archived at ${there.archivedAt}`}: an id stands for one scenario for ever; choose another`);
      });
      return { scenario: scenarios.get(opened.scenario) as Scenario, known: !fresh };
    },
    async archive(id, note) {
      await find(id);
      const fresh = await decided(() => (scenarios.get(id)?.archivedAt === null ? eventOf('ScenarioArchived', id, { scenario: id, ...(note === undefined ? {} : { note }) }) : null));
      return { scenario: scenarios.get(id) as Scenario, known: !fresh };
    },
  };
}

function eventOf(type: string, scenario: string, data: JsonObject): NewEvent {
  return { id: scenarioEventId(scenario, type), type, data: JSON.parse(JSON.stringify(data)) as JsonObject, metadata: { schemaVersion: 1 } };
}
