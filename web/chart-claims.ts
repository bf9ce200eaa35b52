/** Claims on a chart of closes: as long as their time is open, as high as their figure is; an arrow where the figure is open. */
import type { Claim } from './api.js';
import { faint, type Palette } from './chart-base.js';
import type { PlotPoint } from './chart-element.js';
import type { PlacedClaim } from './claims.js';
import type uPlot from './vendor/uPlot.js';

interface Box {
  x: number;
  top: number;
  width: number;
  height: number;
}

const OPEN_PX = 26;

/** Where it is drawn, in pixels of the canvas. */
function boxOf(chart: uPlot, { from, to, lo, hi }: PlacedClaim): Box {
  const ratio = devicePixelRatio;
  const right = chart.valToPos(to, 'x', true);
  const left = from === null ? right : chart.valToPos(from, 'x', true);
  const y = (value: number): number => chart.valToPos(value, 'close', true);
  const bottom = lo === null ? y(hi ?? 0) + OPEN_PX * ratio : y(lo);
  const top = hi === null ? y(lo ?? 0) - OPEN_PX * ratio : y(hi);
  const width = Math.max(right - left, 5 * ratio);
  return { x: (left + right) / 2 - width / 2, top, width, height: Math.max(bottom - top, 3 * ratio) };
}

export function drawClaim(chart: uPlot, placed: PlacedClaim, colours: Palette): void {
  const { ctx, bbox } = chart;
  const { claim, lo, hi } = placed;
  const ratio = devicePixelRatio;
  const { x, top, width, height } = boxOf(chart, placed);
  const bottom = top + height;
  ctx.fillStyle = faint(colours.claimed, isLong(placed) ? 0.1 : height > bbox.height / 6 ? 0.16 : 0.4);
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

const NEAR_PX = 4;

/** The claim that somebody pointed at, of several the smallest; those that fill the background only where no other is. */
export function claimAt(placed: readonly PlacedClaim[], { chart, left, top }: PlotPoint): Claim | null {
  const ratio = devicePixelRatio;
  const { bbox } = chart;
  const [x, y, near] = [left * ratio + bbox.left, top * ratio + bbox.top, NEAR_PX * ratio];
  const hit = placed
    .filter((one) => !isLong(one))
    .map((one) => ({ claim: one.claim, box: boxOf(chart, one) }))
    .filter(({ box }) => x >= box.x - near && x <= box.x + box.width + near && y >= box.top - near && y <= box.top + box.height + near)
    .sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height);
  return hit[0]?.claim ?? null;
}

/** Its time is open by more than two days. */
export function isLong({ from, to }: Pick<PlacedClaim, 'from' | 'to'>): boolean {
  return from !== null && to - from > 2 * 86_400;
}

function line(ctx: CanvasRenderingContext2D, x: number, y: number, toX: number, toY: number): void {
  ctx.moveTo(x, y);
  ctx.lineTo(toX, toY);
}
