/**
 * A second process that works on a store: started once, told by messages what to call, so that a test with hundreds of
 * commands need not wait for hundreds of starts. `inAnotherProcess` is its other end: an EventStore but for subscriptions.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openEmbeddedStore, type EmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { WrongExpectedRevisionError, type EventStore, type ReadAllOptions, type RecordedEvent } from '../../src/store/port.js';
import { all } from '../contract/support.js';

interface Remote {
  open: (folder: string) => Promise<void>;
  append: EventStore['append'];
  readStream: EventStore['readStream'];
  all: (options?: ReadAllOptions) => Promise<RecordedEvent[]>;
  head: EventStore['head'];
  close: () => Promise<void>;
  end: () => Promise<void>;
}
interface Call {
  n: number;
  name: string;
  args: unknown[];
}
interface Answer {
  n: number;
  result?: unknown;
  wrong?: [string, number | 'any' | 'no_stream' | 'stream_exists', number | null];
  error?: string;
}

export function inAnotherProcess(): Remote {
  const child = fork(import.meta.filename, ['serve'], { execArgv: ['--import', 'tsx'] });
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  let calls = 0;
  child.on('message', ({ n, result, wrong, error }: Answer) => {
    const caller = waiting.get(n);
    waiting.delete(n);
    if (wrong) caller?.reject(new WrongExpectedRevisionError(...wrong));
    else if (error !== undefined) caller?.reject(new Error(error));
    else caller?.resolve(result as never);
  });
  child.on('exit', (code) => waiting.forEach(({ reject }) => reject(new Error(`the second process ended with ${code}`))));
  const call = <T>(name: string, ...args: unknown[]): Promise<T> =>
    new Promise((resolve, reject) => {
      waiting.set(++calls, { resolve, reject });
      child.send({ n: calls, name, args } satisfies Call);
    });
  return {
    open: (folder) => call('open', folder),
    append: (...args) => call('append', ...args),
    readStream: (...args) => call('readStream', ...args),
    all: (options) => call('all', options ?? {}),
    head: () => call('head'),
    close: () => call('close'),
    end: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}

if (process.argv[2] === 'serve') {
  let store: EmbeddedStore | undefined;
  const serve = async ({ name, args }: Call): Promise<unknown> => {
    if (name === 'open') return void (store = await openEmbeddedStore(args[0] as string));
    if (!store) throw new Error('no store is open');
    if (name === 'all') return all(store, args[0] as ReadAllOptions);
    const called = store[name as 'head'].bind(store) as (...all: unknown[]) => Promise<unknown>;
    return (await called(...args)) ?? null;
  };
  process.on('message', (call: Call) => {
    const answer = (said: Omit<Answer, 'n'>): void => void process.send?.({ n: call.n, ...said } satisfies Answer);
    serve(call).then(
      (result) => answer({ result }),
      (error: unknown) => answer(error instanceof WrongExpectedRevisionError ? { wrong: [error.streamId, error.expected, error.actual] } : { error: String(error) }),
    );
  });
  process.on('disconnect', () => void Promise.resolve(store?.close()).then(() => process.exit(0)));
}
