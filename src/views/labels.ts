/** One line for each kind of effect, in our words, from its data. */
import { describeQuantity, type DataOf, type EventType } from '../../events/index.js';

export interface Names {
  entity(id: string): string;
  instrument(id: string): string;
}

/** The subject of an effect (`instrument-…`, `entity-…`), or null. */
export function subjectOf(data: Record<string, unknown>): string | null {
  if (typeof data['instrument'] === 'string') return `instrument-${data['instrument']}`;
  if (typeof data['entity'] === 'string') return `entity-${data['entity']}`;
  return null;
}

/** @param type an event type that can be an effect; anything else is named by its type */
export function labelOf(type: EventType, data: unknown, names: Names): string {
  switch (type) {
    case 'MarketMoveReported': {
      const d = data as DataOf<'MarketMoveReported'>;
      return `${names.instrument(d.instrument)} ${describeQuantity(d.change)}${d.price ? ` to ${describeQuantity(d.price)}` : ''}${sessionText(d.session)}`;
    }
    case 'PriceObserved': {
      const d = data as DataOf<'PriceObserved'>;
      return `${names.instrument(d.instrument)} at ${describeQuantity(d.price)}${sessionText(d.session)}`;
    }
    case 'MarketValueReported': {
      const d = data as DataOf<'MarketValueReported'>;
      return `${subjectName(d, names)} worth ${describeQuantity(d.value)}`;
    }
    case 'MarketValueChangeReported': {
      const d = data as DataOf<'MarketValueChangeReported'>;
      return `${subjectName(d, names)}: market value ${describeQuantity(d.change)}`;
    }
    case 'SharesOutstandingReported': {
      const d = data as DataOf<'SharesOutstandingReported'>;
      return `${names.instrument(d.instrument)}: ${describeQuantity(d.shares)} outstanding`;
    }
    case 'SentimentExpressed': {
      const d = data as DataOf<'SentimentExpressed'>;
      const holder = d.holder.entity === undefined ? (d.holder.name ?? d.holder.kind) : names.entity(d.holder.entity);
      return `${holder} on ${names.entity(d.entity)}: ${d.claim}`;
    }
    case 'MetricReported': {
      const d = data as DataOf<'MetricReported'>;
      const metric = d.metric.replaceAll('-', ' ');
      const value = describeQuantity(d.value);
      // "weekly active users more than 800 million", not "… users" twice.
      const unit = 'unit' in d.value ? d.value.unit : undefined;
      return `${names.entity(d.entity)}: ${metric} ${unit !== undefined && metric.endsWith(unit) ? value.replace(` ${unit}`, '') : value}`;
    }
    case 'ForecastMade': {
      const d = data as DataOf<'ForecastMade'>;
      const holder = d.by.entity === undefined ? (d.by.name ?? d.by.kind) : names.entity(d.by.entity);
      return `${holder} on ${names.entity(d.entity)}: ${d.claim} (forecast)`;
    }
    case 'RelationshipDisclosed': {
      const d = data as DataOf<'RelationshipDisclosed'>;
      return `${names.entity(d.entity)} ${d.relation.replaceAll('-', ' ')} ${names.entity(d.other)}${d.amount ? `, ${describeQuantity(d.amount)}` : ''}${d.note === undefined ? '' : ` (${d.note})`}`;
    }
    case 'AnnouncementMade': {
      const d = data as DataOf<'AnnouncementMade'>;
      return `${d.title}${d.commitment ? ` (${describeQuantity(d.commitment.amount)})` : ''}`;
    }
    case 'AnnouncementAmended': {
      const d = data as DataOf<'AnnouncementAmended'>;
      return d.change === 'other' ? `amended: ${d.summary}` : `${d.change}: ${d.summary}`;
    }
    case 'ScheduledEventRecorded':
      return (data as DataOf<'ScheduledEventRecorded'>).label;
    case 'CorporateActionTaken': {
      const d = data as DataOf<'CorporateActionTaken'>;
      const figure = d.ratio ? ` ${d.ratio.new} for ${d.ratio.old}` : d.amount ? ` of ${describeQuantity(d.amount)}` : '';
      return `${names.instrument(d.instrument)}: ${d.action.replaceAll('-', ' ')}${figure}`;
    }
    default:
      return type;
  }
}

function sessionText(session: string): string {
  return { pre: ', before the open', post: ', after the close', regular: ', in the session' }[session] ?? '';
}

function subjectName(data: { instrument?: string | undefined; entity?: string | undefined }, names: Names): string {
  return data.instrument === undefined ? names.entity(data.entity ?? '') : names.instrument(data.instrument);
}
