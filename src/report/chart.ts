/** The chart of a study as SVG: abnormal returns as bars, what they cumulate to as a line with its interval. No script, no font of its own. */
import type { ReactionView } from '../views/reaction-schema.js';

const WIDTH = 860;
const HEIGHT = 360;
const LEFT = 64;
const RIGHT = 16;
const TOP = 20;
const BOTTOM = 56;

/** The text as it may stand in HTML and SVG. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** @returns an svg element, or a sentence where nothing could be computed */
export function reactionChart({ days, path, confounders, day0, symbol, benchmarkSymbol }: ReactionView): string {
  const values = [0, ...days.flatMap(({ ar }) => ar ?? []), ...path.flatMap(({ car, lo, hi }) => [car ?? 0, lo ?? 0, hi ?? 0])];
  if (days.every(({ ar }) => ar === null)) return '<p>No abnormal return could be computed.</p>';
  const step = tickOf(Math.max(...values) - Math.min(...values));
  const [low, high] = [Math.floor(Math.min(...values) / step) * step, Math.ceil(Math.max(...values) / step) * step];
  const slot = (WIDTH - LEFT - RIGHT) / days.length;
  const x = (i: number): number => LEFT + (i + 0.5) * slot;
  const y = (value: number): number => TOP + ((high - value) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const at = (value: number): string => value.toFixed(1);
  const place = new Map(days.map(({ relative }, i) => [relative, i]));
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
  const shown = path.flatMap(({ relative, car, lo, hi }) => (car === null || lo === null || hi === null ? [] : [{ i: place.get(relative) ?? 0, car, lo, hi }]));
  const flagged = new Map(confounders.filter(({ counts }) => counts).flatMap(({ days: on, label }) => on.map((day): [number, string] => [day, label])));
  const bars = days.flatMap(({ ar, date, relative }, i) => {
    if (ar === null) return [];
    const [top, bottom] = [y(Math.max(0, ar)), y(Math.min(0, ar))];
    return [`<rect x="${at(x(i) - Math.min(28, slot / 3))}" y="${at(top)}" width="${at(2 * Math.min(28, slot / 3))}" height="${at(Math.max(1, bottom - top))}" class="${flagged.has(relative) ? 'flagged' : 'bar'}"><title>${date}, day ${relative}: ${percent(ar)}</title></rect>`];
  });
  const band = [...shown.map(({ i, hi }) => `${at(x(i))},${at(y(hi))}`), ...[...shown].reverse().map(({ i, lo }) => `${at(x(i))},${at(y(lo))}`)].join(' ');
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Abnormal returns of ${escaped(symbol)} against ${escaped(benchmarkSymbol)} around ${day0}">
${ticks.map((tick) => `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(y(tick))}" y2="${at(y(tick))}" class="${Math.abs(tick) < step / 2 ? 'zero' : 'grid'}"/><text x="${LEFT - 8}" y="${at(y(tick) + 4)}" text-anchor="end">${percent(tick, step < 0.01 ? 1 : 0)}</text>`).join('\n')}
<polygon points="${band}" class="band"/>
${bars.join('\n')}
<polyline points="${shown.map(({ i, car }) => `${at(x(i))},${at(y(car))}`).join(' ')}" class="path"/>
${shown.map(({ i, car }) => `<circle cx="${at(x(i))}" cy="${at(y(car))}" r="3.5" class="point"><title>cumulated from the first day: ${percent(car)}</title></circle>`).join('\n')}
${days.map(({ relative, date }, i) => `<text x="${at(x(i))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle"${relative === 0 ? ' class="event"' : ''}>${relative}</text><text x="${at(x(i))}" y="${HEIGHT - BOTTOM + 34}" text-anchor="middle" class="date">${date.slice(5)}</text>`).join('\n')}
<text x="${LEFT}" y="${HEIGHT - 4}" class="date">trading days from ${day0}</text>
</svg>`;
}

/** 1, 2 or 5 of some power of ten, about six of them a chart. */
function tickOf(range: number): number {
  if (!(range > 0)) return 0.01;
  for (let power = 1e-5; ; power *= 10) {
    for (const step of [power, 2 * power, 5 * power]) if (range / step <= 7) return step;
  }
}

export function percent(ratio: number | null, digits = 2): string {
  if (ratio === null) return '–';
  const figure = Math.abs(100 * ratio).toFixed(digits);
  return `${Number(figure) === 0 ? '' : ratio < 0 ? '−' : '+'}${figure} %`;
}
