/** The event-study statistics as a library: pure functions, numbers in and numbers out. docs/event-study.md has every formula. */
export * from './cross/adjust.js';
export * from './cross/joint.js';
export * from './cross/panel.js';
export * from './cross/parametric.js';
export * from './cross/rank.js';
export * from './cross/rules.js';
export * from './cross/sign.js';
export * from './cross/skew.js';
export * from './distributions.js';
export * from './fit.js';
export * from './one-event.js';
export * from './returns.js';
export * from './thin-trading.js';
export * from './types.js';
