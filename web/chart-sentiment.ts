/** Sentiment on one entity: a decaying curve for each kind of holder, its mass beneath, the expressions as marks. */
import type { Expression, SentimentView } from './api.js';
import { faint, palette, timeAxis, valueAxis, type ChartContext, type Palette } from './chart-base.js';
import { chartElement, type PlotPoint } from './chart-element.js';
import { explain } from './explain.js';
import { dashOf } from './chart-index.js';
import { capital, day, moment, signed } from './format.js';
import type uPlot from './vendor/uPlot.js';

/** Fixed, so that a kind has the same colour, line and mark in every chart. */
const KINDS = ['investor', 'management', 'analyst', 'press', 'regulator', 'legislator', 'customer', 'other'];

export function kindIndex(kind: string): number {
  const index = KINDS.indexOf(kind);
  return index < 0 ? KINDS.length - 1 : index;
}

/** @param key names the chart on the page */
export function sentimentChart(view: SentimentView, context: ChartContext, summary: string, key = view.entity): HTMLElement[] {
  const colours = palette();
  const times = [...new Set(view.points.map((point) => Date.parse(point.time ?? '') / 1000))].sort((a, b) => a - b);
  const at = new Map(times.map((time, index) => [time, index]));
  const kinds = [...new Set(view.points.map((point) => point.line))].filter((kind) => kind !== 'all').sort((a, b) => kindIndex(a) - kindIndex(b));
  const lines = kinds.length > 1 ? ['all', ...kinds] : kinds.length === 1 ? kinds : ['all'];
  const empty = (): number[] => times.map(() => 0);
  const shrunk = new Map(lines.map((kind) => [kind, empty()]));
  const mass = new Map(['all', ...lines].map((kind) => [kind, empty()]));
  for (const point of view.points) {
    const index = at.get(Date.parse(point.time ?? '') / 1000) ?? 0;
    const curve = shrunk.get(point.line);
    const weight = mass.get(point.line);
    if (curve) curve[index] = point.shrunk;
    if (weight) weight[index] = point.mass;
  }
  const all = mass.get('all') ?? [];
  const most = Math.max(0.5, ...all);
  const read = (index: number | null): string => {
    const last = index ?? times.length - 1;
    const time = times[last];
    if (time === undefined) return 'Nothing expressed by then';
    const stamp = index === null ? moment(new Date(time * 1000).toISOString()) : day(time * 1000);
    return [stamp, ...lines.map((kind) => `${kind} ${signed(shrunk.get(kind)?.[last] ?? 0)}`), `mass ${(all[last] ?? 0).toFixed(2)}`].join(' · ');
  };
  const marks = markColumns(view.expressions);
  const placeOf = (index: number | null): string => `/points/${view.points.findIndex((point) => point.line === 'all' && Date.parse(point.time ?? '') / 1000 === times[index ?? times.length - 1])}`;
  const top = chartElement(
    {
      key: `sentiment-${key}`,
      height: 230,
      summary,
      data: [times, ...lines.map((kind) => shrunk.get(kind) ?? [])],
      series: lines.map((kind) => lineOf(kind, colours)),
      scales: { score: { range: () => [-1, 1] } },
      axes: (_narrow, scheme) => [timeAxis(scheme, context), valueAxis(scheme, 'score', (value) => signed(value, 1).replace('.0', ''), 58, { splits: () => [-1, -0.5, 0, 0.5, 1] })],
      draw(chart, scheme) {
        for (const [expression, shift] of marks) drawExpression(chart, expression, shift, scheme);
      },
      explain(index, point) {
        const expression = point && expressionAt(marks, point);
        void explain(view, expression ? `/expressions/${view.expressions.indexOf(expression)}` : placeOf(index));
      },
      explains: 'explains the score',
      readout: read,
    },
    context,
  );
  const bottom = chartElement(
    {
      key: `mass-${key}`,
      height: 76,
      summary: `Mass, the weight of what was said on ${view.name}, decaying: at most ${most.toFixed(2)}, last ${(all.at(-1) ?? 0).toFixed(2)}`,
      data: [times, all],
      series: [{ scale: 'mass', stroke: colours.muted, fill: faint(colours.text, 0.12), width: 1.25, points: { show: false } }],
      scales: { mass: { range: () => [0, most * 1.15] } },
      axes: (_narrow, scheme) => [timeAxis(scheme, context, false), valueAxis(scheme, 'mass', (value) => String(Number(value.toFixed(2))), 58, { space: 18 })],
      slim: true,
      explain: (index) => void explain(view, `${placeOf(index)}/mass`),
      explains: 'explains the mass',
      readout: (index) => `Mass${index === null ? '' : ` ${(all[index] ?? 0).toFixed(2)}`}: how much was said, decaying by half each half-life`,
    },
    context,
  );
  bottom.classList.add('mass');
  return [top, bottom];
}

