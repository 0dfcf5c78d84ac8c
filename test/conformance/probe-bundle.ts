/** A folder with one file of every signal, and one that is damaged, for asking the whole contract. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { otlpTraces } from '../support/otlp-bundle.ts';

const NO_ALERTS = {
  status: 'success',
  data: {
    alerts: [],
  },
};
const ALERTS = [
  {
    fingerprint: '0123456789abcdef',
    status: { state: 'active', silencedBy: [], inhibitedBy: [] },
    startsAt: '2025-06-15T15:07:00.000Z',
    endsAt: '2025-06-15T15:12:00.000Z',
    updatedAt: '2025-06-15T15:08:00.000Z',
    generatorURL: 'http://prometheus/graph',
    labels: { alertname: 'HighLatency', service: 'checkout', severity: 'critical' },
    annotations: { summary: 'checkout is slow' },
    receivers: [{ name: 'team' }],
  },
];
const DEPLOYMENT = {
  specversion: '1.0',
  id: 'deploy-1',
  type: 'dev.cdevents.service.deployed.0.1.1',
  source: '/ci',
  time: '2025-06-15T15:06:50Z',
  data: { subject: { id: 'checkout', content: { environment: { id: 'prod' } } } },
};
const EVENT = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'checkout-1.17', namespace: 'shop', uid: 'e1' },
  involvedObject: { kind: 'Pod', name: 'checkout-1', namespace: 'shop' },
  reason: 'BackOff',
  message: 'Back-off restarting failed container',
  type: 'Warning',
  firstTimestamp: '2025-06-15T15:07:10Z',
  lastTimestamp: '2025-06-15T15:07:10Z',
  count: 3,
};
const METRICS =
  '# TYPE queue_depth gauge\n' +
  Array.from(
    { length: 30 },
    (_, minute) => `queue_depth{service="checkout"} ${minute} ${1_750_000_000_000 + minute * 1_000}\n`,
  ).join('');
const LOGS = Array.from(
  { length: 20 },
  (_, second) => `2025-06-15T15:07:${String(second).padStart(2, '0')}Z ERROR checkout: payment ${second} refused\n`,
).join('');

export function writeProbeBundle(folder: string): void {
  mkdirSync(folder);
  const put = (name: string, content: string): void => writeFileSync(join(folder, name), content);
  put('traces.json', otlpTraces('checkout', 40));
  put('alerts.json', JSON.stringify(ALERTS));
  put('none.json', JSON.stringify(NO_ALERTS));
  put('deployment.json', JSON.stringify(DEPLOYMENT));
  put('event.json', JSON.stringify(EVENT));
  put('queue.prom', METRICS);
  put('checkout.log', LOGS);
  put('broken.jsonl', `${otlpTraces('stock', 1)}\n{"resourceSpans": [broken\n`);
}
