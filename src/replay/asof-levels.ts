/**
 * Levels as of a time and as known by then, straight from the ledger's columns: what the as-of join takes where nothing of
 * a view's other parts is asked. It answers nothing where the straight way is not surely the view's own: then that is asked.
 */
import { compareInstants, type Instant } from '../../events/index.js';
import { ADJUSTMENTS, barsUpTo, barTrack, changesOf, countUpTo, levelOf, levelSetting, lightRowAt, openReader, readNames, readRows, rowAt, instantColumns, isUpTo, type Adjustment, type BarRow, type BarTrack, type Level, type LevelSetting, type InstantColumns } from '../../projections/index.js';
import { resolveInstrument } from '../views/catalog.js';
import { openContext, reader, ViewError, type ViewContext } from '../views/context.js';
import type { Runner } from '../projecting/runner.js';

interface Share {
  tracks: { adjustment: Adjustment; track: BarTrack }[];
  /** When what is known of its share counts and splits changes, and what is known of them between two of these. */
  moments: InstantColumns;
  settings: (LevelSetting | undefined)[];
}

/** Of an id or symbol at a moment; null: ask the view. */
export interface LevelsAsOf {
  level: (instrument: string, moment: Instant) => Level | null;
  /** The close alone: a number from a column. */
  close: (instrument: string, moment: Instant) => number | null;
}

interface Found {
  instrument: string;
  share: Share;
  own: Share['tracks'][number];
  /** Place of the last bar in its track. */
  place: number;
}

/**
 * @param basis the log's state that all answers are of
 * @param light whether of a bar its time and value are enough: not who says so, and since when it is known
 * @returns null where a projection is not up to date: the view knows what to answer from then
 */
export function levelsAsOf(runner: Runner, basis: string, light: boolean): LevelsAsOf | null {
  const context = openContext(runner, { basis });
  if (['market-value', 'registry'].some((name) => runner.states.get(name)?.order !== runner.events())) return null;
  const { order } = context.sight;
  const { ledger } = reader(context, 'market-value');
  const listings = listingMoments(context);
  /** By text, then by how many of those moments are over. */
  const ids = new Map<string, (string | null | undefined)[]>();
  const shares = new Map<string, Share | null>();

  /** The id behind a text; between two moments at which listings change it stays. */
  const idOf = (text: string, moment: Instant): string | null => {
    let own = ids.get(text);
    if (!own) ids.set(text, (own = []));
    const over = countUpTo(listings, moment);
    return own[over] === undefined ? (own[over] = resolved(runner, basis, text, moment)) : own[over];
  };
  const shareOf = (instrument: string): Share | null => {
    let share = shares.get(instrument);
    if (share === undefined) shares.set(instrument, (share = open(instrument)));
    return share;
  };
  function open(instrument: string): Share | null {
    const tracks: Share['tracks'] = [];
    for (const adjustment of ADJUSTMENTS) {
      const track = barTrack(ledger, instrument, adjustment, order);
      if (track === null) return null;
      if (track.numbers.length > 0) tracks.push({ adjustment, track });
    }
    const changes = ['shares', 'action'].flatMap((kind) => changesOf(ledger, `${kind}:${instrument}`, order).map(({ known }) => known));
    return { tracks, moments: instantColumns(changes.sort(compareInstants)), settings: [] };
  }

  const find = (text: string, moment: Instant): Found | null => {
    const instrument = idOf(text, moment);
    const share = instrument === null ? null : shareOf(instrument);
    // The series that the view takes where none is asked for: the first of which anything is known.
    const own = share?.tracks.find(({ track }) => isUpTo(track.known, 0, moment));
    if (instrument === null || !share || !own) return null;
    const count = barsUpTo(own.track, moment);
    return count === 0 ? null : { instrument, share, own, place: count - 1 };
  };
  return {
    level(text, moment) {
      const found = find(text, moment);
      if (!found) return null;
      const { instrument, share, own, place } = found;
      const series = { adjustment: own.adjustment, stored: own.adjustment };
      const between = countUpTo(share.moments, moment) * ADJUSTMENTS.length + ADJUSTMENTS.indexOf(own.adjustment);
      const setting = (share.settings[between] ??= levelSetting(openReader(ledger, { order, known: moment, imprecise: 'latest' }), instrument, series, null));
      const number = own.track.numbers[place] as number;
      return levelOf((light ? lightRowAt(ledger, number) : rowAt(ledger, number)) as BarRow, setting);
    },
    close(text, moment) {
      const found = find(text, moment);
      return found && (found.own.track.closes()[found.place] as number);
    },
  };
}

function resolved(runner: Runner, basis: string, text: string, moment: Instant): string | null {
  const context = openContext(runner, { basis });
  try {
    return resolveInstrument({ ...context, sight: { ...context.sight, known: moment }, asOf: moment }, text).value.instrument;
  } catch (error) {
    if (error instanceof ViewError) return null;
    throw error;
  }
}

/** Every moment at which what a text stands for may change. */
function listingMoments(context: ViewContext): InstantColumns {
  const registry = reader(context, 'registry');
  const moments = readNames(registry, 'instrument:').flatMap((name) => [
    ...changesOf(registry.ledger, name, context.sight.order).flatMap(({ known, at }) => [known, at]),
    ...readRows(registry, name).flatMap(({ from, until }) => [from, until]),
  ]);
  return instantColumns(moments.sort(compareInstants));
}
