/** The one error of imports. */

/** Thrown when a file can't be imported as asked; each line says what, where and what to do. Nothing was stored. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}
