/** The one error of seeding. */

/** Thrown when a seed can't be loaded; each line names the file, the fact and the field. Nothing was written. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}
