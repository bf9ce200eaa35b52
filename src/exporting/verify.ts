/** Holds an export against its manifest: files that are missing, others that are there, bytes, rows and hashes. Changes nothing. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { MANIFEST, manifestSchema, type FileEntry, type Manifest, type TableEntry } from './manifest.js';
import { textsOf } from './read.js';
import { rowsHash } from './table.js';

/** Thrown when a folder holds no export that this program can read. */
export class NoExportError extends Error {
  override readonly name = 'NoExportError';
}

export interface ExportReport {
  tables: number;
  files: number;
  rows: number;
  /** In sentences, each naming its file or table. */
  findings: string[];
}

/** @throws NoExportError */
export function readManifest(folder: string): Manifest {
  const file = path.join(folder, MANIFEST);
  if (!existsSync(file)) throw new NoExportError(`${folder}: no ${MANIFEST} is there: name the folder of an export`);
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new NoExportError(`${file}: not JSON: ${(error as Error).message}`, { cause: error });
  }
  const parsed = manifestSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new NoExportError(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a manifest'}: of another version of this program?`);
  }
  return parsed.data;
}

/** @throws NoExportError */
export async function verifyExport(folder: string, progress: (rows: number) => void = () => undefined): Promise<ExportReport> {
  const manifest = readManifest(folder);
  const findings = strangers(folder, manifest);
  let rows = 0;
  for (const table of manifest.tables) {
    const sound: boolean[] = [];
    for (const file of table.files) {
      const found = await fileFindings(folder, file);
      sound.push(found.length === 0);
      findings.push(...found);
    }
    // Rows of a damaged file are not those that were hashed: that has been said.
    if (!sound.every(Boolean)) continue;
    rows += table.rows;
    findings.push(...(await rowFindings(folder, manifest, table, progress)));
  }
  return { tables: manifest.tables.length, files: manifest.tables.reduce((sum, { files }) => sum + files.length, 0), rows, findings };
}

function strangers(folder: string, { tables }: Manifest): string[] {
  const named = new Set([MANIFEST, ...tables.flatMap(({ files }) => files.map((file) => file.path))]);
  const there = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  return there.filter((name) => !named.has(name)).sort().map((name) => `${name}: is not in the manifest`);
}

async function fileFindings(folder: string, { path: name, bytes, sha256 }: FileEntry): Promise<string[]> {
  const file = path.join(folder, name);
  if (!existsSync(file)) return [`${name}: is missing`];
  const { size } = statSync(file);
  if (size !== bytes) return [`${name}: has ${size} bytes, the manifest says ${bytes}`];
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex') === sha256 ? [] : [`${name}: its bytes are not those that were written (SHA-256)`];
}

async function rowFindings(folder: string, { format, partition }: Manifest, { name, columns: all, rows, rowsHash: expected, files }: TableEntry, progress: (rows: number) => void): Promise<string[]> {
  const columns = partition === null ? all : all.slice(0, -1);
  const hash = rowsHash();
  let count = 0;
  for (const file of files) {
    const before = count;
    try {
      for await (const texts of textsOf(path.join(folder, file.path), format, columns)) {
        hash.add([texts.slice(0, columns.length)]);
        count += 1;
        if (count % 10_000 === 0) progress(count);
      }
    } catch (error) {
      return [`${file.path}: not readable as ${format}: ${(error as Error).message}`];
    }
    if (count - before !== file.rows) return [`${file.path}: has ${count - before} rows, the manifest says ${file.rows}`];
  }
  if (count !== rows) return [`${name}: its files have ${count} rows, the manifest says ${rows}`];
  return hash.hex() === expected ? [] : [`${name}: its rows are not those of the manifest's hash`];
}
