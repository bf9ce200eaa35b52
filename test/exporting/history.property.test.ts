/**
 * The tables are histories of knowledge: at every moment the row that an as-of join on ts_known finds is what the view
 * answers then, over random histories with late arrivals, corrections of corrections and retractions.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareInstants, formatInstant, type Instant } from '../../events/index.js';
import { ADJUSTMENTS } from '../../projections/index.js';
import { marketValueTable } from '../../src/exporting/market-value-table.js';
import { sentimentTable } from '../../src/exporting/sentiment-table.js';
import { standing } from '../../src/exporting/standing.js';
import { isInstant, type Cell, type Table } from '../../src/exporting/table.js';
import { answerFrom, openContext, ViewError, type Answer, type Asked, type ViewContext } from '../../src/views/context.js';
import { marketValueView } from '../../src/views/market-value.js';
import { sentimentView } from '../../src/views/sentiment.js';
import type { Tracker } from '../../src/tracker.js';
import { anyHistory, anyMoment, momentIn } from '../support/any-history.js';
import { track } from '../support/track.js';

type Record_ = Record<string, Cell>;

async function rowsOf({ columns, rows }: Table): Promise<Record_[]> {
  const found: Record_[] = [];
  for await (const batch of rows) found.push(...batch.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]))));
  return found;
}

const at = (cell: Cell | undefined): Instant => (isInstant(cell ?? null) ? (cell as Instant) : { ms: NaN, ns: 0 });

/** What an as-of join takes: the last row up to the moment. */
function lastBy(rows: readonly Record_[], moment: Instant): Record_ | undefined {
  return rows.filter((row) => compareInstants(at(row['ts_known']), moment) <= 0).at(-1);
}

function viewOrNull<T>(tracker: Tracker, asked: Asked, view: (context: ViewContext) => Answer<T>): T | null {
  try {
    return answerFrom(tracker.runner, asked, view).body;
  } catch (error) {
    if (error instanceof ViewError) return null;
    throw error;
  }
}

describe('the table of market values', () => {
  it('gives by an as-of join over `current` rows the level of the view, at every moment', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(30), fc.array(anyMoment, { minLength: 1, maxLength: 8 }), async (history, moments) => {
        const { tracker } = await track(history);
        const rows = await rowsOf(marketValueTable(openContext(tracker.runner, {}), { instruments: null, entities: null }));
        const times = rows.map((row) => at(row['ts_known']));
        expect(times.every((time, i) => i === 0 || compareInstants(times[i - 1] as Instant, time) <= 0)).toBe(true);
        for (const instrument of ['acme-common', 'peer-common']) {
          for (const moment of moments.map((one) => momentIn(history, one))) {
            const asked = formatInstant(moment) as string;
            const view = viewOrNull(tracker, { asOf: asked, knownAt: asked }, (context) => marketValueView(context, instrument, {}));
            if (view === null) continue;
            const current = (measure: string, adjustment: string): Record_ | undefined => lastBy(rows.filter((row) => row['instrument_id'] === instrument && row['measure'] === measure && row['kind'] !== 'claimed' && row['adjustment'] === adjustment && row['current'] === true), moment);
            const series = ADJUSTMENTS.find((adjustment) => (current('close', adjustment)?.['value'] ?? null) !== null);
            expect(series === undefined ? null : current('close', series)?.['value']).toBe(view.level?.close ?? null);
            expect(series === undefined ? null : current('close', series)?.['session_date']).toBe(view.level?.date ?? null);
            const derived = series === undefined ? undefined : current('market-value', series);
            // A level without a market value leaves the one of an earlier close as the last row: it is of another session.
            const own = derived?.['session_date'] === view.level?.date ? derived : undefined;
            expect([own?.['value_lo'] ?? null, own?.['value_hi'] ?? null]).toEqual([view.level?.marketValueLo ?? null, view.level?.marketValueHi ?? null]);
          }
        }
        await tracker.close();
      }),
      { numRuns: 100 },
    );
  });

  it('what stands of it is what the view shows: closes, market values and claims', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(30), anyMoment, async (history, one) => {
        const { tracker } = await track(history);
        const knownAt = formatInstant(momentIn(history, one)) as string;
        const context = openContext(tracker.runner, { knownAt });
        const rows = await rowsOf(standing(marketValueTable(context, { instruments: ['acme-common'], entities: [] }), { after: null, until: null, asOf: null, all: false }));
        for (const adjustment of ADJUSTMENTS) {
          const view = viewOrNull(tracker, { asOf: '2030-01-01T00:00:00Z', knownAt }, (asked) => marketValueView(asked, 'acme-common', { adjustment }));
          if (view === null || view.stored !== adjustment) continue;
          const of = (measure: string): [Cell | undefined, Cell | undefined, Cell | undefined][] => rows.filter((row) => row['kind'] !== 'claimed' && row['measure'] === measure && row['adjustment'] === adjustment).map((row): [Cell | undefined, Cell | undefined, Cell | undefined] => [row['session_date'], row['value_lo'], row['value_hi']]).sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
          expect(of('close')).toEqual(view.points.map(({ date, close }) => [date, close, close]));
          expect(of('market-value')).toEqual(view.points.filter(({ marketValueLo, marketValueHi }) => marketValueLo !== null || marketValueHi !== null).map(({ date, marketValueLo, marketValueHi }) => [date, marketValueLo, marketValueHi]));
          expect(rows.filter((row) => row['kind'] === 'claimed').map((row) => row['evidence'] as string).sort()).toEqual(view.claims.map(({ event }) => event.replace('/v1/events/', '')).sort());
        }
        await tracker.close();
      }),
      { numRuns: 100 },
    );
  });
});

describe('the table of sentiment', () => {
  it('has at each of its moments the measures of the view, and a row for every moment at which they change', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory(30), anyMoment, async (history, one) => {
        const { tracker } = await track(history);
        const rows = (await rowsOf(sentimentTable(openContext(tracker.runner, {}), { entities: null }))).filter((row) => row['subject'] === 'acme');
        for (const row of rows) {
          const asked = formatInstant(at(row['ts_known'])) as string;
          const view = viewOrNull(tracker, { asOf: asked, knownAt: asked }, (context) => sentimentView(context, 'acme', {}));
          if (view === null) continue;
          const measures = row['aspect'] !== 'all' ? view.aspects.find(({ aspect }) => aspect === row['aspect']) : row['holder_kind'] !== 'all' ? view.kinds.find(({ holderKind }) => holderKind === row['holder_kind']) : view.overall;
          expect([row['mean'], row['mass'], row['n'], row['reach']]).toEqual([measures?.mean ?? null, measures?.mass ?? 0, measures?.n ?? 0, measures?.reach ?? 0]);
        }
        const moment = momentIn(history, one);
        const asked = formatInstant(moment) as string;
        const view = viewOrNull(tracker, { asOf: asked, knownAt: asked }, (context) => sentimentView(context, 'acme', {}));
        if (view !== null) expect(lastBy(rows.filter((row) => row['aspect'] === 'all' && row['holder_kind'] === 'all'), moment)?.['reach'] ?? 0).toBe(view.overall.reach);
        await tracker.close();
      }),
      { numRuns: 60 },
    );
  });
});
