/** Reads seed files and turns them into accepted events; says file, fact and field of whatever is wrong. */
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { describeProblem, InvalidEventInputError, parseNewEvent, problemsOf, type AcceptedEvent, type Instant } from '../../events/index.js';
import { seedEventId } from '../ids.js';
import { readBars } from './bars.js';
import { seedSchema, type Seed } from './format.js';
import { SeedError } from './seed-error.js';

interface LoadedSeed {
  file: string;
  seed: Seed;
}

export interface SeedOptions {
  prefix: string;
  now: () => Instant;
}

/**
 * Loads seeds from files and folders (their *.json of format 1, by name).
 * @returns the events in the order of files and facts
 * @throws SeedError with every fault found
 */
export async function loadSeeds(paths: readonly string[], { prefix, now }: SeedOptions): Promise<AcceptedEvent[]> {
  const options = { prefix, now: now() };
  const loaded: LoadedSeed[] = [];
  for (const file of await seedFiles(paths)) loaded.push({ file, seed: await readSeed(file) });
  refuseTwins(loaded);
  const editions = new Map(loaded.flatMap(({ seed }) => seed.facts.map((fact) => [`${seed.document}#${fact.id}`, fact.edition ?? 1] as const)));
  const documents = new Set(loaded.map(({ seed }) => seed.document));
  const events: AcceptedEvent[] = [];
  const streams = new Map<string, string>();
  const faults: string[] = [];
  for (const { file, seed } of loaded) {
    for (const input of inputsOf(seed, { editions, documents, streams, faults, file })) {
      try {
        const event = parseNewEvent(input.event, { ...options, newId: () => input.event.id });
        streams.set(event.id, event.streamId);
        events.push(event);
      } catch (error) {
        if (!(error instanceof InvalidEventInputError)) throw error;
        faults.push(...error.problems.map((problem) => `${file}: ${input.where}: ${describeProblem(problem)}`));
      }
    }
    for (const bars of seed.bars ?? []) {
      for (const bar of await readBars(path.join(path.dirname(file), bars.file), bars, seed)) {
        try {
          events.push(parseNewEvent(bar.event, { ...options, newId: () => bar.event.id }));
        } catch (error) {
          if (!(error instanceof InvalidEventInputError)) throw error;
          faults.push(...error.problems.map((problem) => `${path.join(path.dirname(file), bars.file)}: line ${bar.line}: ${describeProblem(problem)}`));
        }
      }
    }
  }
  if (faults.length > 0) throw new SeedError(faults.length > 20 ? [...faults.slice(0, 20), `… and ${faults.length - 20} more`] : faults);
  return events;
}

/** A document may be spread over files; ids of events are made from document and fact, so a fact stands in one of them. */
function refuseTwins(loaded: readonly LoadedSeed[]): void {
  const first = new Map<string, string>();
  for (const { file, seed } of loaded) {
    for (const { id } of seed.facts) {
      const other = first.get(`${seed.document}#${id}`);
      if (other !== undefined && other !== file) throw new SeedError([`${file}: ${id}: expected one fact ${seed.document}#${id}, got another in ${other}`]);
      first.set(`${seed.document}#${id}`, file);
    }
  }
}

async function seedFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const given of paths) {
    const info = await stat(given).catch(() => null);
    if (!info) throw new SeedError([`${given}: no such file or folder`]);
    if (!info.isDirectory()) files.push(given);
    else {
      const names = (await readdir(given)).filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json')).sort();
      if (names.length === 0) throw new SeedError([`${given}: holds no seed (*.json)`]);
      files.push(...names.map((name) => path.join(given, name)));
    }
  }
  return files;
}

async function readSeed(file: string): Promise<Seed> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new SeedError([`${file}: ${(error as Error).message}`]);
  }
  const result = seedSchema.safeParse(json);
  if (!result.success) throw new SeedError(problemsOf(result.error, json).map((problem) => `${file}: ${describeProblem(problem)}`));
  const ids = new Set<string>();
  for (const fact of result.data.facts) {
    if (ids.has(fact.id)) throw new SeedError([`${file}: ${fact.id}: expected one fact of this id, got two`]);
    ids.add(fact.id);
  }
  return result.data;
}

interface Input {
  where: string;
  event: { id: string; type: string; data: unknown; metadata: Record<string, unknown> };
}

interface Known {
  /** Edition of each fact of the loaded documents, by `document#fact`. */
  editions: ReadonlyMap<string, number>;
  documents: ReadonlySet<string>;
  /** Stream of each event accepted so far. */
  streams: ReadonlyMap<string, string>;
  faults: string[];
  file: string;
}

/** Every event of a seed's facts, with the defaults filled in. */
function* inputsOf(seed: Seed, { editions, documents, streams, faults, file }: Known): Generator<Input> {
  /** A fact of another document may be in the store already: then it is named without being loaded here. */
  const idOf = (fact: string, field: string, name: string): string => {
    const full = name.includes('#') ? name : `${seed.document}#${name}`;
    const [document = '', id = ''] = full.split('#');
    if (!editions.has(full) && documents.has(document)) faults.push(`${file}: ${fact}: ${field}: expected a fact of ${document}, got ${JSON.stringify(name)}`);
    return seedEventId(document, id, editions.get(full) ?? 1, 0);
  };
  for (const fact of seed.facts) {
    const parts = 'events' in fact ? fact.events : [fact];
    for (const [index, part] of parts.entries()) {
      const { type, data, schemaVersion, occurredAt, publishedAt, address, locator, confidence, announcement, causedBy, repeats } = { ...seed.defaults, ...definedOf(fact), ...definedOf(part) };
      const repeated = repeats === undefined ? undefined : idOf(fact.id, 'repeats', repeats);
      const stream = repeated === undefined ? undefined : streams.get(repeated);
      if (repeated !== undefined && stream === undefined) faults.push(`${file}: ${fact.id}: repeats: expected an earlier fact of the seeds loaded with this one, got ${JSON.stringify(repeats)}`);
      yield {
        where: parts.length === 1 ? fact.id : `${fact.id}[${index}]`,
        event: {
          id: seedEventId(seed.document, fact.id, fact.edition ?? 1, index),
          type: type,
          data,
          metadata: definedOf({
            schemaVersion,
            occurredAt,
            publishedAt,
            source: definedOf({ document: seed.document, locator, address }),
            confidence,
            $correlationId: announcement,
            $causationId: causedBy === undefined ? undefined : idOf(fact.id, 'causedBy', causedBy),
            repeats: repeated === undefined ? undefined : { id: repeated, streamId: stream ?? '' },
          }),
        },
      };
    }
  }
}

function definedOf<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } & Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> } & Record<string, unknown>;
}
