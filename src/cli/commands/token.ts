/** `tracker token`: makes a token for the API and shows it once; the file keeps its hash. */
import { addToken, SCOPES, TokensFileError, type Scope } from '../../http/tokens.js';
import { configOf, note } from '../with-tracker.js';
import { UsageError } from '../failure.js';
import { print, printJson } from '../output.js';
import type { GlobalOptions, ServerOptions } from '../view-options.js';

const DEFAULT_FILE = 'tokens.json';

/** @throws UsageError, TokensFileError */
export async function token(name: string, options: GlobalOptions & Pick<ServerOptions, 'tokens'> & { scopes: string; expires?: string }): Promise<void> {
  const scopes = options.scopes.split(',').map((scope) => scope.trim());
  const strange = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (strange !== undefined) throw new UsageError(`--scopes: expected some of ${SCOPES.join(', ')} with commas between, got ${JSON.stringify(strange)}`);
  const file = configOf(options).tokens ?? DEFAULT_FILE;
  const made = await addToken(file, { name, scopes: scopes as Scope[], ...(options.expires === undefined ? {} : { expires: options.expires }) }).catch((error: unknown) => {
    throw error instanceof TokensFileError ? error : new TokensFileError(`tokens ${file}: ${(error as Error).message}`, { cause: error });
  });
  note(`${file} has the token ${name} (${scopes.join(', ')}); a server that reads this file knows it within a second. It is shown this once:`);
  if (options.json) printJson({ name, scopes, token: made });
  else print(made);
}
