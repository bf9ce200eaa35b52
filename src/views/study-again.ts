/**
 * What a study's answer carries to be run again: what was asked, up to which event of which store, and the result it gave.
 * Nothing is kept here for it: the text holds all of that, and the log does not change.
 */
import { z } from 'zod';
import { ViewError, type Asked } from './context.js';

const againSchema = z.strictObject({
  v: z.literal(1),
  /** Announcement, or null for a day. */
  of: z.string().nullable(),
  query: z.record(z.string(), z.string()),
  asked: z.record(z.string(), z.string()),
  result: z.string(),
});
export type Again = z.infer<typeof againSchema>;

export function encodeAgain(again: Omit<Again, 'v'>): string {
  return Buffer.from(JSON.stringify({ v: 1, ...again })).toString('base64url');
}

/** @throws ViewError bad-parameter */
export function decodeAgain(text: string): Again & { asked: Asked } {
  try {
    return againSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw new ViewError('bad-parameter', 400, `expected what a study gave as "again", got ${JSON.stringify(text.slice(0, 40))}`);
  }
}
