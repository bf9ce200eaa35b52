/** A chart as an element: its line of values, its keys, what it says aloud, its size, and its zoom. */
import uPlot from './vendor/uPlot.js';
import { clipped, drawMarker, drawWatermark, palette, RIGHT_AXIS, utc, type ChartContext, type Palette } from './chart-base.js';
import { zoomKey, zoomPlugin, type Stretch, type ZoomSetting } from './chart-zoom.js';
import { byId, h } from './dom.js';

/** Where somebody pointed at: pixels of the plot. */
export interface PlotPoint {
  chart: uPlot;
  left: number;
  top: number;
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
  /** Opens how the values under the cursor, or what is drawn where somebody clicked, come about. */
  explain?: (index: number | null, at: PlotPoint | null) => void;
  /** What Enter does, and what the button beside is called, where that is not to explain. */
  explains?: string;
  button?: string;
  /** A low chart beneath another: no room for words above the plot. */
  slim?: boolean;
  /** Has an axis on the right; the others leave its room free, so that the same day is at the same place. */
  rightAxis?: boolean;
  /** Its x are not moments: it is not zoomed with the others, and its cursor is its own. */
  ownAxis?: boolean;
}

const rightOf = (narrow: boolean): number => (narrow ? 22 : RIGHT_AXIS);
const NARROW_PX = 460;
const SPEAK_AFTER_MS = 150;
const DOUBLE_CLICK_MS = 300;

interface Live {
  end: () => void;
  /** null: not of the common axis of time. */
  show: ((stretch: Stretch) => void) | null;
  point: ((seconds: number | null) => void) | null;
}

const live = new Set<Live>();
/** Where the cursor of each chart was put by keys: a redraw leaves it there. */
const cursors = new Map<string, number>();
let shown: Stretch = { from: 0, to: 1 };

/** Ends every chart of the last drawing. */
export function clearCharts(): void {
  for (const { end } of live) end();
  live.clear();
}

/** Puts the cursor of all charts of time to a moment, in seconds; null: takes it away. */
export function pointAt(seconds: number | null): void {
  for (const { point } of live) point?.(seconds);
}

let speaking: ReturnType<typeof setTimeout> | undefined;

/** Says something to who can't see the page, once the keys rest. */
function speak(text: string): void {
  clearTimeout(speaking);
  speaking = setTimeout(() => { byId('speaker').textContent = text; }, SPEAK_AFTER_MS);
}

/** A chart and the line that reads it out. It is made once its place has a width, and follows it. */
export function chartElement(spec: ChartSpec, context: ChartContext): HTMLElement {
  const readout = h('p', { class: 'readout' }, spec.readout(null));
  const zooms = spec.ownAxis !== true && context.zoomTo !== null;
  const keys = `Arrow keys move through it${zooms ? ', plus and minus zoom, 0 shows all' : ''}${spec.explain ? `, Enter ${spec.explains ?? 'explains'}` : ''}.`;
  const plot = h('div', { class: 'plot', tabindex: 0, role: 'application', 'aria-roledescription': 'chart', 'aria-label': `${spec.summary}. ${keys}`, 'data-chart': spec.key, 'data-focus': `chart-${spec.key}` });
  plot.style.height = `${spec.height}px`;
  let chart: uPlot | null = null;
  let narrow = false;
  let index: number | null = null;
  let stretch: Stretch = { ...context.window };
  if (zooms) shown = stretch;
  const times = spec.data[0];

  const zoom: ZoomSetting = {
    now: () => shown,
    show: (next) => {
      shown = next;
      for (const one of live) one.show?.(next);
    },
    settle: (next) => context.zoomTo?.(next),
    place: context.sessions?.fwd ?? ((seconds) => seconds),
    time: context.sessions?.bwd ?? ((place) => place),
  };
  const make = (width: number): void => {
    chart?.destroy();
    narrow = width < NARROW_PX;
    const colours = palette();
    chart = new uPlot(optionsOf(spec, context, { width, narrow, colours, range: () => stretch, plugins: zooms ? [zoomPlugin(zoom)] : [], moved }), spec.data, plot);
    const kept = cursors.get(spec.key);
    if (kept !== undefined && document.activeElement === plot) point(kept);
  };
  function moved(self: uPlot): void {
    index = self.cursor.idx ?? null;
    readout.textContent = spec.readout(index);
  }
  function point(seconds: number | null): void {
    chart?.setCursor(seconds === null ? { left: -10, top: -10 } : { left: chart.valToPos(seconds, 'x'), top: 10 });
  }
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width <= 0) return;
    if (!chart || width < NARROW_PX !== narrow) make(width);
    else if (chart.width !== width) chart.setSize({ width, height: spec.height });
  });
  observer.observe(plot);

  plot.addEventListener('keydown', (event) => {
    const at = times[index ?? -1];
    if (zooms && zoomKey(event, zoom, at === undefined ? 0.5 : partOf(at, shown, zoom))) {
      event.preventDefault();
      return;
    }
    const next = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (next === undefined || !chart || times.length === 0) return;
    event.preventDefault();
    const seconds = stepped(times, stretch, index, next);
    if (seconds === undefined) return;
    cursors.set(spec.key, seconds);
    point(seconds);
    speak(spec.readout(index));
  });
  plot.addEventListener('blur', () => cursors.delete(spec.key));
  const why = spec.explain;
  let clicked: ReturnType<typeof setTimeout> | undefined;
  if (why) {
    plot.addEventListener('click', (event) => {
      const box = chart?.over.getBoundingClientRect();
      const [at, point] = [index, chart && box ? { chart, left: event.clientX - box.left, top: event.clientY - box.top } : null];
      clearTimeout(clicked);
      // Where a double click shows all again, the first of its clicks must not open anything.
      if (!context.zoomed) why(at, point);
      else if (event.detail === 1) clicked = setTimeout(() => { why(at, point); }, DOUBLE_CLICK_MS);
    });
    plot.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      // Else the key goes on to the button that the dialog puts in focus, and closes it.
      event.preventDefault();
      why(index, null);
    });
  }
  live.add({
    end() {
      observer.disconnect();
      chart?.destroy();
    },
    show: spec.ownAxis ? null : (next) => {
      stretch = next;
      chart?.setScale('x', { min: next.from, max: next.to });
    },
    point: spec.ownAxis ? null : point,
  });
  return h('div', { class: 'chart' }, h('div', { class: 'reading' }, readout, why ? h('button', { type: 'button', class: 'link', onclick: () => { why(index, null); } }, spec.button ?? 'Explain') : null), plot);
}

