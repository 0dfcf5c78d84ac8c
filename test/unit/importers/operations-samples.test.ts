/** Logs, Kubernetes, changes and plain files: counts against the indexes of real samples, and nobody else's files taken. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { applicationLogImporter } from '../../../shared/importers/application-log/index.ts';
import { argocdChangeImporter } from '../../../shared/importers/change-argocd/index.ts';
import { cloudEventsChangeImporter } from '../../../shared/importers/change-cloudevents/index.ts';
import { githubChangeImporter } from '../../../shared/importers/change-github/index.ts';
import { changeListImporter } from '../../../shared/importers/change-list/index.ts';
import type { Importer } from '../../../shared/importers/importer.ts';
import { kubernetesImporter } from '../../../shared/importers/kubernetes/index.ts';
import { metricCsvImporter } from '../../../shared/importers/metric-csv/index.ts';
import { plainJsonImporter } from '../../../shared/importers/plain-json/index.ts';
import { recogniseFile } from '../../../shared/importers/recognise.ts';
import { headOf, importBytes, samplesOf, sharedFolder } from '../../support/import-file.ts';

const OWN: Readonly<Record<string, Importer>> = {
  'json-app-logs': applicationLogImporter,
  logfmt: applicationLogImporter,
  'stack-traces': applicationLogImporter,
  'kubernetes-logs': applicationLogImporter,
  syslog: applicationLogImporter,
  'kubernetes-events': kubernetesImporter,
  'kubernetes-objects': kubernetesImporter,
  'kubernetes-audit': kubernetesImporter,
  'github-webhooks': githubChangeImporter,
  argocd: argocdChangeImporter,
  cloudevents: cloudEventsChangeImporter,
};
/** Kind of the index → keys its records may be counted under, as ../shared/tools/check-samples.mjs has them. */
const COUNTED: Readonly<Record<string, readonly string[]>> = {
  logs: ['logRecords', 'lines'],
  changes: ['changes'],
  topology: ['entities', 'edges'],
};
const IMPORTERS: readonly Importer[] = [
  ...new Set(Object.values(OWN)),
  changeListImporter,
  plainJsonImporter,
  metricCsvImporter,
];
/** Folders whose files belong to the telemetry importers. */
const TELEMETRY = [
  'otlp-traces',
  'otlp-metrics',
  'otlp-logs',
  'tempo',
  'jaeger',
  'zipkin',
  'prometheus-api',
  'prometheus-text',
  'openmetrics',
  'alertmanager',
];

const samples = sharedFolder('samples');
const rootcausebench = sharedFolder('bench', 'rca', 'rootcausebench');
if (!samples)
  console.warn(
    'SKIPPED: ../shared/samples is not there; logs, Kubernetes and changes were not held against real files.',
  );
if (!rootcausebench) console.warn('SKIPPED: ../shared/bench/rca/rootcausebench is not there.');

describe.skipIf(!samples)('operations samples', () => {
  for (const [folder, importer] of Object.entries(OWN)) {
    for (const sample of samples ? samplesOf(join(samples, folder)) : []) {
      it(`${folder}/${sample.name} is read with every record`, async () => {
        const found = recogniseFile(headOf(sample.bytes, sample.name))?.importer;
        // The printed form of an application has no importer of its own.
        if (sample.records !== null) expect(found?.id).toBe(importer.id);
        const file = await importBytes(found ?? importer, sample.bytes, { path: sample.name });
        if (sample.records === null) return;
        const lost = file.rejected.length + file.duplicates;
        const keys = COUNTED[sample.kind] ?? ['logRecords', 'lines', 'events'];
        const got = keys.map((key) => file.records[key] ?? 0);
        expect(got.some((n) => n === sample.records || n + lost === sample.records)).toBe(true);
      });

      it(`${folder}/${sample.name} reads the same in chunks of any size`, async () => {
        const whole = await importBytes(importer, sample.bytes, { chunkBytes: sample.bytes.length });
        for (const chunkBytes of [67, 4096]) {
          const file = await importBytes(importer, sample.bytes, { chunkBytes });
          expect(file.records).toEqual(whole.records);
          expect(file.batches).toEqual(whole.batches);
          expect(file.warnings).toEqual(whole.warnings);
        }
      });
    }
  }

  for (const folder of TELEMETRY) {
    it(`${folder} is left to others`, () => {
      for (const sample of samplesOf(join(samples ?? '', folder))) {
        const head = headOf(sample.bytes, sample.name);
        for (const importer of IMPORTERS) {
          const { confidence, reason } = importer.recognise(head);
          expect(`${sample.name}: ${importer.id} ${confidence < 0.5 ? 'passes' : reason}`).toBe(
            `${sample.name}: ${importer.id} passes`,
          );
        }
        expect(IMPORTERS.map((i) => i.id)).not.toContain(recogniseFile(head)?.importer.id);
      }
    });
  }

  it('survives the hostile files, whichever importer is forced on them', async () => {
    for (const sample of samplesOf(join(samples ?? '', 'hostile'))) {
      for (const importer of IMPORTERS) {
        importer.recognise(headOf(sample.bytes, sample.name));
        await importBytes(importer, sample.bytes, { path: sample.name });
      }
    }
  });

  it('accounts for every line of a log, whatever kind it is', async () => {
    for (const folder of [
      'json-app-logs',
      'logfmt',
      'stack-traces',
      'kubernetes-logs',
      'syslog',
      'web-error-logs',
      'access-logs',
      'haproxy',
    ]) {
      for (const sample of samplesOf(join(samples ?? '', folder))) {
        const text = new TextDecoder().decode(sample.bytes);
        const nonEmpty = text.split('\n').filter((line) => line.trim() !== '').length;
        const file = await importBytes(applicationLogImporter, sample.bytes, { path: sample.name });
        const joined = file.logs.reduce((sum, batch) => sum + batch.lineCount.reduce((a, b) => a + b, 0), 0);
        expect([sample.name, file.records['lines'], joined]).toEqual([sample.name, nonEmpty, nonEmpty]);
      }
    }
  });
});

describe.skipIf(!rootcausebench)('a published incident folder, as an ordinary bundle', () => {
  const cases = rootcausebench
    ? readdirSync(rootcausebench).filter((name) => statSync(join(rootcausebench, name)).isDirectory())
    : [];
  for (const name of cases) {
    it(`${name}: every file but the index is recognised and read without loss`, async () => {
      const folder = join(rootcausebench ?? '', name);
      const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) =>
        /\.(?:ndjson|json|csv)(?:\.gz)?$/.test(file),
      );
      for (const path of files.sort()) {
        const raw = readFileSync(join(folder, path));
        const bytes = new Uint8Array(path.endsWith('.gz') ? gunzipSync(raw) : raw);
        const found = recogniseFile(headOf(bytes, path))?.importer;
        if (path === 'case.json') {
          expect(found).toBeUndefined();
          continue;
        }
        const file = await importBytes(found ?? applicationLogImporter, bytes, { path });
        const text = new TextDecoder().decode(bytes);
        const expected =
          path.includes('.csv') || path.includes('.ndjson')
            ? text.trim().split('\n').length - (path.includes('.csv') ? 1 : 0)
            : [JSON.parse(text) as unknown].flat().length;
        const key =
          { alert: 'alerts', patterns: 'events', traces: 'spans', logs: 'logRecords', metrics: 'metricPoints' }[
            /(\w+)\.[^/]*$/.exec(path)?.[1] ?? ''
          ] ?? 'changes';
        expect([path, file.rejected, file.records[key]]).toEqual([path, [], expected]);
      }
    });
  }
});
