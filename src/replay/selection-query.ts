/** What a replay is asked with as texts, checked, and its symbols turned into ids. */
import { eventTypeNames } from '../../events/index.js';
import type { Tracker } from '../tracker.js';
import { resolveInstrument } from '../views/catalog.js';
import { instantParameter, openContext, ViewError } from '../views/context.js';
import { listOf } from '../views/study-settings.js';
import type { Selection } from './selection.js';

export interface SelectionQuery {
  /** With commas between. */
  type?: string | undefined;
  stream?: string | undefined;
  /** Id or symbol. */
  instrument?: string | undefined;
  entity?: string | undefined;
  announcement?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** @throws ViewError for a type or instrument that there is not, or a malformed time */
export function selectionOf({ runner, prefixes }: Tracker, { type, stream, instrument, entity, announcement, from, to }: SelectionQuery): Selection {
  const selected: Selection = {};
  const types = listOf(type);
  const strange = types.find((name) => !(eventTypeNames as readonly string[]).includes(name));
  if (strange !== undefined) throw new ViewError('bad-parameter', 400, `type: expected some of ${eventTypeNames.join(', ')}, got ${JSON.stringify(strange)}`);
  if (types.length > 0) selected.types = types;
  if (stream !== undefined) {
    if (!prefixes.some((prefix) => stream.startsWith(prefix) || prefix.startsWith(stream))) throw new ViewError('not-found', 404, `no stream begins with ${JSON.stringify(stream)}: the tracker's begin with ${prefixes.join(' or ')}`);
    selected.stream = stream;
  }
  if (instrument !== undefined) selected.instrument = resolveInstrument(openContext(runner, {}), instrument).value.instrument;
  if (entity !== undefined) selected.entity = entity;
  if (announcement !== undefined) selected.announcement = announcement;
  const [first, last] = [instantParameter('from', from), instantParameter('to', to)];
  if (first) selected.from = first;
  if (last) selected.to = last;
  return selected;
}
