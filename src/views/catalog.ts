/** Who and what there is: lists of instruments and entities, and finding one by id or symbol. */
import { formatInstant } from '../../events/index.js';
import { findEntity, findInstrument, bySymbol, listEntities, listInstruments, stretchesOf, type Entity, type Instrument, type Registered, type Stretch } from '../../projections/index.js';
import type { z } from 'zod';
import { answer, echo, reader, ViewError, type Answer, type ViewContext } from './context.js';
import { evidence } from './evidence.js';
import type { entitiesSchema, entitySchema, instrumentSchema, instrumentsSchema } from './schemas.js';

export function instrumentsView(context: ViewContext): Answer<z.infer<typeof instrumentsSchema>> {
  const instruments = listInstruments(reader(context, 'registry'), context.asOf).map(instrumentFields);
  return answer(context, { ...echo(context, context.asOf), instruments });
}

export function entitiesView(context: ViewContext): Answer<z.infer<typeof entitiesSchema>> {
  const entities = listEntities(reader(context, 'registry')).map(entityFields);
  return answer(context, { ...echo(context, context.asOf), entities });
}

/**
 * Finds an instrument by its id, or by a symbol at the asked time.
 * @throws ViewError not-found with what is there, ambiguous-symbol with the candidates
 */
export function resolveInstrument(context: ViewContext, given: string): Registered<Instrument> {
  const registry = reader(context, 'registry');
  const byId = /^[a-z0-9-]+$/.test(given) ? findInstrument(registry, given, context.asOf) : null;
  if (byId) return byId;
  const candidates = bySymbol(registry, given, context.asOf);
  if (candidates.length > 1) {
    const named = candidates.map((row) => `${row.value.instrument} (${row.value.symbol})`);
    throw new ViewError('ambiguous-symbol', 409, `${given} stands for ${candidates.length} instruments: ${named.join(', ')}; use the id`, { candidates: candidates.map((row) => row.value.instrument) });
  }
  const [found] = candidates;
  if (found) return found;
  const stretches = stretchesOf(registry, given);
  if (stretches.length > 0) throw new ViewError('not-found', 404, `${given} stands for no instrument at ${context.asOf ? formatInstant(context.asOf) : 'the end of what is known'}: ${stretches.map(stretchText).join('; ')}. An id is found at any time`);
  const known = listInstruments(registry, context.asOf).map((row) => row.value.symbol);
  throw new ViewError('not-found', 404, `no instrument ${JSON.stringify(given)} is known${context.sight.known ? ' then' : ''}; ${known.length > 0 ? `there are ${preview(known)}` : context.sight.known ? 'none was' : 'none is registered yet: load a seed'}`);
}

function stretchText({ instrument, symbol, from, to, successor }: Stretch): string {
  return `${symbol} stood for ${instrument} from ${formatInstant(from)} ${to ? `to ${formatInstant(to)}` : 'on'}${successor === null ? '' : `, then came ${successor}`}`;
}

/** @throws ViewError not-found with what is there */
export function resolveEntity(context: ViewContext, given: string): Registered<Entity> {
  const registry = reader(context, 'registry');
  const found = findEntity(registry, given);
  if (found) return found;
  const known = listEntities(registry).map((row) => row.value.entity);
  throw new ViewError('not-found', 404, `no entity ${JSON.stringify(given)} is known${context.sight.known ? ' then' : ''}; ${known.length > 0 ? `there are ${preview(known)}` : context.sight.known ? 'none was' : 'none is registered yet: load a seed'}`);
}

/** The name of an entity or instrument, or its id where none is known. */
export function nameOf(context: ViewContext, kind: 'entity' | 'instrument', id: string): string {
  const registry = reader(context, 'registry');
  return (kind === 'entity' ? findEntity(registry, id)?.value.name : findInstrument(registry, id, context.asOf)?.value.name) ?? id;
}

export function preview(names: readonly string[]): string {
  return names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
}

function instrumentFields(row: Registered<Instrument>): z.infer<typeof instrumentSchema> {
  const { instrument, symbol, name, kind, entity, currency, calendar, delisted } = row.value;
  return { instrument, symbol, name, kind, entity: entity ?? null, currency: currency ?? null, calendar, delistedSince: delisted && formatInstant(delisted.since), successor: delisted?.successor ?? null, ...evidence(row) };
}

function entityFields(row: Registered<Entity>): z.infer<typeof entitySchema> {
  const { entity, name, kind, members, partOf } = row.value;
  return { entity, name, kind, members: members ?? [], partOf: partOf ?? null, ...evidence(row) };
}
