/** One instrument's chart: the measured closes, the market value derived from them, and the claims, each apart. */
import type { ConfoundersView, MarketValueView } from './api.js';
import { drawHatched, faint, palette, timeAxis, valueAxis, RIGHT_AXIS, type ChartContext, type Palette } from './chart-base.js';
import { chartElement } from './chart-element.js';
import { claimAt, drawClaim, isLong } from './chart-claims.js';
import { placeClaims, sharesAt, type PlacedClaim } from './claims.js';
import { explain } from './explain.js';
import { compact, day, moneyRange, price } from './format.js';
import type uPlot from './vendor/uPlot.js';

export interface ValueSetting {
  /** The chart in words, for those who can't see it. */
  summary: string;
  /** What else touched the share. */
  confounders: ConfoundersView['confounders'];
  height?: number;
  /** Of these closes too: charts side by side have one scale. */
  beside?: MarketValueView | null;
  key?: string;
}

export function valueChart(view: MarketValueView, context: ChartContext, { summary, confounders, height = 260, beside = null, key = view.instrument }: ValueSetting): HTMLElement {
  const { points } = view;
  const colours = palette();
  const times = points.map((point) => Date.parse(point.time ?? '') / 1000);
  const shares = sharesAt(points, context.window.to);
  const derived = shares !== null;
  const currency = view.currency ?? '';
  const placed = placeClaims(view.claims, points);
  const closes = points.map((point) => point.price);
  const [lo, hi] = [points.map((point) => point.marketValueLo), points.map((point) => point.marketValueHi)];
  const middle = points.map((point) => (point.marketValueLo === null || point.marketValueHi === null ? null : (point.marketValueLo + point.marketValueHi) / 2));
  const range = widest(closeRange(times, closes, placed, context), beside && closeRange(beside.points.map((point) => Date.parse(point.time ?? '') / 1000), beside.points.map((point) => point.price), placeClaims(beside.claims, beside.points), context));
  const dots = { show: true, size: 4, fill: colours.surface, stroke: colours.measured, width: 1.5 };
  const many = times.filter((time) => time >= context.window.from && time <= context.window.to).length > 80;
  const close: uPlot.Series = derived
    ? { scale: 'close', stroke: colours.muted, width: 1, dash: [3, 3], points: { ...dots, show: !many, size: 3, stroke: colours.muted } }
    : { scale: 'close', stroke: colours.measured, width: 2, points: { ...dots, show: !many } };

  return chartElement(
    {
      key,
      height,
      summary,
      data: derived ? [times, closes, hi, lo, middle] : [times, closes],
      series: derived ? [close, edge(colours), edge(colours), { scale: 'value', stroke: colours.measured, width: 2, points: { show: false } }] : [close],
      ...(derived ? { bands: [{ series: [2, 3] as [number, number], fill: faint(colours.measured, 0.3) }] } : {}),
      scales: { close: { range: () => range }, ...(derived ? { value: { range: () => [range[0] * shares, range[1] * shares] as [number, number] } } : {}) },
      axes: (narrow, scheme) => [
        timeAxis(scheme, context),
        ...(derived ? [valueAxis(scheme, 'value', compact, 58), valueAxis(scheme, 'close', compact, RIGHT_AXIS, { side: 1, show: !narrow, grid: { show: false } })] : [valueAxis(scheme, 'close', compact, 58)]),
      ],
      rightAxis: derived,
      drawUnder: (chart, scheme) => {
        for (const { from, to } of confounders) if (from !== null && to !== null) drawHatched(chart, Date.parse(from) / 1000, Date.parse(to) / 1000, scheme);
        placed.filter(isLong).forEach((one) => { drawClaim(chart, one, scheme); });
      },
      draw: (chart, scheme) => { placed.filter((one) => !isLong(one)).forEach((one) => { drawClaim(chart, one, scheme); }); },
      explain: (index, at) => {
        const claim = at && claimAt(placed, at);
        void explain(view, claim ? `/claims/${view.claims.indexOf(claim)}` : `/points/${index ?? lastInside(times, context)}`);
      },
      explains: 'explains the close',
      readout(index) {
        const point = points[index ?? lastInside(times, context)];
        if (!point) return 'No close in this window';
        const value = point.marketValueLo === null ? '' : ` · market value ${moneyRange(point.marketValueLo, point.marketValueHi, currency)}`;
        const relative = point.relative === null ? '' : ` · index ${point.relative.toFixed(1)}`;
        const beside = confounders.filter(({ dates }) => dates.includes(point.date)).map(({ label }) => label);
        const also = beside.length === 0 ? '' : ` · also: ${beside.slice(0, 2).join('; ')}${beside.length > 2 ? ` and ${beside.length - 2} more` : ''}`;
        return `${day(Date.parse(point.date))} · close ${price(point.price)}${currency && ` ${currency}`}${value}${relative}${also}`;
      },
    },
    context,
  );
}

function edge(colours: Palette): uPlot.Series {
  return { scale: 'value', stroke: faint(colours.measured, 0.35), width: 1, points: { show: false } };
}

export function lastInside(times: readonly number[], { window }: ChartContext): number {
  return times.findLastIndex((time) => time >= window.from && time <= window.to);
}

/** Room for the closes of the window and for the claims that are near them. */
function closeRange(times: readonly number[], closes: readonly number[], placed: readonly PlacedClaim[], { window }: ChartContext): [number, number] {
  const inside = closes.filter((_, index) => (times[index] ?? 0) >= window.from && (times[index] ?? 0) <= window.to);
  if (inside.length === 0) return [0, 1];
  let [lo, hi] = [Math.min(...inside), Math.max(...inside)];
  const [low, high] = [lo * 0.75, hi * 1.25];
  for (const { claim, lo: least, hi: most, to } of placed) {
    if (to < window.from || to > window.to || claim.lo === null && claim.hi === null) continue;
    for (const bound of [least, most]) {
      if (bound === null || bound < low || bound > high) continue;
      [lo, hi] = [Math.min(lo, bound), Math.max(hi, bound)];
    }
  }
  const room = (hi - lo || hi * 0.1 || 1) * 0.08;
  return [lo - room, hi + room];
}

function widest([lo, hi]: [number, number], other: [number, number] | null): [number, number] {
  return other === null ? [lo, hi] : [Math.min(lo, other[0]), Math.max(hi, other[1])];
}