function partOf(seconds: number, { from, to }: Stretch, { place }: ZoomSetting): number {
  return Math.min(Math.max((place(seconds) - place(from)) / (place(to) - place(from)), 0), 1);
}

/** The moment of the point that is so many points further, of those that are in sight. */
function stepped(times: ArrayLike<number>, { from, to }: Stretch, index: number | null, step: number): number | undefined {
  const inside: number[] = [];
  for (let at = 0; at < times.length; at += 1) if ((times[at] ?? 0) >= from && (times[at] ?? 0) <= to) inside.push(at);
  const [first = 0, last = 0] = [inside[0], inside.at(-1)];
  if (inside.length === 0) return undefined;
  return times[Math.min(Math.max((index ?? (step > 0 ? first - 1 : last + 1)) + step, first), last)];
}

interface Making {
  width: number;
  narrow: boolean;
  colours: Palette;
  range: () => Stretch;
  plugins: uPlot.Plugin[];
  moved: (chart: uPlot) => void;
}

function optionsOf(spec: ChartSpec, context: ChartContext, { width, narrow, colours, range, plugins, moved }: Making): uPlot.Options {
  const { sessions, watermark } = context;
  return {
    width,
    height: spec.height,
    tzDate: utc,
    padding: spec.slim ? [8, rightOf(narrow), 8, 0] : [22, spec.rightAxis && !narrow ? 0 : rightOf(narrow), 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: plugins.length > 0, y: false, setScale: false, dist: 6 }, bind: { dblclick: () => null }, ...(spec.ownAxis ? {} : { sync: { key: 'time', setSeries: false, filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave', sub: () => true } } }) },
    scales: { x: { time: true, range: () => [range().from, range().to], ...(sessions && !spec.ownAxis ? { distr: 100, fwd: sessions.fwd, bwd: sessions.bwd } : {}) }, ...spec.scales },
    axes: spec.axes(narrow, colours),
    series: [{}, ...spec.series],
    ...(spec.bands ? { bands: spec.bands } : {}),
    plugins,
    hooks: {
      drawClear: [(self) => { drawMarker(self, context, colours); }],
      drawAxes: [(self) => { clipped(self, () => spec.drawUnder?.(self, colours)); }],
      draw: [
        (self) => {
          clipped(self, () => spec.draw?.(self, colours));
          if (watermark !== null && !spec.slim) drawWatermark(self, watermark, colours);
        },
      ],
      setCursor: [moved],
    },
  };
}
