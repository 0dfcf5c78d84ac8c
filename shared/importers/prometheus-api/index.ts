/** Answers of the Prometheus HTTP API: query, query_range, alerts, rules; exports of compatible servers. */
import type { FileHead, Importer, Recognition } from '../importer.ts';
import { runJsonImport } from '../run-json-import.ts';
import { PrometheusReader } from './prometheus-reader.ts';

function recognise({ text }: FileHead): Recognition {
  if (!/^[\s,]*[[{]/.test(text)) return { confidence: 0, reason: 'Not JSON.' };
  if (/"resultType"\s*:\s*"(?:matrix|vector|scalar|string)"/.test(text)) {
    return { confidence: 0.97, reason: 'JSON with "resultType", the answer to a Prometheus query.' };
  }
  if (/"metric"\s*:\s*\{/.test(text) && /"values?"\s*:\s*\[\s*(?:\[?\s*-?\d|")/.test(text)) {
    return {
      confidence: 0.9,
      reason: 'JSON series with "metric" and "values", as Prometheus-compatible servers export them.',
    };
  }
  const isAnswer = /"status"\s*:\s*"(?:success|error)"/.test(text) && /"(?:data|errorType)"\s*:/.test(text);
  if (!isAnswer) return { confidence: 0, reason: 'No answer of the Prometheus API.' };
  if (/"errorType"\s*:\s*"/.test(text))
    return { confidence: 0.8, reason: 'An error the Prometheus API answered with.' };
  if (/"groups"\s*:\s*\[/.test(text) && /"rules"\s*:/.test(text)) {
    return { confidence: 0.9, reason: 'Rules as the Prometheus API lists them.' };
  }
  if (/"activeTargets"\s*:/.test(text)) return { confidence: 0.9, reason: 'Targets as the Prometheus API lists them.' };
  if (/"alerts"\s*:\s*\[/.test(text) && /"activeAt"|"alerts"\s*:\s*\[\s*\]/.test(text)) {
    return { confidence: 0.9, reason: 'Alerts as the Prometheus API lists them.' };
  }
  if (/"__name__"\s*:/.test(text)) return { confidence: 0.85, reason: 'Series as the Prometheus API lists them.' };
  return { confidence: 0, reason: 'An answer of some API, not of Prometheus.' };
}

export const prometheusApiImporter: Importer = {
  id: 'prometheus-api',
  title: 'Prometheus API answer',
  version: 1,
  references: ['https://prometheus.io/docs/prometheus/latest/querying/api/'],
  recognise,
  parse: (chunks, context) => runJsonImport(chunks, context, (collector) => new PrometheusReader(collector, context)),
};
