/** Alertmanager: API v2 alerts, groups and silences; webhook notifications, Grafana's included. */
import type { FileHead, Importer, Recognition } from '../importer.ts';
import { runJsonImport } from '../run-json-import.ts';
import { AlertmanagerReader } from './alertmanager-reader.ts';

function recognise({ text }: FileHead): Recognition {
  if (!/^[\s,]*[[{]/.test(text)) return { confidence: 0, reason: 'Not JSON.' };
  const hasStart = /"startsAt"\s*:\s*"/.test(text);
  const hasLabels = /"labels"\s*:\s*\{/.test(text);
  if (hasStart && hasLabels && /"(?:groupKey|groupLabels|commonLabels)"\s*:/.test(text)) {
    return {
      confidence: 0.97,
      reason: 'A notification with "groupLabels" and "alerts", as Alertmanager sends it to webhooks.',
    };
  }
  if (hasStart && hasLabels && /"(?:fingerprint|generatorURL|endsAt)"\s*:/.test(text)) {
    return { confidence: 0.95, reason: 'Alerts with "labels" and "startsAt", as the Alertmanager API lists them.' };
  }
  if (hasStart && /"matchers"\s*:\s*\[/.test(text) && /"isRegex"\s*:/.test(text)) {
    return { confidence: 0.9, reason: 'Silences as the Alertmanager API lists them.' };
  }
  if (/"alertname"\s*:/.test(text) && /"annotations"\s*:/.test(text) && /"(?:activeAt|startsAt)"\s*:/.test(text)) {
    return {
      confidence: 0.3,
      reason: 'JSON that speaks of alerts and their labels, though not in the shape of Alertmanager.',
    };
  }
  return { confidence: 0, reason: 'No alerts.' };
}

export const alertmanagerImporter: Importer = {
  id: 'alertmanager-json',
  title: 'Alertmanager',
  version: 1,
  references: [
    'https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml',
    'https://prometheus.io/docs/alerting/latest/configuration/#webhook_config',
  ],
  recognise,
  parse: (chunks, context) => runJsonImport(chunks, context, (collector) => new AlertmanagerReader(collector, context)),
};
