/** `tracker market-value`: the last level, the sessions before it, and what sources claim. */
import { marketValueView } from '../../views/market-value.js';
import type { MarketValueView } from '../../views/schemas.js';
import { askedLine, large, print, printTable, range } from '../output.js';
import type { ViewOptions } from '../view-options.js';
import { showView } from '../with-tracker.js';

const SHOWN = 10;

export async function marketValue(instrument: string, options: ViewOptions & { from?: string; to?: string; announcement?: string }): Promise<void> {
  await showView(options, (context) => marketValueView(context, instrument, { from: options.from, to: options.to, announcement: options.announcement }), (view) => show(view, options));
}

function show(view: MarketValueView, { from, to }: { from?: string; to?: string }): void {
  print(`${view.name} (${view.symbol})${view.currency === null ? '' : `, ${view.currency}`}${view.adjustment === null ? '' : `, prices adjusted: ${view.adjustment}`}`);
  print(askedLine(view));
  print();
  printLevel(view);
  printPoints(view, from !== undefined || to !== undefined);
  printClaims(view);
}

function printLevel({ level, reason, currency }: MarketValueView): void {
  if (!level) print(`Level unknown: ${reason}`);
  else {
    print(`Measured  close ${level.price} on ${level.date}`);
    if (level.marketValueLo === null) print(`Derived   market value unknown: ${reason}`);
    else {
      const shares = range(level.sharesLo, level.sharesHi, (count) => count.toLocaleString('en-US'));
      print(`Derived   market value ${range(level.marketValueLo, level.marketValueHi, large)} ${currency ?? ''}`);
      print(`          = ${level.price} × ${shares} shares (counted ${level.sharesFrom?.slice(0, 10)}, ${level.sharesAgeDays} days before)`);
    }
  }
  print();
}

function printPoints({ points, announcement }: MarketValueView, all: boolean): void {
  if (points.length === 0) return;
  const shown = all ? points : points.slice(-SHOWN);
  printTable(shown, [
    { title: 'session', of: (point) => point.date },
    { title: 'close', of: (point) => point.price.toFixed(2), right: true },
    { title: 'market value', of: (point) => range(point.marketValueLo, point.marketValueHi, large), right: true },
    ...(announcement === null ? [] : [{ title: 'before = 100', of: (point: (typeof points)[number]) => point.relative?.toFixed(2) ?? '–', right: true }]),
  ]);
  if (shown.length < points.length) print(`(the last ${shown.length} of ${points.length}; --from and --to choose, --json has all)`);
  print();
}

function printClaims({ claims }: MarketValueView): void {
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
