/** Krippendorff's α with the interval metric: how far scorers agree beyond what chance would give. */

/**
 * @param units one list of values for each thing scored, by whoever scored it; things with fewer than two values say nothing
 * @returns 1 − Do/De; 1 is agreement, 0 is chance
 * @throws RangeError when nothing can be compared or all values are one
 * Krippendorff, Content Analysis (4th ed.), ch. 12; "Computing Krippendorff's Alpha-Reliability" (2011), section C
 */
export function krippendorffAlpha(units: readonly (readonly number[])[]): number {
  const pairable = units.filter((values) => values.length >= 2);
  const all = pairable.flat();
  const squares = (values: readonly number[]): number => values.reduce((total, a) => total + values.reduce((sum, b) => sum + (a - b) * (a - b), 0), 0);
  const observed = pairable.reduce((total, values) => total + squares(values) / (values.length - 1), 0) / all.length;
  const expected = squares(all) / (all.length * (all.length - 1));
  if (!(expected > 0)) throw new RangeError('expected values that differ, of at least one thing that was scored twice');
  return 1 - observed / expected;
}
