/** The language: every event type there is, by name. */
import type { z } from 'zod';
import { announcementAmended, announcementDated, announcementMade } from './announcement.js';
import { corporateActionTaken, scheduledEventRecorded } from './calendar-events.js';
import { observationCorrected, observationRetracted } from './corrections.js';
import type { EventDefinition } from './define.js';
import { factorReturnsReported } from './factors.js';
import { barClosed, marketMoveReported, marketValueChangeReported, marketValueReported, priceObserved, sharesOutstandingReported } from './market.js';
import { forecastMade, metricReported, relationshipDisclosed, sentimentExpressed } from './opinion.js';
import { entityRegistered, instrumentDelisted, instrumentListed, instrumentRenamed } from './registry.js';

const definitions = {
  EntityRegistered: entityRegistered,
  InstrumentListed: instrumentListed,
  InstrumentRenamed: instrumentRenamed,
  InstrumentDelisted: instrumentDelisted,
  AnnouncementMade: announcementMade,
  AnnouncementDated: announcementDated,
  AnnouncementAmended: announcementAmended,
  BarClosed: barClosed,
  FactorReturnsReported: factorReturnsReported,
  PriceObserved: priceObserved,
  SharesOutstandingReported: sharesOutstandingReported,
  CorporateActionTaken: corporateActionTaken,
  MarketMoveReported: marketMoveReported,
  MarketValueReported: marketValueReported,
  MarketValueChangeReported: marketValueChangeReported,
  SentimentExpressed: sentimentExpressed,
  MetricReported: metricReported,
  ForecastMade: forecastMade,
  RelationshipDisclosed: relationshipDisclosed,
  ScheduledEventRecorded: scheduledEventRecorded,
  ObservationCorrected: observationCorrected,
  ObservationRetracted: observationRetracted,
} as const;

export type EventType = keyof typeof definitions;
export type DataOf<T extends EventType> = z.infer<(typeof definitions)[T]['data']>;

export const eventDefinitions: ReadonlyMap<string, EventDefinition> = new Map(Object.values(definitions).map((definition) => [definition.type, definition]));
export const eventTypeNames: readonly EventType[] = Object.values(definitions).map((definition) => definition.type);
