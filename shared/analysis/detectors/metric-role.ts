/**
 * What a metric speaks about, from the words of its name and its unit. The vocabulary is that of Prometheus exporters,
 * OpenTelemetry semantic conventions and common agents; a name that matches nothing is `other` and still usable, only
 * with less weight.
 */
import type { Attributes } from '../../model/resource.ts';

export const METRIC_ROLES = [
  'latency',
  'errors',
  'error-ratio',
  'success-ratio',
  'requests',
  'cpu',
  'cpu-throttling',
  'memory',
  'disk',
  'disk-io',
  'network-receive',
  'network-transmit',
  'network-errors',
  'connections',
  'queue-depth',
  'restarts',
  'garbage-collection',
  'threads',
  'cache-hits',
  'certificate',
  'limit',
  'readiness',
  'other',
] as const;
export type MetricRole = (typeof METRIC_ROLES)[number];

const RULES: readonly (readonly [RegExp, MetricRole])[] = [
  [/\b(limit|quota|capacity|max|allocatable|size limit)\b/, 'limit'],
  [/certificat|\bcert\b|\btls\b.*expir|not after|expiry/, 'certificate'],
  [/restart/, 'restarts'],
  [/throttl/, 'cpu-throttling'],
  [/\bgc\b|garbage/, 'garbage-collection'],
  [/cache.*\b(hit|miss)|\bhits?\b.*ratio|\b(hit|miss)(es|s)?\b/, 'cache-hits'],
  [/success|availab(ility|le)\b.*(ratio|percent|rate)?|\bsli\b/, 'success-ratio'],
  [/(error|fail|failure|5xx|exception|abort)\w*.*(ratio|rate|percent|pct|share)/, 'error-ratio'],
  [/(net(work)?|tcp|packet).*(drop|loss|err|retrans|discard)|retransmit/, 'network-errors'],
  [/error|fail|5xx|exception|timeouts?\b|reject|refused/, 'errors'],
  [/connection|\bconns?\b|\bpool\b/, 'connections'],
  [/(queue|topic|lag|backlog|pending|messages ready|unacked)\w*/, 'queue-depth'],
  [/(latency|latenc|duration|response time|elapsed|\blat\b|\brt\b|\bp(50|75|90|95|99|999)\b|time taken)/, 'latency'],
  [/\bsessions?\b/, 'connections'],
  [/(disk|fs|filesystem|volume|block).*(io|read|write|ops|wait)|diskio|iops|syscall (read|write)/, 'disk-io'],
  [/disk|filesystem|\bfs\b|volume|inode|storage/, 'disk'],
  [/(net|network|transmit|tx|sent|out(bound)?)\w*.*(transmit|trainsmit|\btx\b|sent|out)/, 'network-transmit'],
  [/(net|network|receive|rx|in(bound)?)\w*.*(receive|\brx\b|recv|\bin\b)/, 'network-receive'],
  [/\bcpu|processor|\bload\d*\b.*avg/, 'cpu'],
  [/mem(ory)?\b|\bmem|\brss\b|working set|heap|swap/, 'memory'],
  [/threads?\b|goroutine/, 'threads'],
  [/\b(up|ready|readiness|probe|alive|healthy)\b/, 'readiness'],
  [
    /request|\brps\b|\bqps\b|throughput|workload|\bops\b|\blod\b|\bload\b|calls?\b|hits\b|transactions|queries|served|\b(query|statement|command|operation) (count|total|rate)\b|\bcommands\b/,
    'requests',
  ],
];

/** Splits camel case and punctuation into lower-case words: `CpuUsageRate(%)` → `cpu usage rate %`. */
export function wordsOfName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9%]+/g, ' ')
    .trim();
}
const known = new Map<string, MetricRole>();

export function roleOfMetric(name: string, unit: string): MetricRole {
  const key = `${name}\n${unit}`;
  let role = known.get(key);
  if (role === undefined) {
    const words = wordsOfName(name);
    role = RULES.find(([pattern]) => pattern.test(words))?.[1] ?? 'other';
    if (role === 'other' && (unit === 's' || unit === 'ms')) role = 'latency';
    if (known.size < 10_000) known.set(key, role);
  }
  return role;
}

/** Which way is bad: +1 up, -1 down, 0 either. */
export function badDirection(role: MetricRole): -1 | 0 | 1 {
  if (role === 'success-ratio' || role === 'readiness' || role === 'certificate') return -1;
  if (role === 'requests' || role === 'network-transmit' || role === 'network-receive' || role === 'other') return 0;
  return role === 'cache-hits' || role === 'limit' ? 0 : 1;
}

/** A role whose value rises in whoever does the work, not in whoever waits for it. */
export function isResource(role: MetricRole): boolean {
  return (
    role === 'cpu' ||
    role === 'cpu-throttling' ||
    role === 'memory' ||
    role === 'disk' ||
    role === 'disk-io' ||
    role === 'garbage-collection' ||
    role === 'restarts'
  );
}

/**
 * Which statistic of a distribution a series holds, so that like is compared with like: `p95`, `average`, '' when it is
 * a plain value.
 */
export function statisticOf(name: string, attributes: Attributes): string {
  for (const key of ['statistic', 'stat', 'quantile', 'agg', 'aggregation']) {
    const value = attributes[key];
    if (typeof value === 'string' || typeof value === 'number') return normalStatistic(String(value));
  }
  const words = wordsOfName(name);
  const quantile = /\bp ?(\d{2,3})\b/.exec(words) ?? /\b(50|75|90|95|99|999)$/.exec(words);
  if (quantile) return `p${quantile[1]}`;
  return /\b(avg|average|mean)\b/.test(words) ? 'average' : '';
}
function normalStatistic(text: string): string {
  const lower = text.toLowerCase();
  const share = Number(lower);
  if (share > 0 && share < 1) return `p${Math.round(share * 1000) / 10}`;
  return lower === 'mean' || lower === 'avg' ? 'average' : lower;
}

/** Factor that makes a share of it, for ratios and percentages; undefined for amounts. */
export function shareScaleOf(name: string, unit: string, largest: number): number | undefined {
  const words = wordsOfName(name);
  const isRatio = /\b(ratio|utili[sz]ation|utili[sz]ed|saturation|usage|used|rate|percent|pct|%)\b/.test(words);
  if (unit === '%' || /\b(percent|pct|%)\b/.test(words)) return 0.01;
  if (unit === '1' || (unit === '' && isRatio && largest <= 1.05)) return 1;
  return undefined;
}
