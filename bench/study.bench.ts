/**
 * The market model of many firms over ten years, beside a plain loop over typed arrays that gives the same numbers (alpha,
 * beta, s², residuals, leverages, abnormal returns and their covariance) and checks nothing, and beside R where it is
 * installed. The sums of all abnormal returns and covariances are compared.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sessionsBetween } from '../events/index.js';
import { fit, isRefusal, type Sample } from '../src/study/index.js';
import { draws } from '../src/synthetic/random.js';
import { compare, type Comparison } from './measure.js';

const FIRMS = 500;
const DAYS = 2500;
const WINDOW = 11;
/** So often a round: a collection before each round takes compiled code with it. */
const PASSES = 5;
const DATES = sessionsBetween('US', '2015-01-02', '2025-12-31').map(({ date }) => date).slice(0, DAYS + WINDOW);

export async function studyBench({ rounds }: { rounds: number }): Promise<Comparison[]> {
  const market = returns(0);
  const firms = Array.from({ length: FIRMS }, (_, firm) => returns(firm + 1).map((own, day) => own + (0.5 + firm / FIRMS) * (market[day] as number)));
  const regressors = Array.from(market, (value) => [value]);
  const samples = firms.map((own, firm): Sample => ({
    event: `event-${firm}`,
    firm: `firm-${firm}`,
    estimation: { dates: DATES.slice(0, DAYS), returns: numbers(own.subarray(0, DAYS)), regressors: regressors.slice(0, DAYS) },
    window: { dates: DATES.slice(DAYS), returns: numbers(own.subarray(DAYS)), regressors: regressors.slice(DAYS), relative: Array.from({ length: WINDOW }, (_, i) => i - 5) },
  }));
  const results = { here: 0, plain: 0 };
  const ours = {
    run: () => {
      results.here = 0;
      for (const sample of repeated(samples)) {
        const fitted = fit(sample, 'market-model');
        if (isRefusal(fitted)) throw new Error(fitted.reason);
        for (const { ar } of fitted.window) results.here += ar as number;
        for (const line of fitted.covariance) for (const cell of line) results.here += cell as number;
        results.here += fitted.residuals.h[0] ?? NaN;
      }
      return Promise.resolve(FIRMS * PASSES);
    },
  };
  const plain = {
    run: () => {
      results.plain = 0;
      for (const own of repeated(firms)) results.plain += plainLoop(own, market);
      return Promise.resolve(FIRMS * PASSES);
    },
  };
  const shape = `${FIRMS} firms × ${DAYS.toLocaleString('en')} days`;
  const comparisons = [await compare(`market model, ${shape}, beside a plain loop`, 'firms/s', rounds, ours, plain)];
  agree('a plain loop', results.here, results.plain);
  return [...comparisons, ...(await besideR(shape, rounds, ours, () => results.here, [market, ...firms]))];
}

/** As an array that holds numbers as they are, which spreading would not make. */
function numbers(column: Float64Array): number[] {
  const list: number[] = [];
  for (const value of column) list.push(value);
  return list;
}

function repeated<T>(all: readonly T[]): T[] {
  return Array.from({ length: PASSES }, () => all).flat();
}

/** Ten years of daily returns, the same for the same number. */
function returns(seed: number): Float64Array {
  const random = draws(20_251_103, `firm ${seed}`);
  return Float64Array.from({ length: DAYS + WINDOW }, () => random.normal() * 0.015);
}

function plainLoop(own: Float64Array, market: Float64Array): number {
  let [x, y] = [0, 0];
  for (let i = 0; i < DAYS; i += 1) {
    x += market[i] as number;
    y += own[i] as number;
  }
  x /= DAYS;
  y /= DAYS;
  let [xx, xy] = [0, 0];
  for (let i = 0; i < DAYS; i += 1) {
    const centred = (market[i] as number) - x;
    xx += centred * centred;
    xy += centred * ((own[i] as number) - y);
  }
  const beta = xy / xx;
  const alpha = y - beta * x;
  const residuals = new Float64Array(DAYS);
  const leverages = new Float64Array(DAYS);
  let squares = 0;
  for (let i = 0; i < DAYS; i += 1) {
    const e = (own[i] as number) - alpha - beta * (market[i] as number);
    residuals[i] = e;
    squares += e * e;
    const centred = (market[i] as number) - x;
    leverages[i] = 1 / DAYS + (centred * centred) / xx;
  }
  const s2 = squares / (DAYS - 2);
  let total = leverages[0] as number;
  for (let i = DAYS; i < DAYS + WINDOW; i += 1) {
    total += (own[i] as number) - alpha - beta * (market[i] as number);
    for (let j = DAYS; j < DAYS + WINDOW; j += 1) total += s2 * ((i === j ? 1 : 0) + 1 / DAYS + (((market[i] as number) - x) * ((market[j] as number) - x)) / xx);
  }
  return total;
}

/** R times itself, without its start and the reading of the numbers. */
async function besideR(shape: string, rounds: number, ours: { run: () => Promise<number> }, here: () => number, columns: readonly Float64Array[]): Promise<Comparison[]> {
  if (spawnSync('Rscript', ['--version']).error) {
    console.log('R is left out: no Rscript is installed');
    return [];
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tracker-bench-'));
  writeFileSync(path.join(folder, 'returns'), Buffer.concat(columns.map((column) => Buffer.from(column.buffer))));
  const rates: { here: number[]; fit: number[]; lm: number[] } = { here: [], fit: [], lm: [] };
  for (let round = 0; round < rounds; round += 1) {
    const { stdout, stderr, status } = spawnSync('Rscript', ['--vanilla', path.join('bench', 'study.R'), path.join(folder, 'returns'), String(FIRMS), String(DAYS), String(WINDOW)], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`R: ${stderr}`);
    const [fitSeconds = NaN, lmSeconds = NaN, ...sums] = stdout.trim().split(' ').map(Number);
    for (const sum of sums) agree('R', here(), sum * PASSES);
    const start = performance.now();
    const count = await ours.run();
    rates.here.push((count / (performance.now() - start)) * 1000);
    rates.fit.push(FIRMS / fitSeconds);
    rates.lm.push(FIRMS / lmSeconds);
  }
  rmSync(folder, { recursive: true, force: true });
  return [
    { name: `market model, ${shape}, beside R's lm.fit`, unit: 'firms/s', ours: rates.here, baseline: rates.fit },
    { name: `market model, ${shape}, beside R's lm`, unit: 'firms/s', ours: rates.here, baseline: rates.lm },
  ];
}

function agree(whom: string, here: number, there: number): void {
  if (!(Math.abs(here - there) <= 1e-9 * Math.abs(there))) throw new Error(`market model: ${here} here, ${there} of ${whom}`);
}
