/**
 * Metrics as OTLP JSON lines, one export a minute: what the SDK in every pod reports, what the kubelet and the host
 * receivers see, and what receivers read from databases and brokers. All from the state of the model, so they cover
 * every request, sampled or not.
 */
import { EXPORT_SECONDS } from './metric-text.ts';
import { kubeletMetrics, metricsOfNodes, metricsOfQueues, StoreMetrics } from './platform-metrics.ts';
import { PodMetrics } from './pod-metrics.ts';
import type { Simulation } from './simulation.ts';

/** Pods per line, so that a line stays below a few megabytes. */
const PODS_PER_LINE = 100;

export function* writeMetrics(simulation: Simulation): Generator<string> {
  const { pods, lengthSeconds } = simulation;
  const metrics = new PodMetrics(simulation);
  const stores = new StoreMetrics(simulation);
  for (let second = EXPORT_SECONDS; second <= lengthSeconds; second += EXPORT_SECONDS) {
    let parts: string[] = [];
    for (const pod of pods.pods) {
      const text = metrics.export(pod, second) + kubeletMetrics(simulation, pod, second);
      if (text) parts.push(text.slice(0, -1));
      if (parts.length < PODS_PER_LINE) continue;
      yield `{"resourceMetrics":[${parts.join(',')}]}\n`;
      parts = [];
    }
    parts.push(...metricsOfNodes(simulation, second), ...stores.export(second), ...metricsOfQueues(simulation, second));
    yield `{"resourceMetrics":[${parts.join(',')}]}\n`;
  }
}
