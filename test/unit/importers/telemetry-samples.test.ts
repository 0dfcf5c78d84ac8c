/** The telemetry importers against the indexes of real samples, and against each other's files. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alertmanagerImporter } from '../../../shared/importers/alertmanager/index.ts';
import type { Importer } from '../../../shared/importers/importer.ts';
import { jaegerImporter } from '../../../shared/importers/jaeger/index.ts';
import { otlpImporter } from '../../../shared/importers/otlp/index.ts';
import { prometheusApiImporter } from '../../../shared/importers/prometheus-api/index.ts';
import { prometheusTextImporter } from '../../../shared/importers/prometheus-text/index.ts';
import { recogniseFile } from '../../../shared/importers/recognise.ts';
import { zipkinImporter } from '../../../shared/importers/zipkin/index.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { parseRfc3339 } from '../../../shared/model/time.ts';
import { headOf, importBytes, samplesOf, sharedFolder, type ImportedFile } from '../../support/import-file.ts';

const OWN: Readonly<Record<string, Importer>> = {
  'otlp-traces': otlpImporter,
  'otlp-metrics': otlpImporter,
  'otlp-logs': otlpImporter,
  tempo: otlpImporter,
  jaeger: jaegerImporter,
  zipkin: zipkinImporter,
  'prometheus-api': prometheusApiImporter,
  'prometheus-text': prometheusTextImporter,
  openmetrics: prometheusTextImporter,
  alertmanager: alertmanagerImporter,
};
const IMPORTERS = [...new Set(Object.values(OWN))];
/** Kind of the index → keys its records are counted under. */
const COUNTED: Readonly<Record<string, string>> = {
  traces: 'spans',
  metrics: 'metricPoints',
  logs: 'logRecords',
  alerts: 'alerts',
};
/** Files of other formats' folders that are in one of ours all the same. */
const SHARED_SHAPES: Readonly<Record<string, string>> = {
  // Grafana took over Alertmanager's notification.
  'grafana-alerting/card-grafana-inspired-payload.json': 'alertmanager-json',
  // Rules as the Prometheus API answers them, next to rule files.
  'prometheus-rules/prometheus-api-rules-doc.json': 'prometheus-api',
};

const samples = sharedFolder('samples');
if (!samples)
  console.warn('SKIPPED: ../shared/samples is not there; the telemetry importers were not held against real files.');

function timesOf(file: ImportedFile): readonly bigint[] {
  return [
    ...file.spans.flatMap((b) => [...b.startTimeUnixNano].flatMap((t, i) => [t, t + BigInt(b.durationNs[i] ?? 0)])),
    ...file.logs.flatMap((b) => [...b.timeUnixNano]),
    ...file.metrics.flatMap((b) => [...b.timeUnixNano]),
    ...file.alerts.map((alert) => alert.startTime),
  ];
}

describe.skipIf(!samples)('telemetry samples', () => {
  for (const [folder, importer] of Object.entries(OWN)) {
    for (const sample of samples ? samplesOf(join(samples, folder)) : []) {
      it(`${folder}/${sample.name} is ${importer.id} with every record`, async () => {
        expect(recogniseFile(headOf(sample.bytes, sample.name))?.importer.id).toBe(importer.id);
        const file = await importBytes(importer, sample.bytes, { path: sample.name });
        const kept = file.records[COUNTED[sample.kind] ?? ''] ?? 0;
        expect(kept + file.rejected.length + file.duplicates).toBe(sample.records);
        if (sample.services && sample.kind !== 'alerts') {
          const resources = [...file.spans, ...file.logs, ...file.metrics].flatMap(
            (batch): readonly Resource[] => batch.resources,
          );
          const named = resources.map((r) => r.attributes['service.name']).filter((name) => typeof name === 'string');
          expect(sample.services).toEqual(expect.arrayContaining([...named]));
        }
        if (sample.timeRange) {
          const times = timesOf(file);
          const from = times.reduce((a, b) => (a < b ? a : b));
          // The index may count the end of the last span or only its start.
          expect(from).toBe(parseRfc3339(sample.timeRange.from));
          expect(times).toContain(parseRfc3339(sample.timeRange.to));
        }
      });

      it(`${folder}/${sample.name} reads the same in chunks of any size`, async () => {
        const whole = await importBytes(importer, sample.bytes, { chunkBytes: sample.bytes.length });
        for (const chunkBytes of [61, 4096]) {
          const file = await importBytes(importer, sample.bytes, { chunkBytes });
          expect(file.records).toEqual(whole.records);
          expect(file.batches).toEqual(whole.batches);
        }
      });
    }
  }

  for (const folder of samples ? readdirSync(samples).filter((name) => !(name in OWN)) : []) {
    it(`${folder} is left to others`, () => {
      for (const sample of samplesOf(join(samples ?? '', folder))) {
        const head = headOf(sample.bytes, sample.name);
        for (const importer of IMPORTERS) {
          const { confidence, reason } = importer.recognise(head);
          const isAllowed = SHARED_SHAPES[`${folder}/${sample.name}`] === importer.id;
          if (!isAllowed && !(folder in { 'prometheus-rules': 1 } && confidence <= 0.3)) {
            expect(`${sample.name}: ${importer.id} ${confidence < 0.2 ? 'passes' : reason}`).toBe(
              `${sample.name}: ${importer.id} passes`,
            );
          }
        }
      }
    });
  }

  it('survives the hostile files, whichever importer is forced on them', async () => {
    for (const sample of samplesOf(join(samples ?? '', 'hostile'))) {
      for (const importer of IMPORTERS) {
        const file = await importBytes(importer, sample.bytes, { path: sample.name });
        expect(file.records['spans'] ?? 0).toBe(0);
      }
    }
  });

  it('loses only the tail of a truncated file', async () => {
    const cases = [
      ['jaeger', 'quickwit-jaeger_ui_trace.json', jaegerImporter],
      ['zipkin', 'skew.json', zipkinImporter],
      ['otlp-traces', 'fluentbit-test_traces_002.json', otlpImporter],
      ['alertmanager', 'silenced_alerts.json', alertmanagerImporter],
      ['prometheus-api', 'vm-prometheus-response.json', prometheusApiImporter],
    ] as const;
    for (const [folder, name, importer] of cases) {
      const sample = samplesOf(join(samples ?? '', folder)).find((s) => s.name === name);
      const bytes = sample?.bytes ?? new Uint8Array();
      let keptBefore = 0;
      for (let cut = 0; cut <= bytes.length; cut += 7) {
        const file = await importBytes(importer, bytes.slice(0, cut));
        const kept = Object.values(file.records).reduce((a, b) => a + b, 0);
        expect(kept).toBeGreaterThanOrEqual(keptBefore);
        keptBefore = kept;
        if (cut > 0 && cut < bytes.length - 4) expect(file.rejected.length).toBeGreaterThan(0);
      }
    }
  });
});
