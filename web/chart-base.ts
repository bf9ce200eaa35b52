/** What every chart draws with: colours of the scheme, axes in UTC, the announcement's marker, bands and lines. */
import uPlot from './vendor/uPlot.js';
import { clock, day, month } from './format.js';
import type { SessionScale } from './sessions.js';

export interface ChartContext {
  window: { from: number; to: number };
  /** When the announcement became public, in seconds; null: not dated. */
  marker: { from: number; to: number } | null;
  /** Hours without trade are left out of the axis; null: a plain clock. */
  sessions: SessionScale | null;
  /** Shows another stretch of time everywhere; null: the whole of it again. */
  zoomTo: ((window: { from: number; to: number } | null) => void) | null;
  /** Whether it is a part that is shown: a double click then shows the whole. */
  zoomed: boolean;
  /** What is drawn over a chart of what never happened. */
  watermark: string | null;
}

export interface Palette {
  text: string;
  muted: string;
  grid: string;
  surface: string;
  measured: string;
  claimed: string;
  marker: string;
  warn: string;
  synthetic: string;
  series: string[];
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return { text: of('text'), muted: of('muted'), grid: of('grid'), surface: of('surface'), measured: of('measured'), claimed: of('claimed'), marker: of('marker'), warn: of('warn'), synthetic: of('synthetic'), series: [1, 2, 3, 4, 5, 6, 7, 8].map((index) => of(`series-${index}`)) };
}

/** The same colour with an opacity, for bands. */
export function faint(colour: string, opacity: number): string {
  const hex = /^#(..)(..)(..)$/.exec(colour);
  if (!hex) return colour;
  const [r, g, b] = hex.slice(1).map((part) => Number.parseInt(part, 16));
  return `rgba(${r}, ${g}, ${b}, ${opacity})`;
}

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const DAY_S = 86_400;
/** The room of an axis on the right. */
export const RIGHT_AXIS = 52;

export const utc = (seconds: number): Date => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC');

/** The axis of time; its labels say no more than its distance needs. */
export function timeAxis(colours: Palette, { sessions }: ChartContext, show = true): uPlot.Axis {
  return {
    show,
    // Without a filter of its own it would leave out what is no power of ten.
    ...(sessions ? { filter: (_self: uPlot, splits: number[]) => splits, splits: (self: uPlot, _axis: number, from: number, to: number) => sessions.splits(from, to, Math.max(2, Math.floor(self.bbox.width / devicePixelRatio / 64))) } : {}),
    font: FONT,
    stroke: colours.muted,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { stroke: colours.grid, width: 1, size: 5 },
    gap: 6,
    size: 30,
    // A phone has room for half a month, a wide screen for ten days.
    space: (_self, _axis, _min, _max, length) => (length < 400 ? 48 : 64),
    values: (_self, ticks, _axis, _space, step) => ticks.map((tick) => (sessions ? day(tick * 1000, false) : step >= 28 * DAY_S ? month(tick * 1000) : step >= DAY_S ? day(tick * 1000, false) : clock(tick * 1000))),
  };
}

export function valueAxis(colours: Palette, scale: string, values: (value: number, step: number) => string, size: number, more: Partial<uPlot.Axis> = {}): uPlot.Axis {
  return {
    scale,
    font: FONT,
    stroke: colours.muted,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
    gap: 6,
    size,
    space: 36,
    values: (_self, ticks, _axis, _space, step) => ticks.map((tick) => values(tick, step)),
    ...more,
  };
}

/** What is drawn stays within the plot. */
export function clipped(chart: uPlot, work: () => void): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  work();
  ctx.restore();
}

/** A line across the plot, at what all is compared with. */
export function drawLevel(chart: uPlot, value: number, scale: string, colours: Palette): void {
  const { ctx, bbox } = chart;
  const at = chart.valToPos(value, scale, true);
  ctx.strokeStyle = colours.muted;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, at);
  ctx.lineTo(bbox.left + bbox.width, at);
  ctx.stroke();
}

/** Where the announcement became public: a band as wide as what is known of it, and a line where it is certain. */
export function drawMarker(chart: uPlot, { marker }: ChartContext, colours: Palette): void {
  if (!marker) return;
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  const [left, right] = [chart.valToPos(marker.from, 'x', true), chart.valToPos(marker.to, 'x', true)];
  if (right < bbox.left || left > bbox.left + bbox.width) return;
  clipped(chart, () => {
    ctx.fillStyle = faint(colours.marker, 0.14);
    ctx.fillRect(left, bbox.top, Math.max(right - left, 1), bbox.height);
    ctx.strokeStyle = colours.marker;
    ctx.lineWidth = 1.5 * ratio;
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(right, bbox.top);
    ctx.lineTo(right, bbox.top + bbox.height);
    ctx.stroke();
  });
  if (bbox.height < 90 * ratio) return;
  ctx.save();
  ctx.font = `${11 * ratio}px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif`;
  ctx.fillStyle = colours.marker;
  ctx.textBaseline = 'bottom';
  const half = ctx.measureText('announced').width / 2;
  ctx.textAlign = 'center';
  ctx.fillText('announced', Math.min(Math.max(right, bbox.left + half), bbox.left + bbox.width - half), bbox.top - 5 * ratio);
  ctx.restore();
}

/** Stretches of time in which something else happened: hatched, under the lines. */
export function drawHatched(chart: uPlot, from: number, to: number, colours: Palette): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  const [left, right] = [chart.valToPos(from, 'x', true), chart.valToPos(to, 'x', true)];
  const width = Math.max(right - left, 4 * ratio);
  if (left + width < bbox.left || left > bbox.left + bbox.width) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, width, bbox.height);
  ctx.clip();
  ctx.fillStyle = faint(colours.warn, 0.08);
  ctx.fillRect(left, bbox.top, width, bbox.height);
  ctx.strokeStyle = faint(colours.warn, 0.5);
  ctx.lineWidth = ratio;
  ctx.beginPath();
  for (let x = left - bbox.height; x < left + width; x += 6 * ratio) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
}

/** Over a chart of what never happened, so that a picture of it alone says so. */
export function drawWatermark(chart: uPlot, text: string, colours: Palette): void {
  const { ctx, bbox } = chart;
  const size = Math.min(30 * devicePixelRatio, bbox.height / 4);
  ctx.save();
  ctx.font = `700 ${size}px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif`;
  ctx.fillStyle = faint(colours.synthetic, 0.2);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, bbox.left + bbox.width / 2, bbox.top + bbox.height / 2);
  ctx.restore();
}
