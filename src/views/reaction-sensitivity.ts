/** What other models, benchmarks and estimation windows would have given: shown beside a study, never chosen from. */
import { cumulate, isRefusal } from '../study/index.js';
import type { Plan } from './reaction.js';
import type { ReactionView } from './reaction-schema.js';
import { fitted } from './reaction-windows.js';
import { sampleOf } from './study-sample.js';
import { PLAIN_MODELS } from './study-settings.js';

/** Models that look at no benchmark give the same with each. */
const ALONE = new Set(['mean-adjusted', 'factors']);

/** @param symbols of the plan's benchmarks, in their order */
export function sensitivityOf({ event, firm, markets, factors, sessions, settings: { returns, estimation, windows, model }, whole }: Plan, symbols: readonly string[]): ReactionView['sensitivity'] {
  const half = { from: estimation.from + Math.floor((estimation.to - estimation.from + 1) / 2), to: estimation.to };
  const models = factors ? [...PLAIN_MODELS, 'factors' as const] : PLAIN_MODELS;
  return [estimation, half].flatMap((span) =>
    markets.flatMap((benchmark, place) => {
      const options = { event, firm, benchmark, sessions, estimation: span, window: whole, returns };
      const plain = sampleOf(options);
      const others = models.filter((each) => !(each === model && span === estimation && (place === 0 || ALONE.has(each))) && (place === 0 || !ALONE.has(each)));
      return others.flatMap((each) => {
        const found = each === 'factors' ? fitted(sampleOf({ ...options, factors }), each, factors?.names) : fitted(plain, each);
        return windows.map((window): ReactionView['sensitivity'][number] => {
          const cumulated = isRefusal(found) ? found : cumulate(found, window);
          const base = { model: each, benchmark: ALONE.has(each) ? null : (symbols[place] ?? null), estimation: `${span.from}:${span.to}`, window: `${window.from}:${window.to}` };
          return isRefusal(cumulated) ? { ...base, car: null, t: null, p: null, refused: cumulated.refused } : { ...base, car: cumulated.car, t: cumulated.t, p: cumulated.p, refused: null };
        });
      });
    }),
  );
}
