/** Connection strings: what is accepted, what is refused and how, and that no password is ever printed. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseConnectionString } from '../../src/store/eventstoredb/connection-string.js';
import { openEventStoreDb } from '../../src/store/eventstoredb/eventstoredb-store.js';
import { openStore } from '../../src/store/open.js';
import { StoreOpenError } from '../../src/store/port.js';

const PASSWORD = 'hunter2';

describe('connection strings', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ['esdb://host', { hosts: [{ address: 'host', port: 2113 }], discover: false, tls: true }],
    ['esdb://127.0.0.1:2114?tls=false', { hosts: [{ address: '127.0.0.1', port: 2114 }], tls: false }],
    ['kurrentdb://host/?tls=false', { hosts: [{ address: 'host', port: 2113 }], discover: false, tls: false }],
    ['esdb+discover://cluster.example:2113', { discover: true }],
    ['kurrentdb+discover://cluster.example', { discover: true, where: 'cluster.example:2113' }],
    ['ESDB://host', { discover: false }],
    ['esdb://a:1,b:2,c?nodePreference=read-only-replica', { hosts: [{ address: 'a', port: 1 }, { address: 'b', port: 2 }, { address: 'c', port: 2113 }], nodePreference: 'read_only_replica' }],
    ['esdb://me:p%40ss%3A%2Fw@host', { credentials: { username: 'me', password: 'p@ss:/w' } }],
    ['esdb://host?keep_alive-Interval=20000&gossipTimeout=3&tlsVerifyCert=true', { numbers: { keepAliveInterval: 20_000, gossipTimeout: 3 } }],
  ])('%s is accepted', (url, expected) => {
    expect(parseConnectionString(url)).toMatchObject(expected);
  });

  it.each([
    ['an unknown option, which the client would only warn of', 'esdb://host?tsl=false', /unknown option "tsl".*known are .*\btls\b.*nodePreference/],
    ['tlsVerifyCert=false, which has no effect in the client', 'esdb://host?tlsVerifyCert=false', /tlsCAFile/],
    ['an IPv6 host, which the client cannot take', 'esdb://[::1]:2113', /IPv6/],
    ['an IPv6 host without brackets', 'esdb://::1', /IPv6/],
    ['credentials without TLS, which the client would not send', `esdb://admin:${PASSWORD}@host?tls=false`, /never sent/],
    ['throwOnAppendFailure=false, which makes failures look like success', 'esdb://host?throwOnAppendFailure=false', /throwOnAppendFailure/],
    ['a password with a colon, which the client would cut', `esdb://admin:${PASSWORD}:x@host`, /%3A/],
    ['a password with an @', `esdb://admin:${PASSWORD}@x@host`, /%40/],
    ['a password with a ?', `esdb://admin:${PASSWORD}?a=${PASSWORD}@host`, /%3F/],
    ['a password with a /', `esdb://admin:${PASSWORD}/x@host`, /%2F/],
    ['a user without a password', `esdb://${PASSWORD}@host`, /user:password/],
    ['a malformed percent sign in a password', `esdb://admin:${PASSWORD}%zz@host`, /%25/],
    ['a host that is not one', 'esdb://ho st', /host:port/],
    ['no host', 'esdb://', /host is missing/],
    ['a port out of range', 'esdb://host:70000', /host:port/],
    ['several hosts to discover, of which the client would take the first', 'esdb+discover://a,b', /one DNS name/],
    ['an option twice', 'esdb://host?tls=true&tls=false', /twice/],
    ['an option without a value', 'esdb://host?tls', /needs a value/],
    ['a number that is none', 'esdb://host?gossipTimeout=soon', /whole number/],
    ['a node preference that is none', 'esdb://host?nodePreference=best', /leader, follower/],
    ['a certificate file that is not there', 'esdb://host?tlsCAFile=/no/such/file.crt', /\/no\/such\/file\.crt/],
    ['half of a user certificate', 'esdb://host?userKeyFile=/no/such/file.key', /go together/],
    ['another scheme', 'http://host', /esdb:\/\//],
  ])('refuses %s', async (_, url, message) => {
    const printed: unknown[] = [];
    for (const method of ['log', 'warn', 'error', 'info', 'debug'] as const) vi.spyOn(console, method).mockImplementation((...parts) => void printed.push(...parts));
    const error: unknown = await openEventStoreDb(url).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreOpenError);
    expect((error as Error).message).toMatch(message);
    const told = [(error as Error).message, (error as Error).stack, JSON.stringify(error), JSON.stringify((error as Error).cause ?? '')].join();
    expect(told).not.toContain(PASSWORD);
    expect(printed).toEqual([]);
  });

  it('say where they lead, without the password, when nobody answers there', async () => {
    const error: unknown = await openEventStoreDb(`esdb://admin:${PASSWORD}@127.0.0.1:1`, { patienceMs: 100 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreOpenError);
    expect((error as Error).message).toContain('127.0.0.1:1');
    expect(`${(error as Error).stack}${((error as Error).cause as Error).stack}`).not.toContain(PASSWORD);
  });

  it.each(['esdb://', 'esdb+discover://', 'kurrentdb://', 'kurrentdb+discover://'])('%s is known to openStore', async (scheme) => {
    await expect(openStore(`${scheme}host?nonsense=1`)).rejects.toThrow(/unknown option "nonsense"/);
  });
});
