/**
 * Connection strings: `esdb://user:password@host:2113?tls=true`, `esdb+discover://`, and the same with `kurrentdb`. They
 * are parsed here and not by the client, which warns about unknown options, cuts passwords at a colon, and prints the
 * whole string, password included, when it does not understand it. No message here repeats any part of the credentials.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { StoreOpenError } from '../port.js';

export interface Settings {
  /** One host, or the seeds of a cluster. */
  hosts: { address: string; port: number }[];
  /** Whether the one host is a DNS name behind which the nodes are found. */
  discover: boolean;
  tls: boolean;
  credentials?: { username: string; password: string };
  rootCertificate?: Buffer;
  userCertFile?: Buffer;
  userKeyFile?: Buffer;
  nodePreference?: 'leader' | 'follower' | 'read_only_replica' | 'random';
  connectionName?: string;
  numbers: Partial<Record<NumberOption, number>>;
  /** The hosts, for messages. */
  where: string;
}

const numberOptions = ['maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout', 'defaultDeadline', 'keepAliveInterval', 'keepAliveTimeout'] as const;
export type NumberOption = (typeof numberOptions)[number];
const options = [...numberOptions, 'tls', 'tlsCAFile', 'tlsVerifyCert', 'userCertFile', 'userKeyFile', 'nodePreference', 'connectionName', 'throwOnAppendFailure'] as const;
type Option = (typeof options)[number];
const preferences = ['leader', 'follower', 'read_only_replica', 'random'] as const;

const ENCODE = 'a user name or password with : / ? @ or , must have them percent-encoded (%3A %2F %3F %40 %2C)';

/**
 * Reads a connection string.
 * @throws StoreOpenError that says what is wrong, without any part of the credentials
 */
export function parseConnectionString(url: string): Settings {
  const scheme = /^(esdb|kurrentdb)(\+discover)?:\/\//i.exec(url.trim());
  if (!scheme) throw new StoreOpenError('expected esdb://host:2113, esdb+discover://host:2113, or the same with kurrentdb');
  const rest = url.trim().slice(scheme[0].length);
  const query = rest.indexOf('?');
  const authority = (query < 0 ? rest : rest.slice(0, query)).replace(/\/+$/, '');
  const given = readOptions(query < 0 ? '' : rest.slice(query + 1).replace(/\/+$/, ''));
  const at = authority.lastIndexOf('@');
  const credentials = at < 0 ? undefined : readCredentials(authority.slice(0, at));
  const hosts = authority.slice(at + 1).split(',').map(readHost);
  const discover = scheme[2] !== undefined;
  if (discover && hosts.length > 1) throw new StoreOpenError('+discover takes one DNS name; with several hosts leave +discover out');
  const tls = readBoolean(given, 'tls') ?? true;
  if (credentials && !tls) throw new StoreOpenError('the connection string has credentials and tls=false: without TLS they are never sent, so leave them out, or leave tls=false out');
  if (readBoolean(given, 'tlsVerifyCert') === false) throw new StoreOpenError('tlsVerifyCert=false has no effect in the client: name the authority that signed the certificate with tlsCAFile=/path/to/ca.crt');
  if (readBoolean(given, 'throwOnAppendFailure') === false) throw new StoreOpenError('throwOnAppendFailure=false is not accepted: a failed append would look like one that went through');
  if (!tls && given.has('tlsCAFile')) throw new StoreOpenError('tlsCAFile has no effect with tls=false: leave one of them out');
  if (given.has('userCertFile') !== given.has('userKeyFile')) throw new StoreOpenError('userCertFile and userKeyFile go together');

  const numbers: Settings['numbers'] = {};
  for (const name of numberOptions) {
    const value = given.get(name);
    if (value === undefined) continue;
    if (!/^(\d{1,9}|-1)$/.test(value) || (value === '-1' && !name.startsWith('keepAlive'))) throw new StoreOpenError(`${name}: expected a whole number`);
    numbers[name] = Number(value);
  }
  const preference = given.get('nodePreference')?.toLowerCase().replace(/[-_]/g, '');
  const nodePreference = preferences.find((name) => name.replace(/_/g, '') === preference);
  if (preference !== undefined && !nodePreference) throw new StoreOpenError(`nodePreference: expected ${preferences.join(', ')}`);
  const settings: Settings = { hosts, discover, tls, numbers, where: hosts.map(({ address, port }) => `${address}:${port}`).join(',') };
  if (credentials) settings.credentials = credentials;
  if (nodePreference) settings.nodePreference = nodePreference;
  const name = given.get('connectionName');
  if (name !== undefined) settings.connectionName = name;
  for (const [option, field] of [['tlsCAFile', 'rootCertificate'], ['userCertFile', 'userCertFile'], ['userKeyFile', 'userKeyFile']] as const) {
    const file = given.get(option);
    if (file !== undefined) settings[field] = readFile(option, file);
  }
  return settings;
}

function readOptions(query: string): Map<Option, string> {
  const given = new Map<Option, string>();
  if (query.includes('@')) throw new StoreOpenError(`there is an @ after the ?: in an option write %40; ${ENCODE}`);
  for (const pair of query === '' ? [] : query.split('&')) {
    const equals = pair.indexOf('=');
    const key = (equals < 0 ? pair : pair.slice(0, equals)).trim();
    const value = equals < 0 ? '' : pair.slice(equals + 1).trim();
    const option = options.find((name) => name.toLowerCase() === key.toLowerCase().replace(/[-_]/g, ''));
    if (!option) throw new StoreOpenError(`unknown option ${JSON.stringify(key)} in the connection string; known are ${options.join(', ')}`);
    if (value === '') throw new StoreOpenError(`the option ${option} needs a value: ${option}=…`);
    if (given.has(option)) throw new StoreOpenError(`the option ${option} is given twice`);
    given.set(option, decode(value, option));
  }
  return given;
}

function readCredentials(text: string): { username: string; password: string } {
  const parts = text.split(':');
  if (parts.length !== 2 || parts.includes('') || /[@/]/.test(text)) throw new StoreOpenError(`expected user:password before the @; ${ENCODE}`);
  const [username = '', password = ''] = parts.map((part) => decode(part, 'the credentials'));
  return { username, password };
}

function readHost(text: string): { address: string; port: number } {
  if (text === '') throw new StoreOpenError('a host is missing: expected esdb://host:2113');
  if (text.startsWith('[') || text.split(':').length > 2) throw new StoreOpenError('IPv6 addresses are not supported by the EventStoreDB client: use a host name or an IPv4 address');
  const [, address, port = '2113'] = /^([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  // The text is not repeated: it may be a piece of a password that was not encoded.
  if (address === undefined || Number(port) < 1 || Number(port) > 65535) throw new StoreOpenError(`expected host or host:port, several separated by commas; ${ENCODE}`);
  return { address, port: Number(port) };
}

function readBoolean(given: ReadonlyMap<Option, string>, option: Option): boolean | undefined {
  const value = given.get(option);
  if (value === undefined || value === 'true' || value === 'false') return value === undefined ? undefined : value === 'true';
  throw new StoreOpenError(`${option}: expected true or false`);
}

function readFile(option: Option, file: string): Buffer {
  const full = path.resolve(file);
  if (!existsSync(full)) throw new StoreOpenError(`${option}: there is no file ${full}`);
  try {
    return readFileSync(full);
  } catch (cause) {
    throw new StoreOpenError(`${option}: ${full} cannot be read`, { cause });
  }
}

function decode(text: string, where: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new StoreOpenError(`${where}: a % must be followed by two hex digits; write %25 for a % itself`);
  }
}
