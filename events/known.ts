/**
 * When is it known? The latest bound of its publication; never before the end of what it observes (clipped at the
 * publication's own latest bound: a report proves that its subject was over).
 */
import type { Metadata, PublishedRef } from './envelope.js';
import { BEGINNING, maxInstant, minInstant, type Instant } from './instant.js';
import { timeBounds, type Bounds } from './time.js';
import type { EventDefinition } from './types/define.js';

export type KnownPrecision = 'instant' | 'day' | 'month' | 'year' | 'interval' | 'recorded';

export interface Known {
  /** From when it counts as known. */
  from: Instant;
  /** The same by the earliest bound: used only where a query says `imprecise=earliest`. */
  earliest: Instant;
  precision: KnownPrecision;
  /** The publication is an estimate of the seed's author. */
  estimated: boolean;
}

/** Bounds of a publication; open ends can't occur in the ones that its schema lets through without a start. */
export function publicationBounds(published: PublishedRef): Bounds {
  const bounds = timeBounds('at' in published ? { at: published.at } : { within: published.within, zone: published.zone, calendar: published.calendar });
  if (!bounds) throw new Error('unreachable: a publication is an instant or a period');
  return bounds;
}

/**
 * From when a fact is known.
 * @param definition of what is observed, in a correction that of what it corrects: its end counts, its start, or nothing
 * @param occurred the bounds of metadata.occurredAt
 * @param recorded the recorded clock at the event: what counts where no publication time is given
 * @param correction whether the event corrects what it observes
 * @returns for a bar without a publication its end; for anything else without one the recorded clock
 */
export function knownFrom(definition: EventDefinition, metadata: Metadata, occurred: Bounds | null, recorded: Instant, correction = false): Known {
  if (!metadata.publishedAt) {
    // Whoever corrects a bar does so after it: that is known when it is recorded.
    if (definition.type === 'BarClosed' && occurred && !correction) return knownAtEnd(occurred);
    return { from: recorded, earliest: recorded, precision: 'recorded', estimated: false };
  }
  const published = publicationBounds(metadata.publishedAt);
  const observed = observedUntil(definition, occurred);
  // A close is a fixed moment: whatever its publication says, nobody knew it before.
  const clip = definition.type === 'BarClosed' ? observed : minInstant(observed, published.hi);
  return {
    from: maxInstant(published.hi, clip),
    earliest: maxInstant(published.lo, clip),
    precision: published.precision,
    estimated: metadata.publishedAt.basis === 'estimated',
  };
}

const endCache = new WeakMap<Bounds, Known>();

/** One object for all bars of a session: there are many. */
function knownAtEnd(bounds: Bounds): Known {
  let known = endCache.get(bounds);
  if (!known) endCache.set(bounds, (known = { from: bounds.hi, earliest: bounds.hi, precision: 'instant', estimated: false }));
  return known;
}

/** What bounds the knowledge from below: an open `throughout` counts from its start. */
function observedUntil(definition: EventDefinition, occurred: Bounds | null): Instant {
  if (!occurred || definition.observes === 'nothing') return BEGINNING;
  return definition.observes === 'start' || !Number.isFinite(occurred.hi.ms) ? occurred.lo : occurred.hi;
}
