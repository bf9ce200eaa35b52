/** Who may do what on a stand-in with TLS: users with passwords, the readers of $all, and the streams that are not for all. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ServerCredentials, type Metadata } from '@grpc/grpc-js';
import { refusal, refusals, type Refusal } from './wire.js';

const folder = path.join(import.meta.dirname, 'tls');
/** The certificate of the authority that signed the stand-in's: for tlsCAFile. */
export const TEST_CA = path.join(folder, 'test-only-ca.crt');
/** As a new server has them. */
export const PASSWORD = 'changeit';

export function secureCredentials(): ServerCredentials {
  const read = (name: string): Buffer => readFileSync(path.join(folder, name));
  return ServerCredentials.createSsl(null, [{ cert_chain: read('test-only-server.crt'), private_key: read('test-only-server.key') }]);
}

export function createAccess() {
  const users = new Set(['admin', 'ops']);
  /** Who may read $all, and who may read and append to a stream; a stream that is not here is for everybody. */
  const allowed = new Map<string, Set<string>>([['$all', new Set(['admin'])]]);
  return {
    allowed,
    /** What a call to a stream is told; undefined: it may go on. */
    check(metadata: Metadata, streamId: string): Refusal | undefined {
      const [given] = metadata.get('authorization');
      const [user = '', password] = Buffer.from(String(given ?? '').replace(/^Basic /, ''), 'base64').toString().split(':');
      if (given !== undefined && (!users.has(user) || password !== PASSWORD)) return refusal(16, 'Bad HTTP authentication: the user or the password is wrong.');
      return allowed.get(streamId)?.has(user) === false ? refusals.denied() : undefined;
    },
  };
}
export type Access = ReturnType<typeof createAccess>;
