/**
 * Bearer tokens: a file of names, scopes and hashes. A token is 256 random bits, so its SHA-256 can't be turned back by
 * guessing; the file holds no secret, but who can write it lets in whom he wants.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { parseInstant } from '../../events/index.js';

/** read: views and events; append: into the real world; scenario: open, fill and archive scenarios; admin: /metrics. None includes another. */
export const SCOPES = ['read', 'append', 'scenario', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

const entrySchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'expected a name of a-z, 0-9 and -' }),
  scopes: z.array(z.enum(SCOPES)).min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, { error: 'expected 64 hex digits' }),
  expires: z.string().refine((text) => parseInstant(text) !== null, { error: 'expected an instant, such as 2027-01-01T00:00:00Z' }).optional(),
});
const fileSchema = z.strictObject({ format: z.literal(1), tokens: z.array(entrySchema) }).refine(({ tokens }) => new Set(tokens.map(({ name }) => name)).size === tokens.length, { error: 'expected each name once', path: ['tokens'] });

export type TokenEntry = z.infer<typeof entrySchema>;

/** Thrown when a file of tokens can't be read or is malformed, or a name is taken. */
export class TokensFileError extends Error {
  override readonly name = 'TokensFileError';
}

export interface Tokens {
  /** Whose token it is; null: nobody's, or of the past. */
  find(token: string, nowMs: number): TokenEntry | null;
}

/** How often it is looked whether the file is another: a token that was taken out is refused from then on. */
const LOOK_EVERY_MS = 1000;

/**
 * @param log told when the file was changed to something malformed: what was read before then holds on
 * @throws TokensFileError
 */
export function openTokens(file: string, log: (message: string) => void): Tokens {
  let read = readTokens(file);
  let seen = stampOf(file);
  let lookedAt = performance.now();

  function look(): void {
    if (performance.now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = performance.now();
    const stamp = stampOf(file);
    if (stamp === seen) return;
    seen = stamp;
    try {
      read = readTokens(file);
    } catch (error) {
      log(`${(error as Error).message}; the tokens that were read before still hold`);
    }
  }

  return {
    find(token, nowMs) {
      look();
      const given = hashOf(token);
      let found: TokenEntry | null = null;
      // All are compared, so that the time says nothing of which was nearly right.
      for (const entry of read) if (timingSafeEqual(given, Buffer.from(entry.sha256, 'hex'))) found = entry;
      const until = found?.expires === undefined ? null : parseInstant(found.expires);
      return until !== null && until.ms <= nowMs ? null : found;
    },
  };
}

/** @throws TokensFileError */
export function readTokens(file: string): TokenEntry[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new TokensFileError(`tokens ${file}: ${(cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file; tracker token NAME --scopes read makes it' : (cause as Error).message}`, { cause });
  }
  const result = fileSchema.safeParse(parsed);
  // What is wrong is named and not shown: somebody may have put the token itself there.
  if (!result.success) throw new TokensFileError(`tokens ${file}: ${result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`).join('; ')}`);
  return result.data.tokens;
}

/**
 * Adds a token to a file, which is made where there is none.
 * @returns the token, which nobody can read from the file
 * @throws TokensFileError
 */
export async function addToken(file: string, entry: Omit<TokenEntry, 'sha256'>): Promise<string> {
  const there = existsSync(file) ? readTokens(file) : [];
  if (there.some(({ name }) => name === entry.name)) throw new TokensFileError(`tokens ${file}: there is a token named ${entry.name}; take it out first, or choose another name`);
  // The beginning lets whoever looks for secrets in texts find it.
  const token = `mrt_${randomBytes(32).toString('base64url')}`;
  const tokens = [...there, { ...entry, sha256: hashOf(token).toString('hex') }];
  const checked = fileSchema.safeParse({ format: 1, tokens });
  if (!checked.success) throw new TokensFileError(checked.error.issues.map((issue) => `${String(issue.path.at(-1))}: ${issue.message}`).join('; '));
  await writeFileAtomic(file, `${JSON.stringify(checked.data, null, 2)}\n`, { mode: 0o600 });
  return token;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : 'gone';
}
