/** `tracker scenario`: worlds of synthetic events: opened, listed, looked at, archived. */
import { inState, scenarioFields, type Scenario, type ScenarioState } from '../../synthetic/catalogue.js';
import { diff, DIFF_VIEWS, type DiffQuery, type DiffView } from '../../synthetic/diff.js';
import { inspect } from '../../synthetic/inspect.js';
import { UsageError } from '../failure.js';
import { counted, print, printJson, printSlowly, printTable } from '../output.js';
import type { GlobalOptions } from '../view-options.js';
import { note, withWorlds } from '../with-tracker.js';

type Options = Omit<GlobalOptions, 'scenario'>;

export async function open(id: string, { overlay, basis, title, note: about, ...options }: Options & { overlay?: boolean; basis?: string; title?: string; note?: string }): Promise<void> {
  if (basis !== undefined && !overlay) throw new UsageError('--basis: an isolated scenario sees nothing of the real world: it goes with --overlay');
  await withWorlds(options, async (worlds, tracker) => {
    const obstacle = await tracker.runner.settled();
    if (obstacle !== null) throw obstacle;
    const { scenario, known } = await worlds.open({ scenario: id, kind: overlay ? 'overlay' : 'isolated', title, note: about, basis });
    if (options.json) printJson(scenarioFields(scenario));
    else print(`${known ? 'was open' : 'opened'}: ${sentenceOf(scenario)}`);
  });
}

export async function list({ state = 'open', ...options }: Options & { state?: ScenarioState }): Promise<void> {
  await withWorlds(options, async (worlds) => {
    const found = (await worlds.list()).filter((scenario) => inState(scenario, state));
    if (options.json) {
      found.map(scenarioFields).forEach(printJson);
      return;
    }
    if (found.length === 0) print(`no scenario${state === 'all' ? '' : ` is ${state}`}`);
    else {
      printTable(found, [
        { title: 'scenario', of: ({ scenario }) => scenario },
        { title: 'kind', of: ({ kind }) => kind },
        { title: 'sees of the real world', of: ({ base }) => (base === null ? 'nothing' : counted(base.events, 'event', 'events')) },
        { title: 'opened', of: ({ openedAt }) => openedAt },
        { title: 'archived', of: ({ archivedAt }) => archivedAt ?? '–' },
        { title: 'title', of: ({ title }) => title ?? '' },
      ]);
    }
  }, { readOnly: true });
}

export async function inspectScenario(id: string, { truth, ...options }: Options & { truth?: boolean }): Promise<void> {
  await withWorlds(options, async (worlds) => {
    const truths = await worlds.truths(id);
    if (truth) {
      truths.forEach(printJson);
      if (truths.length === 0) note('no generator left any truth here');
      return;
    }
    const scenario = await worlds.find(id);
    const found = await worlds.use(id, inspect);
    if (options.json) {
      printJson({ ...scenarioFields(scenario), ...found, truths: truths.length });
      return;
    }
    print(sentenceOf(scenario));
    if (scenario.note !== undefined) print(scenario.note);
    print(`${counted(found.events, 'event', 'events')} of its own in ${counted(found.streams, 'stream', 'streams')}${found.lastRecordedAt === null ? '' : `, the last of ${found.lastRecordedAt}`}${found.rejected > 0 ? `; ${found.rejected} rejected by their schema` : ''}`);
    if (found.types.length > 0) printTable(found.types, [{ title: 'type', of: ({ type }) => type }, { title: 'events', of: ({ events }) => events.toLocaleString('en'), right: true }]);
    if (truths.length > 0) print(`${counted(truths.length, 'ground truth', 'ground truths')}: --truth shows them`);
  }, { readOnly: true });
}

const SHOWN = 50;

export async function diffScenario(id: string, { limit, view, subject, asOf, knownAt, against, benchmark, ...options }: Options & Omit<DiffQuery, 'view'> & { view?: string; limit?: string }): Promise<void> {
  const most = limit === undefined ? (options.json ? Infinity : SHOWN) : Number(limit);
  if (!(most >= 1)) throw new UsageError(`--limit: expected a whole number from 1, got ${JSON.stringify(limit)}`);
  if (view !== undefined && !(DIFF_VIEWS as readonly string[]).includes(view)) throw new UsageError(`--view: expected one of ${DIFF_VIEWS.join(', ')}, got ${JSON.stringify(view)}`);
  await withWorlds(options, async (worlds, real) => {
    const obstacle = await real.runner.settled();
    if (obstacle !== null) throw obstacle;
    const scenario = await worlds.find(id);
    let shown = 0;
    await worlds.use(id, async (world) => {
      for await (const row of diff(real, world, scenario, { view: view as DiffView | undefined, subject, asOf, knownAt, against, benchmark })) {
        if (shown === most) {
          note(`there are more: --limit shows so many, --json all`);
          return;
        }
        shown += 1;
        if (options.json) await printSlowly(JSON.stringify(row));
        else await printSlowly(`${row.view} ${row.subject} ${row.key}: ${textOf(row.before)} → ${textOf(row.after)}${row.causes.length > 0 ? `  (${row.causes.slice(0, 2).map((link) => link.replace('/v1/events/', '').replace(/\?.*/, '')).join(', ')}${row.causes.length > 2 ? ` and ${row.causes.length - 2} more` : ''})` : ''}`);
      }
    });
    if (shown === 0 && !options.json) print('nothing that its events are about is another than in the real world');
  }, { readOnly: true });
}

const MOST_TEXT = 80;

function textOf(value: unknown): string {
  if (value === null) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
}

export async function archive(id: string, { note: why, ...options }: Options & { note?: string }): Promise<void> {
  await withWorlds(options, async (worlds) => {
    const { scenario, known } = await worlds.archive(id, why);
    if (options.json) printJson(scenarioFields(scenario));
    else print(`${known ? 'was archived' : 'archived'}: ${sentenceOf(scenario)}`);
  });
}

function sentenceOf({ scenario, kind, title, base, openedAt, archivedAt }: Scenario): string {
  return `${scenario}${title === undefined ? '' : `, ${JSON.stringify(title)}`}: ${kind === 'isolated' ? 'a world of its own' : `on the real world as it was after ${counted(base?.events ?? 0, 'event', 'events')}`}, opened ${openedAt}${archivedAt === null ? '' : `, archived ${archivedAt}`}`;
}
