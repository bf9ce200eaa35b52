/** `tracker verify --export`: the files of an export against its manifest. Exit codes as for a store. */
import { NoExportError, verifyExport } from '../../exporting/verify.js';
import { counted, print, printJson, progressLine } from '../output.js';
import { note } from '../with-tracker.js';

const [DAMAGED, UNKNOWN] = [1, 2];

export async function verifyExported(folder: string, { json }: { json?: boolean }): Promise<void> {
  const line = progressLine();
  try {
    const { tables, files, rows, findings } = await verifyExport(folder, (count) => { line.show(counted(count, 'row', 'rows')); }).finally(line.done);
    if (findings.length > 0) process.exitCode = DAMAGED;
    if (json) printJson({ sound: findings.length === 0, tables, files, rows, findings });
    else {
      for (const finding of findings) print(finding);
      print(findings.length === 0 ? `The export is as it was written: ${counted(tables, 'table', 'tables')}, ${counted(files, 'file', 'files')}, ${counted(rows, 'row', 'rows')}.` : `The export is not as it was written: ${counted(findings.length, 'finding', 'findings')}.`);
    }
  } catch (error) {
    if (!(error instanceof NoExportError)) throw error;
    process.exitCode = UNKNOWN;
    if (json) printJson({ sound: null, problem: error.message });
    else note(`tracker: cannot tell: ${error.message}`);
  }
}
