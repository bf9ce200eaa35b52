/** The rows of a Parquet file, one row group after the other. */
import { parquetRead, type AsyncBuffer, type FileMetaData, type ParquetParsers } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/**
 * @param parsers what is made of dates and times
 * @param columns those that are wanted, in the order of the file (default: all)
 * @throws what the library throws where the file is not what its metadata say
 */
export async function* rowGroups(file: AsyncBuffer, metadata: FileMetaData, parsers: Partial<ParquetParsers>, columns?: string[]): AsyncGenerator<{ start: number; rows: unknown[][] }> {
  let start = 0;
  for (const group of metadata.row_groups) {
    const [rowStart, rowEnd] = [start, start + Number(group.num_rows)];
    const rows = await new Promise<unknown[][]>((resolve, reject) => {
      parquetRead({ file, metadata, compressors, parsers, ...(columns ? { columns } : {}), rowStart, rowEnd, onComplete: resolve }).catch(reject);
    });
    yield { start, rows };
    start = rowEnd;
  }
}
