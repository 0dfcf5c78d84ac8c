/** An alert as a flat JSON object: what fired, on which service and metric, threshold and observed value. */
import type { Alert, AlertSeverity } from '../../model/alert.ts';
import type { EntityRef } from '../../model/entity.ts';
import type { AttributeValue } from '../../model/resource.ts';
import { firstText, numberAt, toAttribute, type JsonObject } from '../json-access.ts';
import { firstTime } from '../time-value.ts';

const TIME = [
  'fired_at',
  'firedAt',
  'triggered_at',
  'triggeredAt',
  'started_at',
  'startedAt',
  'starts_at',
  'start',
  'start_time',
  'timestamp',
  'time',
  'created_at',
  'at',
];
const END = ['resolved_at', 'resolvedAt', 'ended_at', 'endedAt', 'ends_at', 'end', 'end_time', 'closed_at'];
const NAME = [
  'monitor',
  'alert',
  'alertname',
  'alert_name',
  'alertName',
  'rule',
  'rule_name',
  'monitor_name',
  'title',
  'name',
];
const SERVICE = ['service', 'service_name', 'serviceName', 'app', 'application', 'component'];
const METRIC = ['metric', 'metric_name', 'metricName', 'signal', 'indicator'];
const SUMMARY = ['summary', 'message', 'description', 'text', 'title'];
const SEVERITY = ['severity', 'priority', 'level', 'urgency'];
const OBSERVED = ['observed', 'observed_value', 'value', 'current', 'current_value', 'actual'];
const ID = ['id', 'alert_id', 'alertId', 'fingerprint', 'incident_id', 'key'];

export function isPlainAlert(value: JsonObject): boolean {
  if (value['labels'] !== undefined || value['annotations'] !== undefined || value['trace_id'] !== undefined)
    return false;
  if (firstTime(value, TIME) === undefined) return false;
  const hasFired = ['fired_at', 'firedAt', 'triggered_at', 'triggeredAt'].some((key) => value[key] !== undefined);
  const hasName = ['monitor', 'alert', 'alertname', 'alert_name', 'rule', 'rule_name', 'monitor_name'].some(
    (key) => value[key] !== undefined,
  );
  const hasLimit = value['threshold'] !== undefined || value['condition'] !== undefined;
  const signs = Number(hasFired) + Number(hasName) + Number(hasLimit) + Number(firstText(value, ...SEVERITY) !== '');
  return signs >= 2 && (hasFired || hasName || hasLimit);
}

/** A sentence when there is no time. */
export function alertOfPlain(value: JsonObject): Alert | string {
  const start = firstTime(value, TIME);
  if (start === undefined) return 'An alert without a time that can be read; give it fired_at as RFC 3339.';
  const service = firstText(value, ...SERVICE);
  const metric = firstText(value, ...METRIC);
  const name = firstText(value, ...NAME) || metric || 'alert';
  const end = firstTime(value, END);
  const status = firstText(value, 'status', 'state');
  const labels: Record<string, AttributeValue> = {};
  for (const key of Object.keys(value)) if (!SUMMARY.includes(key)) labels[key] = toAttribute(value[key]);
  return {
    externalId: firstText(value, ...ID) || [name, service, metric, start].filter((part) => part !== '').join('/'),
    name,
    summary: firstText(value, ...SUMMARY) || name,
    severity: severityOf(firstText(value, ...SEVERITY)),
    state: end !== undefined || /resol|clos|^ok/i.test(status) ? 'resolved' : 'firing',
    startTime: start,
    endTime: end,
    entities: entitiesOf(value, service),
    labels,
    annotations: {},
    signal: metric === '' ? undefined : { kind: 'metric', name: metric, direction: directionOf(value) },
    sourceUrl: firstText(value, 'url', 'link', 'runbook') || undefined,
  };
}

function entitiesOf(value: JsonObject, service: string): readonly EntityRef[] {
  const entities: EntityRef[] = [];
  const pod = firstText(value, 'pod', 'pod_name', 'instance');
  const host = firstText(value, 'host', 'hostname', 'node');
  if (pod !== '') entities.push({ type: 'instance', name: pod });
  if (service !== '') entities.push({ type: 'service', name: service });
  if (host !== '') entities.push({ type: 'node', name: host });
  return entities;
}

function severityOf(text: string): AlertSeverity {
  if (/crit|high|sev-?[01]|^p[01]$|fatal|emerg|page|error/i.test(text)) return 'critical';
  if (/warn|med|sev-?[23]|^p[23]$|minor|major/i.test(text)) return 'warning';
  return /info|low|sev-?[45]|^p[45]$/i.test(text) ? 'info' : 'unknown';
}

function directionOf(value: JsonObject): 'up' | 'down' | undefined {
  const threshold = numberAt(value, 'threshold');
  const observed = OBSERVED.map((key) => numberAt(value, key)).find((number) => number !== undefined);
  if (threshold === undefined || observed === undefined || threshold === observed) return undefined;
  return observed > threshold ? 'up' : 'down';
}
