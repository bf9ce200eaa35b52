/** `tracker explain`: how a value of a view comes about, down to the paragraph. */
import { announcementsView, announcementView, timelineView } from '../../views/announcements.js';
import { entityClaimsView } from '../../views/claims.js';
import { ViewError, type Answer, type ViewContext } from '../../views/context.js';
import { explain as explainView, tables, type ExplainedView, type Table } from '../../views/explain/index.js';
import { entityMarketValueView } from '../../views/entity-value.js';
import { exposureView } from '../../views/exposure.js';
import { marketValueView } from '../../views/market-value.js';
import { announcementReactionView } from '../../views/reaction.js';
import { reconciliationView } from '../../views/reconciliation.js';
import { sentimentView } from '../../views/sentiment.js';
import { askedLine, print, printJson } from '../output.js';
import { askedOf, type ViewOptions } from '../view-options.js';
import { folded, withTracker } from '../with-tracker.js';

type Query = Record<string, string>;
type Explainable = [view: (context: ViewContext, subject: string, query: Query) => Answer<unknown>, table: Table];

/** By the name of the command that shows the view. */
const VIEWS: Record<string, Explainable> = {
  'market-value': [marketValueView, tables.getMarketValue],
  'entity-value': [entityMarketValueView, tables.getEntityMarketValue],
  sentiment: [sentimentView, tables.getSentiment],
  timeline: [timelineView, tables.getTimeline],
  reconcile: [reconciliationView, tables.getReconciliation],
  study: [announcementReactionView, tables.getReaction],
  claims: [entityClaimsView, tables.getEntityClaims],
  exposure: [exposureView, tables.getExposure],
  announcement: [announcementView, tables.getAnnouncement],
  announcements: [(context) => announcementsView(context), tables.listAnnouncements],
};
const EXPLAINABLE = Object.keys(VIEWS);

export async function explain(name: string, subject: string | undefined, options: ViewOptions & { at?: string; limit?: string; with?: string[] }): Promise<void> {
  const [view, table] = VIEWS[name] ?? [];
  if (!view || !table) throw new ViewError('bad-parameter', 400, `no view ${JSON.stringify(name)} can be explained; there are ${EXPLAINABLE.join(', ')}`);
  if (subject === undefined && name !== 'announcements') throw new ViewError('bad-parameter', 400, `${name}: expected what it is about, such as tracker explain ${name} ${name === 'market-value' ? 'XNAS:AMZN' : name === 'sentiment' ? 'openai' : 'openai-aws'}`);
  const query = Object.fromEntries((options.with ?? []).map(pairOf));
  const limit = options.limit === undefined ? undefined : Number(options.limit);
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) throw new ViewError('bad-parameter', 400, `--limit: expected a whole number above 0, got ${options.limit}`);
  const told = await withTracker(options, async (tracker) => {
    await folded(tracker);
    return (await explainView(tracker, askedOf(options), (context) => view(context, subject ?? '', query), table, { at: options.at, limit })).body;
  }, { readOnly: true });
  if (options.json) printJson(told);
  else printTold(told);
}

function pairOf(text: string): [string, string] {
  const cut = text.indexOf('=');
  if (cut < 1) throw new ViewError('bad-parameter', 400, `--with: expected name=value, such as announcement=openai-aws, got ${JSON.stringify(text)}`);
  return [text.slice(0, cut), text.slice(cut + 1)];
}

function printTold(told: ExplainedView): void {
  print(askedLine(told));
  const sources = new Map(told.sources.map((source, index) => [source.event, index + 1]));
  for (const { at, value, says, formula, steps, inputs, checked } of told.values) {
    print();
    print(`${at} = ${number(value)}${checked === false ? '  (NOT confirmed by its inputs)' : ''}`);
    print(`  ${says}`);
    if (formula !== null) print(`  = ${formula}`);
    for (const step of steps) print(`  ${step}`);
    for (const input of inputs) {
      const place = input.event === null ? (input.at ?? '') : `[${sources.get(input.event)}]${input.field === null ? '' : ` ${input.field}`}`;
      print(`    ${input.name}: ${input.value === null && input.printed !== null ? '' : number(input.value)}${input.printed === null ? '' : ` (printed: ${input.printed})`}  ${place}`.trimEnd());
    }
  }
  print();
  if (told.values.length < told.total) print(`(the first ${told.values.length} of ${told.total} values; --at narrows, --limit shows more)`);
  for (const [index, source] of told.sources.entries()) {
    print(`[${index + 1}] ${source.type}, true ${source.occurredAt ?? '–'}, published ${source.publishedAt ?? 'not stated'}: ${[source.document, source.locator, source.address].filter((part) => part !== null).join(', ')}`);
    print(`    ${source.event}`);
  }
  print(`by ${told.versions.join(', ')}; quantity rule ${told.quantityRule}, calendar ${told.calendar}`);
}

function number(value: string | number | boolean | null): string {
  return typeof value === 'number' ? value.toLocaleString('en-US', { maximumSignificantDigits: 17 }) : String(value ?? 'unknown');
}
