/** For a tester's own suite, whatever runs it: a tracker of its own for each test, and given/when/then for projections. */
export { createTracker, type TestTracker, type TestTrackerOptions } from './create-tracker.js';
export { given, testId, type Given, type Happened } from './given.js';
export { views } from '../library/index.js';
export { BatchRefusedError } from '../writing/accept.js';
