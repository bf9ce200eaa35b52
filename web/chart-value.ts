/** One instrument's chart: the measured closes, the market value derived from them, and the claims, each apart. */
import type { MarketValueView } from './api.js';
import { chartElement, faint, palette, timeAxis, valueAxis, RIGHT_AXIS, type ChartContext, type Palette } from './chart-base.js';
import { placeClaims, sharesAt, type PlacedClaim } from './claims.js';
import { explain } from './explain.js';
import { compact, day, moneyRange, price } from './format.js';
import type uPlot from './vendor/uPlot.js';

/** @param summary the chart in words, for those who can't see it */
export function valueChart(view: MarketValueView, context: ChartContext, summary: string): HTMLElement {
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
  const range = closeRange(times, closes, placed, context);
  const dots = { show: true, size: 4, fill: colours.surface, stroke: colours.measured, width: 1.5 };
  const many = times.filter((time) => time >= context.window.from && time <= context.window.to).length > 80;
  const close: uPlot.Series = derived
    ? { scale: 'close', stroke: colours.muted, width: 1, dash: [3, 3], points: { ...dots, show: !many, size: 3, stroke: colours.muted } }
    : { scale: 'close', stroke: colours.measured, width: 2, points: { ...dots, show: !many } };

  return chartElement(
    {
      key: view.instrument,
      height: 260,
      summary,
      data: derived ? [times, closes, hi, lo, middle] : [times, closes],
      series: derived ? [close, edge(colours), edge(colours), { scale: 'value', stroke: colours.measured, width: 2, points: { show: false } }] : [close],
      ...(derived ? { bands: [{ series: [2, 3] as [number, number], fill: faint(colours.measured, 0.3) }] } : {}),
      scales: { close: { range: () => range }, ...(derived ? { value: { range: () => [range[0] * shares, range[1] * shares] as [number, number] } } : {}) },
      axes: (narrow, scheme) => [
        timeAxis(scheme),
        ...(derived ? [valueAxis(scheme, 'value', compact, 58), valueAxis(scheme, 'close', compact, RIGHT_AXIS, { side: 1, show: !narrow, grid: { show: false } })] : [valueAxis(scheme, 'close', compact, 58)]),
      ],
      rightAxis: derived,
      drawUnder: (chart, scheme) => placed.filter(isLong).forEach((one) => drawClaim(chart, one, scheme)),
      draw: (chart, scheme) => placed.filter((one) => !isLong(one)).forEach((one) => drawClaim(chart, one, scheme)),
      explain: (index) => void explain(view, `/points/${index ?? lastInside(times, context)}`),
      readout(index) {
        const point = points[index ?? lastInside(times, context)];
        if (!point) return 'No close in this window';
        const value = point.marketValueLo === null ? '' : ` · market value ${moneyRange(point.marketValueLo, point.marketValueHi, currency)}`;
        const relative = point.relative === null ? '' : ` · index ${point.relative.toFixed(1)}`;
        return `${day(Date.parse(point.date))} · close ${price(point.price)}${currency && ` ${currency}`}${value}${relative}`;
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

/** A claim: as long as its time is open, as high as its figure is; an arrow where the figure is open. */
function drawClaim(chart: uPlot, { claim, from, to, lo, hi }: PlacedClaim, colours: Palette): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  const right = chart.valToPos(to, 'x', true);
  const left = from === null ? right : chart.valToPos(from, 'x', true);
  const y = (value: number): number => chart.valToPos(value, 'close', true);
  const open = 26 * ratio;
  const bottom = lo === null ? y(hi ?? 0) + open : y(lo);
  const top = hi === null ? y(lo ?? 0) - open : y(hi);
  const height = Math.max(bottom - top, 3 * ratio);
  const width = Math.max(right - left, 5 * ratio);
  const x = (left + right) / 2 - width / 2;
  ctx.fillStyle = faint(colours.claimed, isLong({ from, to }) ? 0.1 : height > bbox.height / 6 ? 0.16 : 0.4);
  ctx.strokeStyle = colours.claimed;
  ctx.lineWidth = 1.25 * ratio;
  ctx.setLineDash(claim.status === 'possible' ? [3 * ratio, 3 * ratio] : []);
  ctx.fillRect(x, top, width, height);
  ctx.beginPath();
  if (hi !== null) line(ctx, x, top, x + width, top);
  if (lo !== null) line(ctx, x, bottom, x + width, bottom);
  if (lo === null || hi === null) {
    const up = hi === null;
    const [tail, head] = up ? [bottom, top] : [top, bottom];
    const centre = x + width / 2;
    const wing = 4 * ratio;
    line(ctx, centre, tail, centre, head);
    line(ctx, centre - wing, head + (up ? wing : -wing), centre, head);
    line(ctx, centre, head, centre + wing, head + (up ? wing : -wing));
  }
  ctx.stroke();
}

/** Its time is open by more than two days. */
function isLong({ from, to }: Pick<PlacedClaim, 'from' | 'to'>): boolean {
  return from !== null && to - from > 2 * 86_400;
}

function line(ctx: CanvasRenderingContext2D, x: number, y: number, toX: number, toY: number): void {
  ctx.moveTo(x, y);
  ctx.lineTo(toX, toY);
}
