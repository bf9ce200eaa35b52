/**
 * How costs grow with the log, `npm run bench -- --growth`: each at ten thousand, a hundred thousand and a million events,
 * reading, folding and memory at ten million too, drawn into bench/report/growth.svg with the machine named, each with its
 * slope in words. BENCH_MOST=1000000 stops earlier.
 */
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { escaped } from '../src/report/chart.js';
import type { Figures } from './growth-at.js';

const SIZES = [10_000, 100_000, 1_000_000, 10_000_000].filter((size) => size <= Number(process.env['BENCH_MOST'] ?? Infinity));
const MEASURES: readonly [name: string, title: string, unit: string][] = [
  ['decode', 'Reading and decoding, an event', 'µs'],
  ['fold', 'Reading, checking, folding, an event', 'µs'],
  ['state', 'State of all projections, an event', 'bytes'],
  ['resident', 'The whole process', 'MB'],
  ['append', 'Appending batches of 500, an event', 'µs'],
  ['start', 'A start from a snapshot', 'ms'],
  ['level', 'A level as it was known then', 'µs'],
  ['asof', 'As-of join, a label', 'µs'],
  ['304', 'A 304 over HTTP, client and server', 'µs'],
];

export async function growth(): Promise<void> {
  const found: [number, Figures][] = [];
  for (const size of SIZES) found.push([size, await inOwnProcess(size)]);
  const machine = `${os.cpus()[0]?.model.trim() ?? 'unknown processor'}, ${os.availableParallelism()} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
  const panels = MEASURES.map(([name, title, unit]) => ({ title, unit, points: found.flatMap(([size, figures]): [number, number][] => (figures[name] === undefined ? [] : [[size, figures[name]]])) }));
  const folder = path.join(process.cwd(), 'bench', 'report');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'growth.svg'), drawn(panels, machine));
  for (const { title, unit, points } of panels) console.log(`${title}: ${points.map(([size, value]) => `${value.toPrecision(3)} ${unit} at ${short(size)}`).join(', ')}: ${slope(points)}`);
  console.log(machine);
}

function inOwnProcess(size: number): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'growth-at.js'), { execArgv: ['--expose-gc'] });
    child.once('message', (figures) => { resolve(figures as Figures); });
    child.once('exit', (code) => { reject(new Error(`the measurement at ${size} events ended with ${String(code)}`)); });
    child.send(size);
  });
}

/** What ten times as many events do to the cost: the exponent of the least-squares line through the logarithms. */
function slope(points: readonly [number, number][]): string {
  const [x, y] = [points.map(([size]) => Math.log10(size)), points.map(([, value]) => Math.log10(value))];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [xBar, yBar] = [mean(x), mean(y)];
  const exponent = mean(x.map((value, i) => (value - xBar) * ((y[i] ?? NaN) - yBar))) / mean(x.map((value) => (value - xBar) ** 2));
  const tenfold = 10 ** exponent;
  const words = Math.abs(exponent) < 0.08 ? 'flat' : exponent < 0 ? 'falls' : exponent > 0.9 ? 'grows with the log' : 'grows slower than the log';
  return `${words}: ${tenfold.toFixed(2)}× for ten times the events`;
}

interface Panel {
  title: string;
  unit: string;
  points: [number, number][];
}

const [WIDTH, HEIGHT, ACROSS] = [300, 190, 3];
const [LEFT, RIGHT, TOP, BOTTOM] = [20, 20, 62, 34];

function drawn(panels: readonly Panel[], machine: string): string {
  const rows = Math.ceil(panels.length / ACROSS);
  const [width, height] = [WIDTH * ACROSS, HEIGHT * rows + 60];
  const body = panels.map((panel, i) => `<g transform="translate(${(i % ACROSS) * WIDTH} ${Math.floor(i / ACROSS) * HEIGHT + 60})">${drawnPanel(panel)}</g>`).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11" fill="#222">
<title>Costs by the size of the log</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="20" y="26" font-size="16" font-weight="600">Costs by the number of events in the log</text>
<text x="20" y="46" fill="#555">${escaped(machine)}. Both axes are logarithmic, a decade of cost as high in every panel.</text>
${body}
</svg>
`;
}

/** Three decades high: what is flat looks flat, what grows as the log does climbs across the panel. */
const DECADES = 3;

function drawnPanel({ title, unit, points }: Panel): string {
  const across = (size: number): number => LEFT + ((Math.log10(size) - 4) / 3) * (WIDTH - LEFT - RIGHT - 30) + 15;
  const middle = points.reduce((sum, [, value]) => sum + Math.log10(value), 0) / points.length;
  const down = (value: number): number => TOP + (0.5 - (Math.log10(value) - middle) / DECADES) * (HEIGHT - TOP - BOTTOM);
  const at = points.map(([size, value]) => [across(size), down(value)] as const);
  return [
    `<text x="${LEFT}" y="18" font-weight="600">${escaped(title)}</text>`,
    `<text x="${LEFT}" y="34" fill="#555">${escaped(slope(points))}</text>`,
    `<path d="M${LEFT} ${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" stroke="#bbb"/>`,
    `<path d="M${at.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}" fill="none" stroke="#1f5fa8" stroke-width="2"/>`,
    ...points.map(([size, value], i) => {
      const [x, y] = at[i] as (typeof at)[number];
      return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3" fill="#1f5fa8"/><text x="${x.toFixed(1)}" y="${(y - 8).toFixed(1)}" text-anchor="middle">${amount(value)} ${unit}</text><text x="${x.toFixed(1)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle" fill="#555">${short(size)}</text>`;
    }),
  ].join('\n');
}

function amount(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2);
}

function short(size: number): string {
  return size >= 1_000_000 ? `${size / 1_000_000} M` : `${size / 1000} k`;
}
