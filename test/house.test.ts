/** The house rules over imports: arrows go one way, the language and the folds stay free of I/O. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules'));
}

/** What a file imports: paths from the root for own files, package names for the rest. Type-only imports count too. */
function importsOf(file: string): string[] {
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  return [...source.matchAll(/(?:^(?:import|export)\b[^;'`]*?from\s*|^import\s*|import\()'([^']+)'/gm)].map(([, name = '']) => (name.startsWith('.') ? path.join(path.dirname(file), name).replace(/\.js$/, '.ts') : name));
}

/** Where a file lives in the house: the longest room that it is in. */
const ROOMS = ['events', 'projections', 'src/store', 'src/projecting', 'src/study', 'src/views', 'src/writing', 'src/seeding', 'src/library', 'src/client', 'src/testing', 'src/importing', 'src/exporting', 'src/replay', 'src/report', 'src/synthetic', 'src/http', 'src/cli', 'src', 'web'];
const roomOf = (file: string): string => ROOMS.find((room) => file.startsWith(`${room}/`)) ?? '';

/** The rooms that each room may look into, beside itself. */
const ALLOWED: Record<string, string[]> = {
  events: [],
  projections: ['events'],
  'src/store': [],
  'src/projecting': ['events', 'projections', 'src/store'],
  'src/study': [],
  'src/views': ['events', 'projections', 'src/projecting', 'src/store', 'src/study', 'src'],
  'src/seeding': ['events', 'src'],
  'src/importing': ['events', 'projections', 'src/store', 'src'],
  'src/replay': ['events', 'projections', 'src/projecting', 'src/store', 'src/views', 'src'],
  'src/exporting': ['events', 'projections', 'src/projecting', 'src/replay', 'src/store', 'src/views', 'src'],
  'src/report': ['src/views'],
  'src/writing': ['events', 'src/store', 'src'],
  'src/synthetic': ['events', 'projections', 'src/projecting', 'src/replay', 'src/store', 'src/study', 'src/views', 'src/writing', 'src'],
  'src/testing': ['events', 'projections', 'src/http', 'src/library', 'src/store', 'src/synthetic', 'src/views', 'src/writing', 'src'],
  'src/client': ['src/views'],
  'src/library': ['src', 'src/replay', 'src/synthetic', 'src/views'],
  'src/http': ['events', 'projections', 'src/exporting', 'src/projecting', 'src/replay', 'src/store', 'src/study', 'src/synthetic', 'src/views', 'src/writing', 'src'],
  'src/cli': ['events', 'projections', 'src', 'src/exporting', 'src/http', 'src/importing', 'src/projecting', 'src/replay', 'src/report', 'src/seeding', 'src/store', 'src/study', 'src/synthetic', 'src/views', 'src/writing'],
  src: ['events', 'projections', 'src/projecting', 'src/store'],
  web: ['src/views'],
};

const PACKAGES: Record<string, RegExp> = {
  events: /^(zod|luxon)$/,
  projections: /^d3-array$/,
  'src/study': /^(@stdlib\/.*|pure-rand.*|d3-array)$/,
  // It runs in browsers too.
  'src/client': /^(openapi-fetch|eventsource-parser)$/,
  // zod by its types alone: nothing of it is in the page.
  web: /^(uplot|zod)$/,
};

/** Made by scripts/client-types.mjs. */
const MADE = 'src/client/paths.ts';

const own = ['events', 'projections', 'src', 'web'].flatMap(filesBelow);

describe('the house', () => {
  it.each(Object.keys(ALLOWED))('%s looks only where it may', (room) => {
    const strangers = own
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      .filter(({ target }) => target.endsWith('.ts') && roomOf(target) !== room && !ALLOWED[room]?.includes(roomOf(target)));
    expect(strangers).toEqual([]);
  });

  it.each(Object.keys(PACKAGES))('%s uses no package but its own few, and no I/O', (room) => {
    const strangers = own
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      .filter(({ target }) => !target.endsWith('.ts') && !PACKAGES[room]?.test(target));
    expect(strangers).toEqual([]);
  });

  it('lets the store be reached only through its port, but for the places that open, verify, back up, copy, export and take away one', () => {
    const strangers = own
      .filter((file) => roomOf(file) !== 'src/store')
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      .filter(({ target }) => roomOf(target) === 'src/store' && !/src\/store\/(port|open|append-once|facts|lmdb-file|verify|backup|copy|reset|remembering|whole-folder|memory\/memory-store)\.ts$/.test(target));
    expect(strangers).toEqual([]);
  });

  it('has no file over 300 lines', () => {
    const long = [...own, ...filesBelow('bench')].filter((file) => file !== MADE).map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8').split('\n').length] as const).filter(([, lines]) => lines > 300);
    expect(long).toEqual([]);
  });

  it('opens every file by saying what it is for', () => {
    const silent = own.filter((file) => !/^(#!.*\n)?\/\*\*/.test(readFileSync(path.join(ROOT, file), 'utf8')) && !file.endsWith('.d.ts'));
    expect(silent).toEqual([]);
  });
});
