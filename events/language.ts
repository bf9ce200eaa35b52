/** The version of the language as a whole: schemas, upcasters, calendar and the rules of when something is known. */

/**
 * Raised when a stored event may be read otherwise than before (another schema, a new type, another calendar): snapshots
 * of another language are folded anew. test/events/language.test.ts says when that is due.
 */
export const LANGUAGE_VERSION = 4;
