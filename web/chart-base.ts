/** What every chart shares: colours of the scheme, axes in UTC, the announcement's marker, size, keys, clean-up. */
import uPlot from './vendor/uPlot.js';
import { h } from './dom.js';
import { clock, day, month } from './format.js';

export interface ChartContext {
  window: { from: number; to: number };
  /** When the announcement became public, in seconds; null: not dated. */
  marker: { from: number; to: number } | null;
}

export interface Palette {
  text: string;
  muted: string;
  grid: string;
  surface: string;
  measured: string;
  claimed: string;
  marker: string;
  series: string[];
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return { text: of('text'), muted: of('muted'), grid: of('grid'), surface: of('surface'), measured: of('measured'), claimed: of('claimed'), marker: of('marker'), series: [1, 2, 3, 4, 5, 6, 7, 8].map((index) => of(`series-${index}`)) };
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

export const utc = (seconds: number): Date => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC');

/** The axis of time; its labels say no more than its distance needs. */
export function timeAxis(colours: Palette, show = true): uPlot.Axis {
  return {
    show,
    font: FONT,
    stroke: colours.muted,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { stroke: colours.grid, width: 1, size: 5 },
    gap: 6,
    size: 30,
    // A phone has room for half a month, a wide screen for ten days.
    space: (_self, _axis, _min, _max, length) => (length < 400 ? 48 : 64),
    values: (_self, ticks, _axis, _space, step) => ticks.map((tick) => (step >= 28 * DAY_S ? month(tick * 1000) : step >= DAY_S ? day(tick * 1000, false) : clock(tick * 1000))),
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

export interface ChartSpec {
  key: string;
  height: number;
  summary: string;
  data: uPlot.AlignedData;
  series: uPlot.Series[];
  axes: (narrow: boolean, colours: Palette) => uPlot.Axis[];
  scales: uPlot.Scales;
  bands?: uPlot.Band[];
  /** Drawn over the grid, clipped to the plot. */
  draw?: (chart: uPlot, colours: Palette) => void;
  /** The same, under the lines. */
  drawUnder?: (chart: uPlot, colours: Palette) => void;
  /** The values under the cursor in words; null index: nothing is pointed at. */
  readout: (index: number | null) => string;
  /** Opens how the values under the cursor come about. */
  explain?: (index: number | null) => void;
  sync?: string;
  /** A low chart beneath another: no room for words above the plot. */
  slim?: boolean;
  /** Has an axis on the right; the others leave its room free, so that the same day is at the same place. */
  rightAxis?: boolean;
}

/** The room of an axis on the right. */
export const RIGHT_AXIS = 52;
const rightOf = (narrow: boolean): number => (narrow ? 22 : RIGHT_AXIS);

const live = new Set<() => void>();

/** Ends every chart of the last drawing. */
export function clearCharts(): void {
  for (const end of live) end();
  live.clear();
}

/** A chart and the line that reads it out. It is made once its place has a width, and follows it. */
export function chartElement(spec: ChartSpec, context: ChartContext): HTMLElement {
  const readout = h('p', { class: 'readout' }, spec.readout(null));
  const plot = h('div', { class: 'plot', tabindex: 0, role: 'img', 'aria-label': spec.summary, 'data-chart': spec.key });
  plot.style.height = `${spec.height}px`;
  let chart: uPlot | null = null;
  let narrow = false;
  let index: number | null = null;

  const make = (width: number): void => {
    chart?.destroy();
    narrow = width < 460;
    const colours = palette();
    chart = new uPlot(
      {
        width,
        height: spec.height,
        tzDate: utc,
        padding: spec.slim ? [8, rightOf(narrow), 8, 0] : [22, spec.rightAxis && !narrow ? 0 : rightOf(narrow), 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false }, ...(spec.sync === undefined ? {} : { sync: { key: spec.sync, setSeries: false } }) },
        scales: { x: { time: true, range: [context.window.from, context.window.to] }, ...spec.scales },
        axes: spec.axes(narrow, colours),
        series: [{}, ...spec.series],
        ...(spec.bands ? { bands: spec.bands } : {}),
        hooks: {
          drawClear: [(self) => drawMarker(self, context, colours)],
          drawAxes: [(self) => clipped(self, () => spec.drawUnder?.(self, colours))],
          draw: [(self) => clipped(self, () => spec.draw?.(self, colours))],
          setCursor: [
            (self) => {
              index = self.cursor.idx ?? null;
              readout.textContent = spec.readout(index);
            },
          ],
        },
      },
      spec.data,
      plot,
    );
  };
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width <= 0) return;
    if (!chart || width < 460 !== narrow) make(width);
    else if (chart.width !== width) chart.setSize({ width, height: spec.height });
  });
  observer.observe(plot);
  plot.addEventListener('keydown', (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const times = spec.data[0];
    if (move === undefined || !chart || times.length === 0) return;
    event.preventDefault();
    const inside = [...times.keys()].filter((at) => (times[at] ?? 0) >= context.window.from && (times[at] ?? 0) <= context.window.to);
    const next = Math.min(Math.max((index ?? (move > 0 ? (inside[0] ?? 0) - 1 : (inside.at(-1) ?? 0) + 1)) + move, inside[0] ?? 0), inside.at(-1) ?? 0);
    chart.setCursor({ left: chart.valToPos(times[next] ?? 0, 'x'), top: 10 });
  });
  const why = spec.explain;
  if (why) {
    plot.addEventListener('click', () => { why(index); });
    plot.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      // Else the key goes on to the button that the dialog puts in focus, and closes it.
      event.preventDefault();
      why(index);
    });
  }
  live.add(() => {
    observer.disconnect();
    chart?.destroy();
  });
  return h('div', { class: 'chart' }, h('div', { class: 'reading' }, readout, why ? h('button', { type: 'button', class: 'link', onclick: () => { why(index); } }, 'Explain') : null), plot);
}

function clipped(chart: uPlot, work: () => void): void {
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
function drawMarker(chart: uPlot, { marker }: ChartContext, colours: Palette): void {
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
