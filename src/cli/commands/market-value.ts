/** `tracker market-value`: an instrument's last level, the sessions before it, and what sources claim; several beside each other; or an entity. */
import { ViewError, type Answer, type ViewContext } from '../../views/context.js';
import { entityMarketValueView } from '../../views/entity-value.js';
import type { EntityMarketValueView, MarketValuesView, MarketValueView } from '../../views/market-schema.js';
import { marketValuesView, marketValueView, type MarketValueQuery } from '../../views/market-value.js';
import { askedLine, large, percent, print, printTable, range } from '../output.js';
import type { ViewOptions } from '../view-options.js';
import { showView } from '../with-tracker.js';

const SHOWN = 10;

type Shown = MarketValueView | MarketValuesView | EntityMarketValueView;

export async function marketValue(subjects: string[], options: ViewOptions & MarketValueQuery): Promise<void> {
  const { from, to, announcement, adjustment, session } = options;
  const query: MarketValueQuery = { from, to, announcement, adjustment, session };
  const all = from !== undefined || to !== undefined;
  await showView<Shown>(options, (context) => answerFor(context, subjects, query), (view) => {
    if ('classes' in view) printEntity(view, all);
    else if ('instruments' in view) printSeveral(view, all);
    else printOne(view, all);
  });
}

function answerFor(context: ViewContext, subjects: readonly string[], query: MarketValueQuery): Answer<Shown> {
  const [subject = ''] = subjects;
  if (subjects.length > 1) return marketValuesView(context, subjects, query);
  try {
    return marketValueView(context, subject, query);
  } catch (error) {
    // What is no instrument may be a company; what is neither is told as no instrument.
    if (!(error instanceof ViewError) || error.kind !== 'not-found' || subject.includes(':')) throw error;
    return entityOr(context, subject, query, error);
  }
}

function entityOr(context: ViewContext, subject: string, query: MarketValueQuery, otherwise: ViewError): ReturnType<typeof entityMarketValueView> {
  try {
    return entityMarketValueView(context, subject, query);
  } catch (error) {
    throw error instanceof ViewError && error.kind === 'not-found' ? otherwise : error;
  }
}

function seriesText({ adjustment, stored }: Pick<MarketValueView, 'adjustment' | 'stored'>): string {
  if (adjustment === null) return '';
  return `, prices adjusted: ${adjustment}${stored === adjustment ? '' : ' (from prices as paid, by the splits that are known)'}`;
}

function printOne(view: MarketValueView, all: boolean): void {
  print(`${view.name} (${view.symbol})${view.currency === null ? '' : `, ${view.currency}`}${seriesText(view)}`);
  print(askedLine(view));
  if (view.delistedSince !== null) print(`delisted since ${view.delistedSince}${view.successor === null ? '' : `, then came ${view.successor}`}`);
  print();
  printLevel(view.level, view);
  print();
  printPoints(view, all);
  printClaims(view.claims);
}

function printLevel(level: MarketValueView['level'], { reason, currency }: Pick<MarketValueView, 'reason' | 'currency'>): void {
  if (!level) {
    print(`Level unknown: ${reason}`);
    return;
  }
  print(`Measured  close ${level.price} on ${level.date}${level.change === null ? '' : ` (${percent(level.change)})`}`);
  if (level.marketValueLo === null) print(`Derived   market value unknown: ${reason}`);
  else {
    const shares = range(level.sharesLo, level.sharesHi, (count) => count.toLocaleString('en-US'));
    const factor = level.sharesFactor === 1 ? '' : ` × ${level.sharesFactor} by splits`;
    print(`Derived   market value ${range(level.marketValueLo, level.marketValueHi, large)} ${currency ?? ''}`);
    print(`          = ${level.close} × ${shares} shares${factor} (counted ${level.sharesFrom?.slice(0, 10)}, ${level.sharesAgeDays} days before)`);
  }
}

