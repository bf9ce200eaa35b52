/** What a study is asked with, checked once for one event and for many. */
import { createHash } from 'node:crypto';
import type { Adjustment } from '../../projections/index.js';
import { MODELS, STUDY_VERSION, type Model, type ReturnKind } from '../study/index.js';
import { oneOf, ViewError } from './context.js';
import { adjustmentOf } from './market-value.js';
import { spanOf, type Span } from './study-days.js';

export interface StudyQuery {
  /** Id or symbol; of several with commas between the first leads, and the others stand in the sensitivity. */
  benchmark?: string | undefined;
  model?: string | undefined;
  /** Sets of factors with commas between, for the model `factors`. */
  factors?: string | undefined;
  /** Windows in trading days from day 0, with commas between. */
  windows?: string | undefined;
  /** Default -260:-11. */
  estimation?: string | undefined;
  returns?: string | undefined;
  adjustment?: string | undefined;
}

export interface StudySettings {
  benchmarks: readonly string[];
  model: Model;
  factorSets: readonly string[];
  returns: ReturnKind;
  estimation: Span;
  windows: Span[];
  /** All days of the windows. */
  whole: Span;
  /** Null: the first of total return, split, none that is stored. */
  adjustment: Adjustment | null;
}

/** Models that one firm and one benchmark are enough for. */
export const PLAIN_MODELS: readonly Model[] = MODELS.filter((model) => model !== 'factors');

/**
 * @param windows where none are asked for
 * @throws ViewError bad-parameter
 */
export function settingsOf(query: StudyQuery, windows = '0:0,0:1'): StudySettings {
  const benchmarks = listOf(query.benchmark);
  if (benchmarks.length === 0) throw new ViewError('bad-parameter', 400, 'benchmark: expected an id or a symbol, such as INDEX:SPX');
  const model = oneOf('model', query.model, MODELS) ?? 'market-model';
  const factorSets = listOf(query.factors);
  const returns = oneOf('returns', query.returns, ['simple', 'log'] as const) ?? 'simple';
  if (model === 'factors' && factorSets.length === 0) throw new ViewError('bad-parameter', 400, 'factors: expected the set that the model factors is estimated on, such as fama-french-3; tracker import factors stores one');
  if (factorSets.length > 0 && returns === 'log') throw new ViewError('bad-parameter', 400, 'returns: expected simple with factors, which are simple returns themselves, got "log"');
  const estimation = spanOf('estimation', query.estimation ?? '-260:-11');
  const spans = (query.windows ?? windows).split(',').map((text) => spanOf('windows', text));
  const whole: Span = { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
  if (estimation.to >= whole.from) throw new ViewError('bad-parameter', 400, `estimation: expected to end before the windows begin, got ${estimation.from}:${estimation.to} before ${spans.map(({ from, to }) => `${from}:${to}`).join(', ')}`);
  return { benchmarks, model, factorSets, returns, estimation, windows: spans, whole, adjustment: adjustmentOf(query.adjustment) };
}

/** What a result is known by: the version of the statistics, the numbers that went in, and the settings. */
export function resultOf(inputs: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify([STUDY_VERSION, ...inputs])).digest('hex').slice(0, 32);
}

/** Texts with commas between; each once. */
export function listOf(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(',').map((one) => one.trim()).filter((one) => one !== ''))];
}
