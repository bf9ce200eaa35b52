/** EventStoreDB servers that the tests start themselves: in a container where Docker answers, or by a command. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { GenericContainer, Wait } from 'testcontainers';

const IMAGE = 'eventstore/eventstore:23.10.1-bookworm-slim';

export interface OwnServer {
  url: string;
  /** Kills it with SIGKILL, at once, and starts it again with what it had stored. */
  killAndStart(): Promise<void>;
  /** Ends it for good. */
  remove(): Promise<void>;
}

/** @returns undefined when no Docker daemon answers */
export async function startContainer(settings: Record<string, string> = {}): Promise<OwnServer | undefined> {
  if (process.env['DOCKER_HOST'] === undefined && !existsSync('/var/run/docker.sock')) return undefined;
  // A port of its own choice would change when it starts again.
  const port = 22_113 + (process.pid % 1000);
  const container = await new GenericContainer(IMAGE)
    .withEnvironment({ EVENTSTORE_INSECURE: 'true', EVENTSTORE_CLUSTER_SIZE: '1', ...settings })
    .withExposedPorts({ container: 2113, host: port })
    .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCodeMatching((code) => code < 300))
    .withStartupTimeout(60_000)
    .start()
    .catch(() => undefined);
  return (
    container && {
      url: `esdb://${container.getHost()}:${port}?tls=false`,
      killAndStart: () => container.restart({ timeout: 0 }),
      remove: async () => void (await container.stop()),
    }
  );
}

/**
 * Runs a server by a shell command that stays in the foreground, in a process group of its own, which is killed as a whole.
 * @param url where it listens; nothing is waited for, a store that opens it has the patience
 */
export function startByCommand(command: string, url: string): OwnServer {
  const start = (): ChildProcess => spawn(command, { shell: true, detached: true, stdio: 'ignore' });
  let server = start();
  const end = async (): Promise<void> => {
    const { pid, exitCode, signalCode } = server;
    if (pid === undefined || exitCode !== null || signalCode !== null) throw new Error(`the command of EVENTSTOREDB_START has ended by itself (${exitCode ?? signalCode}): it must stay in the foreground`);
    const gone = once(server, 'exit');
    process.kill(-pid, 'SIGKILL');
    await gone;
  };
  return {
    url,
    killAndStart: async () => {
      await end();
      server = start();
    },
    remove: end,
  };
}
