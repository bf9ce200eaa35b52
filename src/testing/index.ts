/** For a tester's own suite, whatever runs it: a tracker of its own for each test, scenarios, faults, and given/when/then for projections. */
export { createTracker, type TestTracker, type TestTrackerOptions } from './create-tracker.js';
export { given, testId, type Given, type Happened } from './given.js';
export { faults, scenario, synthesize, type TestScenario, type TestScenarioOptions } from './scenario.js';
export { FAULTS, type Delivery, type Fault, type Faulted, type FaultPlan, type FaultyEvent } from '../synthetic/faults.js';
export type { Filled } from '../synthetic/fill.js';
export type { SyntheticEvent } from '../synthetic/generators/index.js';
export type { Truth } from '../synthetic/truth.js';
export { views } from '../library/index.js';
export { BatchRefusedError } from '../writing/accept.js';
export { ScenarioRefusedError } from '../synthetic/catalogue.js';
