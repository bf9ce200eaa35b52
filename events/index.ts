/** The language of market-reaction-tracker: event types, envelope, times, figures, calendar. No I/O. */
export * from './calendar.js';
export * from './envelope.js';
export * from './instant.js';
export * from './interval.js';
export * from './issues.js';
export * from './json-schema.js';
export * from './known.js';
export * from './language.js';
export * from './parse.js';
export * from './quantity.js';
export * from './scenario.js';
export * from './sorted.js';
export * from './time.js';
export * from './types/index.js';
export { SESSIONS } from './types/market.js';
export { ASPECTS, HOLDER_KINDS } from './types/opinion.js';
