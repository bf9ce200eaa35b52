/** Market value of an entity: the sum over its share classes, and what sources claim of it. */
import { add, compareInstants, formatInstant, maxInstant, QUANTITY_RULE, type Instant, type Interval } from '../../events/index.js';
import { claims, eventLink, levelAt, listInstruments, type Instrument, type Level, type Registered } from '../../projections/index.js';
import { resolveEntity } from './catalog.js';
import { answer, echo, instantParameter, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { anchorsOf, claimViews } from './market-claims.js';
import { levelView, measuredOf, type Measured } from './market-points.js';
import type { EntityMarketValueView } from './market-schema.js';
import { adjustmentOf, listingFields, type MarketValueQuery } from './market-value.js';

/**
 * Only what every share class has a close and a count for is summed; a part is never given as the whole.
 * @throws ViewError for an unknown entity or a malformed parameter
 */
export function entityMarketValueView(context: ViewContext, given: string, query: MarketValueQuery): Answer<EntityMarketValueView> {
  const { entity, name } = resolveEntity(context, given).value;
  const market = reader(context, 'market-value');
  const after = instantParameter('from', query.from);
  const until = instantParameter('to', query.to);
  if (after && until && compareInstants(after, until) >= 0) throw new ViewError('bad-parameter', 400, `to: expected a time after from, got ${query.to}`);
  const listings = classesOf(context, entity);
  const claimed = [`entity-${entity}`, ...listings.map(({ value }) => `instrument-${value.instrument}`)].flatMap((subject) => claims(market, subject));
  const asOf = context.asOf ?? latest([...claimed.map((row) => row.at), ...listings.flatMap(({ value }) => levelAt(market, value.instrument, null)?.bar.at ?? [])]);
  const adjustment = adjustmentOf(query.adjustment);
  const classes = listings.map((listing) => measuredOf(market, listing, adjustment, { asOf, after, until }));
  const currencies = new Set(classes.flatMap(({ level, listing }) => level?.bar.value.currency ?? listing.value.currency ?? []));
  const valued = classes.filter(({ level }) => level?.value);
  const summed = classes.length > 0 && valued.length === classes.length && currencies.size <= 1;
  const total = summed ? classes.map(({ level }) => level?.value as Interval).reduce(add) : null;
  return answer(context, {
    ...echo(context, asOf),
    entity,
    name,
    quantityRule: QUANTITY_RULE,
    currency: currencies.size === 1 ? ([...currencies][0] ?? null) : null,
    status: summed ? 'derived' : valued.length > 0 ? 'partial' : 'unknown',
    reason: summed ? null : reasonFor(classes, valued, currencies),
    marketValueLo: total?.lo ?? null,
    marketValueHi: total?.hi ?? null,
    classes: classes.map((one) => ({ ...listingFields(one), level: levelView(market, one, asOf, () => null) })),
    points: currencies.size <= 1 ? sums(classes) : [],
    claims: asOf ? claimViews(claimed, { asOf, anchor: anchorsOf(context), before: null, unmeasured: valued.length === 0, after, until, session: query.session ?? null }) : [],
  });
}

/** The shares listed on the entity then. */
function classesOf(context: ViewContext, entity: string): Registered<Instrument>[] {
  return listInstruments(reader(context, 'registry'), context.asOf).filter(({ value }) => value.entity === entity && value.kind === 'share' && value.delisted === null);
}

function latest(times: readonly Instant[]): Instant | null {
  return times.length === 0 ? null : times.reduce(maxInstant);
}

function reasonFor(classes: readonly Measured[], valued: readonly Measured[], currencies: ReadonlySet<string>): string {
  if (classes.length === 0) return 'no share of it is listed then';
  if (valued.length === classes.length) return `its share classes trade in ${[...currencies].sort().join(' and ')}, and no exchange rate is among the facts`;
  const missing = classes.filter((one) => !valued.includes(one)).map(({ listing, level }) => `${listing.value.symbol} (${level ? 'no total share count' : 'no close'})`);
  return `not known at this time: ${missing.join(', ')}`;
}

/** The sessions in which every class has a value. */
function sums(classes: readonly Measured[]): EntityMarketValueView['points'] {
  const byDate = classes.map(({ levels }) => new Map(levels.map((level) => [level.bar.value.date, level] as const)));
  const [first, ...rest] = byDate;
  if (!first) return [];
  return [...first].flatMap(([date, level]) => {
    const all = [level, ...rest.flatMap((dates) => dates.get(date) ?? [])];
    const values = all.flatMap(({ value }) => value ?? []);
    if (values.length !== classes.length) return [];
    const { lo, hi } = values.reduce(add);
    return lo === null ? [] : [{ date, time: formatInstant(level.bar.at), marketValueLo: lo, marketValueHi: hi, classes: all.length, events: all.flatMap((one: Level) => [eventLink(one.bar), ...(one.shares ? [eventLink(one.shares.row)] : [])]) }];
  });
}
