/** Labels and names of Prometheus series → series keys, for every format that carries them. */
import type { MetricType } from '../model/metric.ts';
import type { Attributes } from '../model/resource.ts';
import { entitiesOfLabels, IDENTITY_LABELS } from '../semconv/entities-of-labels.ts';
import { unitOfMetricName } from '../semconv/units.ts';
import type { MetricSeriesOfResource } from './metric-batch-builder.ts';

const COUNTER_NAME = /_(?:total|count|sum|bucket)$/;

/** What the name says where nobody declared the type: the customary suffixes are counters. */
export function typeOfMetricName(name: string): MetricType {
  return COUNTER_NAME.test(name) ? 'counter' : 'gauge';
}

/**
 * The series of a name and its labels (`__name__` not among them). Labels that say who is meant become the resource, and
 * the entity follows from them. An empty label is an absent one.
 */
export function seriesOfLabels(
  name: string,
  labels: Attributes,
  type = typeOfMetricName(name),
): MetricSeriesOfResource {
  const entries = Object.entries(labels).filter(([, value]) => value !== '');
  const { entity, instance, node } = entitiesOfLabels(labels, name);
  const identity = entries.filter(([label]) => IDENTITY_LABELS.has(label));
  return {
    name,
    unit: unitOfMetricName(name),
    type,
    temporality: type === 'gauge' || type === 'unknown' ? 'unspecified' : 'cumulative',
    attributes: Object.fromEntries(entries.filter(([label]) => !IDENTITY_LABELS.has(label))),
    resource: {
      attributes: Object.fromEntries(identity),
      ...(entity && { entity }),
      ...(instance && { instance }),
      ...(node && { node }),
    },
  };
}

/** `NaN`, `+Inf`, `-Inf` and numbers as Prometheus spells them; undefined when it is no number. */
export function prometheusNumber(text: string): number | undefined {
  const number = Number(text);
  if (!Number.isNaN(number) && text.trim() !== '') return number;
  switch (text.toLowerCase()) {
    case 'nan':
      return NaN;
    case '+inf':
    case 'inf':
    case '+infinity':
    case 'infinity':
      return Infinity;
    case '-inf':
    case '-infinity':
      return -Infinity;
    default:
      return undefined;
  }
}
