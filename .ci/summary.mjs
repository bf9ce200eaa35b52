/** Prints vitest's counts as one plain line, and exits as the test command did. */
import { readFileSync } from 'node:fs';

const [, , file, status] = process.argv;
let counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
try {
  counts = { ...counts, ...JSON.parse(readFileSync(file, 'utf8')) };
} catch {
  // Nothing was written: the checks before the tests failed.
}
const code = Number(status);
const failed = counts.numFailedTests === 0 && code !== 0 ? 1 : counts.numFailedTests;
console.log(`${counts.numPendingTests + counts.numTodoTests} tests were skipped; each says above what it lacks`);
console.log(`${counts.numPassedTests} passed, ${failed} failed`);
process.exit(code);
