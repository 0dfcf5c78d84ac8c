/** Alerts as Prometheus and Alertmanager describe them: a label set, annotations and times. */
import type { Alert, AlertSeverity, AlertState } from '../model/alert.ts';
import type { Attributes } from '../model/resource.ts';
import { parseRfc3339, type UnixNano } from '../model/time.ts';
import { entitiesOfLabels } from '../semconv/entities-of-labels.ts';
import { isObject, textOf, type JsonObject } from './json-fields.ts';

const SEVERITY_LABELS = ['severity', 'priority', 'level', 'sev'];
const CRITICAL = /^(?:critical|crit|page|fatal|emergency|disaster|error|err|high|urgent|p[01]|sev-?[01]|[01])$/;
const WARNING = /^(?:warning|warn|major|average|medium|ticket|p[23]|sev-?[23]|[23])$/;
const INFO = /^(?:info|information|informational|notice|none|minor|low|debug|ok|p[45]|sev-?[45]|[45])$/;

export function alertSeverity(labels: Attributes): AlertSeverity {
  for (const name of SEVERITY_LABELS) {
    const value = labels[name];
    const word = typeof value === 'string' ? value.toLowerCase() : '';
    if (CRITICAL.test(word)) return 'critical';
    if (WARNING.test(word)) return 'warning';
    if (INFO.test(word)) return 'info';
  }
  return 'unknown';
}

/** Labels or annotations: text values only. */
export function labelsOf(value: unknown): Attributes {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null && item !== undefined)
      .map(([name, item]) => [name, typeof item === 'string' ? item : JSON.stringify(item)]),
  );
}

/** Undefined for the zero time of Go and for what is no time. */
export function alertTime(value: unknown): UnixNano | undefined {
  const text = textOf(value);
  return text === '' || text.startsWith('0001-') ? undefined : parseRfc3339(text);
}

/** Stable text of a label set, the id of an alert that has no fingerprint. */
export function labelSetId(labels: Attributes): string {
  const names = Object.keys(labels).sort();
  return `{${names.map((name) => `${name}=${JSON.stringify(labels[name])}`).join(',')}}`;
}

/** Metric and direction of the rule, from the expression in the link back to Prometheus. */
export function signalOfExpression(generatorUrl: string): Alert['signal'] {
  const match = /[?&]g0\.expr=([^&]*)/.exec(generatorUrl);
  if (!match?.[1]) return undefined;
  let expression: string;
  try {
    expression = decodeURIComponent(match[1].replaceAll('+', ' '));
  } catch {
    return undefined;
  }
  const name =
    /([A-Za-z_:][\w:]*)\s*[{[]/.exec(expression)?.[1] ?? /^\s*([A-Za-z_:][\w:]*)\s*[<>=!]/.exec(expression)?.[1];
  if (name === undefined || name === 'by' || name === 'without') return undefined;
  const comparison = /([<>])=?\s*[^<>]*$/.exec(expression)?.[1];
  const direction = comparison === '>' ? 'up' : comparison === '<' ? 'down' : undefined;
  return { kind: 'metric', name, ...(direction && { direction }) };
}

const SUMMARIES = ['summary', 'title', 'message', 'description', 'alert'];

export function summaryOf(annotations: Attributes, name: string): string {
  for (const key of SUMMARIES) {
    const text = annotations[key];
    if (typeof text === 'string' && text.trim() !== '') return text.trim().split('\n')[0] ?? name;
  }
  return name;
}

export interface AlertParts {
  readonly externalId: string;
  readonly labels: Attributes;
  readonly annotations: Attributes;
  readonly state: AlertState;
  readonly startTime: UnixNano;
  readonly endTime: UnixNano | undefined;
  readonly generatorUrl: string;
}

export function makeAlert(parts: AlertParts): Alert {
  const { labels, annotations, generatorUrl } = parts;
  const name = textOf(labels['alertname']) || textOf(labels['rulename']) || summaryOf(annotations, 'alert');
  const signal = signalOfExpression(generatorUrl);
  return {
    externalId: parts.externalId,
    name,
    summary: summaryOf(annotations, name),
    severity: alertSeverity(labels),
    state: parts.state,
    startTime: parts.startTime,
    ...(parts.endTime !== undefined && { endTime: parts.endTime }),
    entities: entitiesOfLabels(labels).entities,
    labels,
    annotations,
    ...(signal && { signal }),
    ...(generatorUrl !== '' && { sourceUrl: generatorUrl }),
  };
}

/** An alert of `/api/v1/alerts` or `/api/v1/rules`; a sentence when it cannot be kept. */
export function alertOfPrometheus(alert: JsonObject): Alert | string {
  const startTime = alertTime(alert['activeAt']);
  if (startTime === undefined) return 'The alert has no time it became active.';
  const labels = labelsOf(alert['labels']);
  // A pending alert has not lasted long enough to fire.
  const state = alert['state'] === 'firing' ? 'firing' : 'unknown';
  const annotations = labelsOf(alert['annotations']);
  return makeAlert({
    externalId: labelSetId(labels),
    labels,
    annotations,
    state,
    startTime,
    endTime: undefined,
    generatorUrl: '',
  });
}
