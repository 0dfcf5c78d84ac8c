/** A fault in about five words, to stand after the name of what it happened to. */
import type { ChangeSummary, FaultKind, Hypothesis } from '../../../shared/model/analysis-result.ts';

const WORDS: Readonly<Record<FaultKind, string>> = {
  bad_deployment: 'fails since a deployment',
  slow_dependency: 'waits for a slow dependency',
  slow_query: 'slow queries',
  memory_leak: 'leaks memory',
  memory_saturation: 'memory near its limit',
  cpu_saturation: 'CPU near its limit',
  disk_full: 'disk full',
  network_delay: 'slow network',
  network_loss: 'network loses packets',
  third_party_outage: 'third party fails',
  pool_exhaustion: 'exhausts a pool',
  traffic_surge: 'more traffic than usual',
  certificate_expiry: 'certificate expired',
  noisy_neighbour: 'starved by a noisy neighbour',
  cache_stampede: 'cache misses all at once',
  queue_backlog: 'queue backs up',
  crash: 'crashes and restarts',
  code_error: 'errors of its own',
  configuration_error: 'wrong configuration',
  unknown: 'unusual, kind not known',
};
const SHORT_REVISION = 20;

export function faultWords({ faultKind, change }: Pick<Hypothesis, 'faultKind' | 'change'>): string {
  const version = change && versionOf(change);
  if (faultKind === 'bad_deployment' && version) return `fails since ${version}`;
  if (!change) return WORDS[faultKind];
  const after = { configuration: 'a setting', feature_flag: 'a flag', deployment: 'a deployment' } as const;
  const what = change.changeKind in after ? after[change.changeKind as keyof typeof after] : 'a change';
  return faultKind === 'bad_deployment' ? WORDS[faultKind] : `${WORDS[faultKind]}, after ${what}`;
}

/** The version people say aloud where the title has one, else the revision. */
function versionOf({ title, revision }: ChangeSummary): string | undefined {
  const spoken = /(?<![\w.])v?\d{1,5}\.\d{1,5}(?:\.\d{1,7})?(?:-[\w.]{1,12})?(?![\w.])/.exec(title)?.[0];
  return spoken ?? (revision ? shortRevision(revision) : undefined);
}

/** Commit ids are known by their first characters. */
export function shortRevision(revision: string): string {
  if (/^[0-9a-f]{12,64}$/i.test(revision)) return revision.slice(0, 7);
  return revision.length > SHORT_REVISION ? `${revision.slice(0, SHORT_REVISION - 1)}…` : revision;
}
