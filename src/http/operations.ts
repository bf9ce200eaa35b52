/** Every operation of the API as data: the routes and the OpenAPI document are both made from this list. */
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Worlds } from '../synthetic/worlds.js';
import type { Tracker } from '../tracker.js';
import type { Answer, ViewContext } from '../views/context.js';
import type { Series } from '../views/thin.js';
import type { Scope } from './tokens.js';

interface Common {
  id: string;
  method: 'get' | 'post';
  /** OpenAPI form: `/v1/announcements/{id}`. */
  path: string;
  /** What is tagged views or events can be asked of a scenario. */
  tag: 'views' | 'events' | 'scenarios' | 'operations';
  /** What a token must have; null: no token is needed; default read. */
  scope?: Scope | null;
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
}

/** An operation that answers with a view; asOf, knownAt, clock, basis and imprecise are added to its query. */
export interface ViewOperation extends Common {
  kind: 'view';
  answer: z.ZodType;
  /** Its points are curves, which may be asked for with fewer of them. */
  series?: Series;
  view: (context: ViewContext, params: Record<string, string>, query: Record<string, string | undefined>) => Answer<unknown>;
}

/** Any other operation. */
export interface PlainOperation extends Common {
  kind: 'plain';
  body?: { description: string; content: Record<string, z.ZodType> };
  headers?: z.ZodObject;
  /** Its answer has an ETag, and is 304 to a client that has it: as of a view, with all the headers of one, or of the bytes. */
  tagged?: 'view' | 'bytes';
  answers: Record<number, { description: string; contentType?: string; schema: z.ZodType; more?: Record<string, z.ZodType> }>;
  /** @param tracker of the real world, or of the scenario that is asked for */
  handle: (tracker: Tracker, req: Request, res: Response, worlds: Worlds) => Promise<void> | void;
}

export type Operation = ViewOperation | PlainOperation;
