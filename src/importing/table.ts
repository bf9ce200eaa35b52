/** A table from a file or stdin, whatever it is written as. */
import { readCsv, type Table } from './csv.js';
import { readParquet } from './parquet.js';
import { openSource, type Source } from './source.js';

/**
 * @param file path, or "-" for stdin
 * @throws ImportError for what can't be opened, or has no header
 */
export async function openTable(file: string, delimiter?: string): Promise<{ source: Source; table: Table }> {
  const source = await openSource(file);
  return { source, table: source.parquet ? await readParquet(source, file === '-' ? null : file) : await readCsv(source.text(), delimiter) };
}
