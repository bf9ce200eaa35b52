/** One subscription of the client, driven by hand: its signals in the order in which they belong, and listeners that throw. */
import { PassThrough } from 'node:stream';
import type { AllStreamSubscription, EventStoreDBClient } from '@eventstore/db-client';
import { describe, expect, it } from 'vitest';
import { openSource, type SourceListener } from '../../src/store/eventstoredb/source.js';

type Place = { commit: bigint; prepare: bigint };

/** The client's subscription, as far as it is used: a stream that holds what it has read until it flows. */
function scriptedClient() {
  const stream = Object.assign(new PassThrough({ objectMode: true }), { unsubscribe: async () => undefined });
  let checkpointReached: ((subscription: unknown, place: Place) => void) | undefined;
  const client = {
    subscribeToAll: ({ filter }: { filter: { checkpointReached: typeof checkpointReached } }) => {
      ({ checkpointReached } = filter);
      return stream as unknown as AllStreamSubscription;
    },
  };
  return {
    /** From now on it holds what it reads, as it does for a slow reader. */
    hold: () => stream.pause(),
    flow: () => stream.resume(),
    lease: { client: client as unknown as EventStoreDBClient, renew: () => undefined, release: () => undefined },
    event: (n: number): void => {
      const record = { id: '', streamId: 's', revision: BigInt(n), type: 'T', data: {}, metadata: {}, isJson: true, created: new Date(0), position: { commit: BigInt(n), prepare: BigInt(n) } };
      stream.write({ event: record });
    },
    caughtUp: () => stream.emit('caughtUp'),
    checkpoint: (n: number) => checkpointReached?.(stream, { commit: BigInt(n), prepare: BigInt(n) }),
  };
}

function listener(told: string[], on: Partial<SourceListener> = {}): SourceListener {
  return { opened: () => told.push('opened'), event: ({ event }) => told.push(`event ${event?.revision}`), caughtUp: () => told.push('caughtUp'), checkpoint: (position) => told.push(`checkpoint ${Number(`0x${position.slice(16)}`)}`), over: (error) => told.push(`over ${error?.message ?? ''}`), ...on };
}

describe('one subscription of the client', () => {
  it('tells of caughtUp and checkpoints behind the events that came before them, although the client tells of them first', async () => {
    const told: string[] = [];
    const client = scriptedClient();
    openSource(client.lease, 'start', ['s'], listener(told));
    client.hold();
    client.event(1);
    client.event(2);
    client.checkpoint(2);
    client.event(3);
    client.caughtUp();
    client.flow();
    await new Promise(setImmediate);
    expect(told).toEqual(['event 1', 'event 2', 'checkpoint 2', 'event 3', 'caughtUp']);
    client.caughtUp();
    client.checkpoint(9);
    expect(told.slice(5)).toEqual(['caughtUp', 'checkpoint 9']);
  });

  it.each(['event', 'checkpoint', 'caughtUp'] as const)('ends by name when a listener throws at %s: the client would stop reading for ever, without a word', async (moment) => {
    const told: string[] = [];
    const client = scriptedClient();
    const throwing = (): never => {
      throw new Error(`thrown at ${moment}`);
    };
    openSource(client.lease, 'start', ['s'], listener(told, { [moment]: throwing }));
    client.event(1);
    client.checkpoint(1);
    client.caughtUp();
    client.event(2);
    await new Promise(setImmediate);
    expect(told.at(-1)).toBe(`over thrown at ${moment}`);
    expect(told.filter((word) => word.startsWith('over'))).toHaveLength(1);
  });
});