function lineOf(kind: string, colours: Palette): uPlot.Series {
  if (kind === 'all') return { label: 'All', scale: 'score', stroke: colours.muted, width: 1.25, dash: [2, 3], points: { show: false } };
  const dash = dashOf(kindIndex(kind));
  return { label: capital(kind), scale: 'score', stroke: colours.series[kindIndex(kind)] ?? colours.text, width: 2, points: { show: false }, ...(dash ? { dash } : {}) };
}

/** Expressions of one moment stand beside each other. */
function markColumns(expressions: readonly Expression[]): [Expression, number][] {
  const seen = new Map<string, number>();
  const total = new Map<string, number>();
  for (const one of expressions) total.set(one.certainFrom ?? '', (total.get(one.certainFrom ?? '') ?? 0) + 1);
  return expressions.map((one) => {
    const key = one.certainFrom ?? '';
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    return [one, index - ((total.get(key) ?? 1) - 1) / 2];
  });
}

const NEAR_PX = 9;

/** The expression whose mark somebody pointed at. */
function expressionAt(marks: readonly [Expression, number][], { chart, left, top }: PlotPoint): Expression | null {
  const found = marks.map(([expression, shift]) => {
    const seconds = Date.parse(expression.certainFrom ?? expression.possibleFrom ?? '') / 1000;
    const [high, low] = [chart.valToPos(expression.scoreHi, 'score'), chart.valToPos(expression.scoreLo, 'score')];
    return { expression, apart: Math.max(Math.abs(chart.valToPos(seconds, 'x') + shift * 8 - left), high - top, top - low) };
  });
  const [nearest] = found.filter(({ apart }) => apart <= NEAR_PX).sort((a, b) => a.apart - b.apart);
  return nearest?.expression ?? null;
}

function drawExpression(chart: uPlot, expression: Expression, shift: number, colours: Palette): void {
  const seconds = Date.parse(expression.certainFrom ?? expression.possibleFrom ?? '') / 1000;
  if (Number.isNaN(seconds)) return;
  const { ctx } = chart;
  const ratio = devicePixelRatio;
  const x = chart.valToPos(seconds, 'x', true) + shift * 8 * ratio;
  const y = (value: number): number => chart.valToPos(value, 'score', true);
  const [top, bottom] = [y(expression.scoreHi), y(expression.scoreLo)];
  const kind = kindIndex(expression.holderKind);
  ctx.strokeStyle = colours.series[kind] ?? colours.text;
  ctx.fillStyle = expression.status === 'possible' ? colours.surface : (colours.series[kind] ?? colours.text);
  ctx.setLineDash([]);
  ctx.lineWidth = 2 * ratio;
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
  mark(ctx, kind, x, (top + bottom) / 2, 4.5 * ratio);
  ctx.fill();
  ctx.lineWidth = 1.5 * ratio;
  if (expression.status !== 'possible') ctx.strokeStyle = colours.surface;
  ctx.stroke();
}

/** A mark for each kind: circle, square, diamond, triangle. */
function mark(ctx: CanvasRenderingContext2D, kind: number, x: number, y: number, r: number): void {
  ctx.beginPath();
  if (kind % 4 === 0) ctx.arc(x, y, r, 0, 2 * Math.PI);
  else if (kind % 4 === 1) ctx.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else {
    const corners: [number, number][] = kind % 4 === 2 ? [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]] : [[0, -1.2], [1.15, 0.9], [-1.15, 0.9]];
    corners.forEach(([dx, dy], index) => (index === 0 ? ctx.moveTo(x + dx * r, y + dy * r) : ctx.lineTo(x + dx * r, y + dy * r)));
    ctx.closePath();
  }
}
