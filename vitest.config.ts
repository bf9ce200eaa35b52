/** One test run for everything; suites that need what the machine lacks skip themselves and say why. */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'examples/*.test.ts'],
    globalSetup: ['test/support/build-once.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default'],
    // Each file would load the same modules again, in a process of its own: a quarter of the whole run. No file changes
    // what another one sees: what a test needs it makes for itself.
    isolate: false,
    // On two cores the default is one worker.
    maxWorkers: availableParallelism(),
  },
});
