import { describe, expect, it } from 'vitest';
import { skeletonDetector } from '../../../../../shared/analysis/detectors/_skeleton/index.ts';
import { detectors } from '../../../../../shared/analysis/detectors/index.ts';
import { buildServiceGraph } from '../../../../../shared/analysis/topology/build-service-graph.ts';
import type { Finding } from '../../../../../shared/model/finding.ts';
import { TelemetryBuilder } from '../../../../accuracy/telemetry-builder.ts';

const T0 = 1_700_000_000_000_000_000n;
const context = { progress: () => undefined, throwIfCancelled: () => undefined };
const windows = { baseline: { startNs: 0, endNs: 600e9 }, incident: { startNs: 600e9, endNs: 1200e9 } };

/** Twenty minutes of two services: `steady` logs every 2 s, `noisy` as often and, from minute ten, `rate` times so. */
function findingsAt(rate: number): readonly Finding[] {
  const builder = new TelemetryBuilder();
  const steady = builder.entity('service', 'steady', true);
  const noisy = builder.entity('service', 'noisy', true);
  for (let second = 0; second < 1200; second += 2) {
    const timeNs = T0 + BigInt(second) * 1_000_000_000n;
    const record = {
      timeNs,
      instance: -1,
      severity: 9,
      template: { id: 't', text: 't' },
      message: 't',
      traceId: '',
      spanId: '',
    };
    builder.addLog({ ...record, entity: steady });
    for (let i = 0; i < (second < 600 ? 1 : rate); i++) builder.addLog({ ...record, entity: noisy });
  }
  const telemetry = builder.build();
  const graph = buildServiceGraph(telemetry, windows, context);
  return skeletonDetector.detect({ telemetry, graph }, context);
}

describe('the detector skeleton', () => {
  it('names the service whose volume rose, and by how much', () => {
    const findings = findingsAt(5);
    expect(findings.map((finding) => finding.text)).toEqual(['noisy wrote 5.0 times as many log records as before.']);
    expect(findings[0]?.score).toBeCloseTo(0.8, 1);
  });

  it('stays silent where nothing changed', () => {
    expect(findingsAt(1)).toEqual([]);
  });

  it('does not run', () => {
    expect(detectors.map((detector) => detector.id)).not.toContain(skeletonDetector.id);
  });
});
