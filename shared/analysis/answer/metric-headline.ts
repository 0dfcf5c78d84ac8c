/**
 * A metric's shift in the words of a title: what it speaks about, its name, and figures with their unit. A bare number says
 * nothing to who does not know the metric, so where neither metadata nor name tell the unit, it is said how many times
 * the usual it became.
 */
import { METRIC_ROLES, roleOfMetric, shareScaleOf, type MetricRole } from '../detectors/metric-role.ts';
import { knownQuantity } from '../detectors/quantity.ts';
import { percent } from '../sentences.ts';

const WORDS: Readonly<Record<MetricRole, string>> = {
  latency: 'latency',
  errors: 'errors',
  'error-ratio': 'error rate',
  'success-ratio': 'success rate',
  requests: 'requests',
  cpu: 'CPU',
  'cpu-throttling': 'CPU throttling',
  memory: 'memory',
  disk: 'disk',
  'disk-io': 'disk I/O',
  'network-receive': 'traffic in',
  'network-transmit': 'traffic out',
  'network-errors': 'network errors',
  connections: 'connections',
  'queue-depth': 'backlog',
  restarts: 'restarts',
  'garbage-collection': 'garbage collection',
  threads: 'threads',
  'cache-hits': 'cache hits',
  certificate: 'certificate',
  limit: 'limit',
  readiness: 'readiness',
  other: '',
};
/** What is counted one by one: its number needs no unit but the word before it. */
const COUNTED: ReadonlySet<MetricRole> = new Set(
  METRIC_ROLES.filter((role) => ['connections', 'queue-depth', 'restarts', 'threads', 'errors'].includes(role)),
);
/** Beyond this a share is none, whatever the name says. */
const LARGEST_SHARE = 2;
const LARGEST_UNSURE = 1.05;
/** More times the usual than this says no more. */
const MOST_TIMES = 100;

export interface MetricShift {
  readonly name: string;
  /** UCUM; '' = not given. */
  readonly unit: string;
  readonly baseline: number;
  readonly observed: number;
  /** It fell silent. */
  readonly isMissing?: boolean | undefined;
}

export function metricHeadline(shift: MetricShift): string {
  const { name, unit, baseline, observed } = shift;
  const role = roleOfMetric(name, unit);
  const words = WORDS[role] === '' ? name : `${WORDS[role]} (${name})`;
  if (shift.isMissing) return `${words} no longer reported`;
  const [before, after] = [figure(shift, role, baseline), figure(shift, role, observed)];
  if (before === null || after === null || before === after) return `${words} ${comparison(baseline, observed)}`;
  return `${words} ${before} → ${after}`;
}

/** With its unit; null where none is known. */
function figure(shift: MetricShift, role: MetricRole, value: number): string | null {
  if (!Number.isFinite(value)) return null;
  const { name, unit, baseline, observed } = shift;
  const largest = Math.max(Math.abs(baseline), Math.abs(observed));
  const scale = role === 'requests' ? undefined : shareScaleOf(name, unit, largest);
  // Something `_pct` that never exceeds 1 may be either: 0.9 % or 90 %.
  const isEither = scale !== undefined && scale < 1 && unit !== '%' && largest <= LARGEST_UNSURE;
  if (scale !== undefined && !isEither && largest * scale <= LARGEST_SHARE) return percent(value * scale);
  const known = knownQuantity(value, unit, name);
  if (known !== null) return known;
  return COUNTED.has(role) && unit === '' && largest >= 1 ? plain(value) : null;
}

/** How it compares with the usual, in words. */
function comparison(baseline: number, observed: number): string {
  if (!Number.isFinite(baseline) || !Number.isFinite(observed)) return 'outside the usual';
  const [low, high] = [Math.min(baseline, observed), Math.max(baseline, observed)];
  const isUp = observed > baseline;
  const times = high / low;
  if (!Number.isFinite(times) || low <= 0 || times < 1.2) return isUp ? 'above the usual' : 'below the usual';
  if (times > MOST_TIMES) return isUp ? `over ${MOST_TIMES} times the usual` : 'nearly gone';
  return isUp ? `${plain(times)} times the usual` : `down to ${percent(1 / times)} of the usual`;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(2)));
}
