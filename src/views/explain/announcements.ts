/** How the values of announcements and timelines come about. */
import { effectTree, eventLink, findAnnouncement } from '../../../projections/index.js';
import { reader } from '../context.js';
import { counted, printed, stored, under, type Fields, type Input, type Rule, type Scope, type Table } from './told.js';

const confidence = stored('how far the source is trusted', '/metadata/confidence');

const ANNOUNCEMENT: Table = {
  '/amountLo': printed('the amount committed', '/data/commitment/amount', 'lo'),
  '/amountHi': printed('the amount committed', '/data/commitment/amount', 'hi'),
  '/effects': counted('reports of what followed, that are known', effects),
  '/confidence': confidence,
};

function effects({ context, owner }: Scope): Input[] {
  const id = String(owner['announcement']);
  const timeline = reader(context, 'timeline');
  const made = findAnnouncement(timeline, id);
  return effectTree(timeline, id).flatMap(({ row }) => (row.fact === made?.fact ? [] : [{ name: 'effect', value: row.fact, event: eventLink(row) }]));
}

export const announcementsTable: Table = under('/announcements/*', ANNOUNCEMENT);
export const announcementTable: Table = { ...ANNOUNCEMENT, ...under('/readings/*', { '/confidence': confidence }) };

/** Seconds between a time of the node and the moment by which the announcement was public. */
function sincePublic(says: string, time: string): Rule {
  return ({ owner, body, base, value }) => {
    const from = text(owner[time]);
    const to = text(body['publicBy']);
    const root = owner['parent'] === null && owner['type'] === 'AnnouncementMade';
    return {
      says,
      how: 'computed',
      formula: `${time} − publicBy, in seconds`,
      inputs: [{ name: time, value: from, at: `${base}/${time}`, event: String(owner['event']), ...(root ? {} : { field: '/metadata/occurredAt' }) }, { name: 'publicBy', value: to, at: '/publicBy' }],
      result: value === null || from === null || to === null ? null : (Date.parse(from) - Date.parse(to)) / 1000,
    };
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The causes above a node, nearest first. */
function causes({ body, owner }: Scope): Input[] {
  const nodes = body['nodes'] as Fields[];
  const found: Input[] = [];
  for (let parent = text(owner['parent']); parent !== null; ) {
    const cause = nodes.find((node) => node['id'] === parent);
    found.push({ name: 'cause', value: parent, ...(cause ? { event: String(cause['event']) } : {}) });
    parent = text(cause?.['parent']);
  }
  return found;
}

export const timelineTable: Table = under('/nodes/*', {
  '/depth': counted('how many causes stand above it', causes),
  '/relativeFromSeconds': sincePublic('the earliest it can have been, from the moment by which the announcement was public', 'possibleFrom'),
  '/relativeSeconds': sincePublic('the latest it can have been, from the moment by which the announcement was public', 'certainFrom'),
  '/confidence': confidence,
});
