/** How often each test rejects at 5 %, in per cent, over samples of a world. */
import { crossSection } from '../../src/study/cross/rules.js';
import { fit, isRefusal } from '../../src/study/fit.js';
import { cumulate, sampleQuantile } from '../../src/study/one-event.js';
import type { Fitted } from '../../src/study/types.js';
import { worlds, type World } from './simulate.js';

export function rejections(world: World, samples: number, seed: number, only?: readonly string[]): Record<string, number> {
  const draw = worlds(world, seed);
  const counts = new Map<string, { rejected: number; of: number }>();
  const note = (test: string, p: number): void => {
    if (only && !only.includes(test)) return;
    const count = counts.get(test) ?? { rejected: 0, of: 0 };
    counts.set(test, { rejected: count.rejected + (p < 0.05 ? 1 : 0), of: count.of + 1 });
  };
  const window = { from: 0, to: world.l - 1 };
  for (let i = 0; i < samples; i += 1) {
    const drawn = draw();
    const fitted = drawn.map((sample) => fit(sample, 'market-model') as Fitted);
    const one = cumulate(fitted[0] as Fitted, window);
    if (!isRefusal(one)) note('one-event-t', one.p);
    if (world.l === 1) {
      const quantile = sampleQuantile(fitted[0] as Fitted, 0, true);
      if (!isRefusal(quantile)) note('one-event-quantile', quantile.p);
    }
    for (const entry of crossSection(fitted, drawn, window, { model: 'market-model' }).entries) if (!('refused' in entry)) note(entry.test, entry.p);
  }
  return Object.fromEntries([...counts].map(([test, { rejected, of }]) => [test, (100 * rejected) / of]));
}
