/** Every importer there is. A new one adds its folder and one line here. */
import { applicationLogImporter } from './application-log/index.ts';
import type { Importer } from './importer.ts';
import { kubernetesImporter } from './kubernetes/index.ts';
import { otlpImporter } from './otlp/index.ts';

export const importers: readonly Importer[] = [applicationLogImporter, kubernetesImporter, otlpImporter];
