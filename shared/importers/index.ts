/** Every importer there is. A new one adds its folder and one line here. */
import { alertmanagerImporter } from './alertmanager/index.ts';
import { applicationLogImporter } from './application-log/index.ts';
import { plainTextImporter } from './application-log/plain-text.ts';
import { argocdChangeImporter } from './change-argocd/index.ts';
import { cloudEventsChangeImporter } from './change-cloudevents/index.ts';
import { githubChangeImporter } from './change-github/index.ts';
import { changeListImporter } from './change-list/index.ts';
import type { Importer } from './importer.ts';
import { jaegerImporter } from './jaeger/index.ts';
import { kubernetesImporter } from './kubernetes/index.ts';
import { metricCsvImporter } from './metric-csv/index.ts';
import { otlpImporter } from './otlp/index.ts';
import { plainJsonImporter } from './plain-json/index.ts';
import { prometheusApiImporter } from './prometheus-api/index.ts';
import { prometheusTextImporter } from './prometheus-text/index.ts';
import { zipkinImporter } from './zipkin/index.ts';

export const importers: readonly Importer[] = [
  alertmanagerImporter,
  applicationLogImporter,
  argocdChangeImporter,
  changeListImporter,
  cloudEventsChangeImporter,
  githubChangeImporter,
  jaegerImporter,
  kubernetesImporter,
  metricCsvImporter,
  otlpImporter,
  plainJsonImporter,
  prometheusApiImporter,
  prometheusTextImporter,
  zipkinImporter,
];

/** What a person may have a file read with: every importer, and lines of plain text, which nothing is recognised as. */
export const readers: readonly Importer[] = [...importers, plainTextImporter];
