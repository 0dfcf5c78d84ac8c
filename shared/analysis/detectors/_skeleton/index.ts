/**
 * A whole detector, small enough to copy: `cp -r shared/analysis/detectors/_skeleton shared/analysis/detectors/<name>`,
 * rename, and add a line to shared/analysis/detectors/index.ts. It states for each service how many more log records it
 * wrote in the incident window than in the baseline, per second. A detector says what is unusual, never why.
 *
 * Cost: one pass over the log table.
 */
import type { Finding } from '../../../model/finding.ts';
import type { AnalysisWindow } from '../../topology/service-graph.ts';
import type { Detector } from '../detector.ts';
import { byEntityAndSubject } from '../finding-order.ts';

/** Part of the fingerprint: another value is another answer. */
const PARAMETERS = { minRatio: 3, minRecords: 50 } as const;

export const skeletonDetector: Detector = {
  id: 'skeleton',
  title: 'Log volume (an example to copy)',
  version: 1,
  parameters: PARAMETERS,
  // Authors, title, year, DOI or URL of the method; where we differ is said at the code.
  references: [],

  detect({ telemetry, graph }, context) {
    const { logs, entities } = telemetry;
    const { baseline, incident } = graph.windows;
    const before = new Float64Array(entities.length);
    const during = new Float64Array(entities.length);
    for (let row = 0; row < logs.length; row++) {
      if ((row & 0xffff) === 0) context.throwIfCancelled();
      if (logs.entity[row]! < 0) continue;
      // One service under several names is one entity.
      const entity = graph.foldedInto[logs.entity[row]!]!;
      const time = logs.timeNs[row]!;
      if (time >= baseline.startNs && time < baseline.endNs) before[entity]! += 1;
      if (time >= incident.startNs && time < incident.endNs) during[entity]! += 1;
    }
    const findings: Finding[] = [];
    entities.forEach(({ name }, entity) => {
      const observed = during[entity]! / seconds(incident);
      // One record more in the baseline: nothing before is no division by zero, and few records are no evidence.
      const expected = (before[entity]! + 1) / seconds(baseline);
      const ratio = observed / expected;
      if (during[entity]! < PARAMETERS.minRecords || ratio < PARAMETERS.minRatio) return;
      findings.push({
        detector: skeletonDetector.id,
        kind: 'log_template_burst',
        signal: 'log',
        entity,
        subject: 'log records',
        onsetNs: incident.startNs,
        onsetUncertaintyNs: incident.endNs - incident.startNs,
        endNs: incident.endNs,
        effectSize: ratio,
        score: 1 - 1 / ratio,
        baseline: expected,
        observed,
        unit: '1/s',
        sampleCount: during[entity]!,
        text: `${name} wrote ${ratio.toFixed(1)} times as many log records as before.`,
        refs: [],
      });
    });
    return findings.sort(byEntityAndSubject);
  },
};

function seconds(window: AnalysisWindow): number {
  return Math.max(1, (window.endNs - window.startNs) / 1e9);
}