function printPoints({ points, announcement }: MarketValueView, all: boolean): void {
  if (points.length === 0) return;
  const shown = all ? points : points.slice(-SHOWN);
  printTable(shown, [
    { title: 'session', of: (point) => point.date },
    { title: 'close', of: (point) => point.price.toFixed(2), right: true },
    { title: 'move', of: (point) => percent(point.change), right: true },
    { title: 'market value', of: (point) => range(point.marketValueLo, point.marketValueHi, large), right: true },
    ...(announcement === null ? [] : [{ title: 'before = 100', of: (point: (typeof points)[number]) => point.relative?.toFixed(2) ?? '–', right: true }]),
  ]);
  if (shown.length < points.length) print(`(the last ${shown.length} of ${points.length}; --from and --to choose, --json has all)`);
  print();
}

function printSeveral(view: MarketValuesView, all: boolean): void {
  print(`${view.instruments.map(({ symbol }) => symbol).join(', ')}${view.announcement === null ? '' : `; before ${view.announcement} = 100`}`);
  print(askedLine(view));
  print();
  printTable(view.instruments, [
    { title: 'instrument', of: (one) => one.symbol },
    { title: 'close', of: (one) => one.level?.price.toFixed(2) ?? 'unknown', right: true },
    { title: 'on', of: (one) => one.level?.date ?? '–' },
    { title: 'move', of: (one) => percent(one.level?.change), right: true },
    { title: 'market value', of: (one) => (one.level ? range(one.level.marketValueLo, one.level.marketValueHi, large) : '–'), right: true },
    { title: 'index', of: (one) => one.level?.relative?.toFixed(2) ?? '–', right: true },
    { title: '100 on', of: (one) => one.base?.date ?? '–' },
    { title: 'prices', of: (one) => one.adjustment ?? '–' },
  ]);
  print();
  const dates = [...new Set(view.points.map(({ date }) => date))].sort();
  const shown = all ? dates : dates.slice(-SHOWN);
  printTable(shown, [
    { title: 'index', of: (date) => date },
    ...view.instruments.map(({ instrument, symbol }) => ({ title: symbol, of: (date: string) => view.points.find((point) => point.instrument === instrument && point.date === date)?.relative?.toFixed(2) ?? '–', right: true })),
  ]);
}

function printEntity(view: EntityMarketValueView, all: boolean): void {
  print(`${view.name}${view.currency === null ? '' : `, ${view.currency}`}`);
  print(askedLine(view));
  print();
  print(view.status === 'derived' ? `Derived   market value ${range(view.marketValueLo, view.marketValueHi, large)} ${view.currency ?? ''}` : `Market value ${view.status === 'partial' ? 'known of some share classes only' : 'unknown'}: ${view.reason}`);
  for (const one of view.classes) {
    print(`${one.name} (${one.symbol})`);
    printLevel(one.level, one);
  }
  print();
  if (view.points.length > 0) {
    printTable(all ? view.points : view.points.slice(-SHOWN), [
      { title: 'session', of: (point) => point.date },
      { title: 'market value', of: (point) => range(point.marketValueLo, point.marketValueHi, large), right: true },
    ]);
    print();
  }
  printClaims(view.claims);
}

function printClaims(claims: MarketValueView['claims']): void {
  if (claims.length === 0) return;
  print('Claimed, as printed');
  printTable(claims, [
    { title: 'known from', of: (claim) => `${claim.knownFrom?.slice(0, 16) ?? ''}${claim.estimated ? '~' : ' '}` },
    { title: 'what', of: (claim) => `${claim.kind === 'value-change' ? 'value ' : claim.kind === 'value' ? 'worth ' : claim.kind === 'price' ? 'at ' : ''}${claim.text}${claim.priceText === null ? '' : ` ${claim.kind === 'value' ? 'at' : 'to'} ${claim.priceText}`}` },
    { title: 'from', of: (claim) => claim.base ?? '' },
    { title: 'when', of: (claim) => `${claim.when}${claim.session === 'unknown' || claim.session === 'regular' ? '' : ` ${claim.session}`}${claim.status === 'possible' ? ' (possibly)' : ''}` },
    { title: 'source', of: (claim) => [claim.document, claim.locator ?? (claim.address === null ? '' : new URL(claim.address).host)].filter(Boolean).join(', ') },
  ]);
  if (claims.some((claim) => claim.estimated)) print('~ publication estimated');
}
