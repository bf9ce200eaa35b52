/** The language: every event type there is, by name. */
import type { z } from 'zod';
import { announcementDated, announcementMade } from './announcement.js';
import { observationCorrected, observationRetracted } from './corrections.js';
import type { EventDefinition } from './define.js';
import { barClosed, marketMoveReported, marketValueChangeReported, marketValueReported, priceObserved, sharesOutstandingReported } from './market.js';
import { forecastMade, metricReported, relationshipDisclosed, sentimentExpressed } from './opinion.js';
import { entityRegistered, instrumentListed } from './registry.js';

const definitions = {
  EntityRegistered: entityRegistered,
  InstrumentListed: instrumentListed,
  AnnouncementMade: announcementMade,
  AnnouncementDated: announcementDated,
  BarClosed: barClosed,
  PriceObserved: priceObserved,
  SharesOutstandingReported: sharesOutstandingReported,
  MarketMoveReported: marketMoveReported,
  MarketValueReported: marketValueReported,
  MarketValueChangeReported: marketValueChangeReported,
  SentimentExpressed: sentimentExpressed,
  MetricReported: metricReported,
  ForecastMade: forecastMade,
  RelationshipDisclosed: relationshipDisclosed,
  ObservationCorrected: observationCorrected,
  ObservationRetracted: observationRetracted,
} as const;

export type EventType = keyof typeof definitions;
export type DataOf<T extends EventType> = z.infer<(typeof definitions)[T]['data']>;

export const eventDefinitions: ReadonlyMap<string, EventDefinition> = new Map(Object.values(definitions).map((definition) => [definition.type, definition]));
export const eventTypeNames: readonly EventType[] = Object.values(definitions).map((definition) => definition.type);
