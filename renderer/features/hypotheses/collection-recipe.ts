/**
 * The exact command that fetches evidence a case lacks, for the kinds of export Faultline reads. It runs on a machine
 * that reaches the system; its output is dropped on the page. Names come out of telemetry and go into a shell: they are
 * quoted, never pasted bare.
 */
import type { Evidence } from '../../../shared/model/analysis-result.ts';
import type { UnixNano } from '../../../shared/model/time.ts';

export interface RecipeScope {
  /** The entity the evidence is about, as it may be shown. */
  readonly name: string;
  readonly from: UnixNano;
  readonly to: UnixNano;
}

export interface Recipe {
  /** What to do with it, one line. */
  readonly hint: string;
  readonly command: string;
}

export function recipeFor(signal: Evidence['signal'], { name, from, to }: RecipeScope): Recipe {
  const file = name.replace(/[^\w.-]+/g, '-').slice(0, 40) || 'entity';
  const seconds = (time: bigint): string => String(time / 1_000_000_000n);
  const micros = (time: bigint): string => String(time / 1_000n);
  switch (signal) {
    case 'metric':
      return {
        hint: 'Read-only on Prometheus; then drop the file here.',
        command: `curl -sG "$PROMETHEUS/api/v1/query_range" --data-urlencode ${quoted(`query={__name__=~".+",service_name=${labelValue(name)}}`)} -d start=${seconds(from)} -d end=${seconds(to)} -d step=15 -o ${quoted(`${file}-metrics.json`)}`,
      };
    case 'trace':
    case 'topology':
      return {
        hint: 'Read-only on Jaeger; then drop the file here.',
        command: `curl -sG "$JAEGER/api/traces" --data-urlencode ${quoted(`service=${name}`)} -d start=${micros(from)} -d end=${micros(to)} -d limit=1500 -o ${quoted(`${file}-traces.json`)}`,
      };
    case 'log':
      return {
        hint: 'Read-only on the cluster; then drop the file here.',
        command: `kubectl logs --all-containers --timestamps --prefix -l ${quoted(`app=${name}`)} --since-time=${rfc3339(from)} > ${quoted(`${file}.log`)}`,
      };
    case 'change':
      return {
        hint: 'Read-only on the cluster; then drop the file here.',
        command: 'kubectl get deployments,replicasets,events -A -o json > changes.json',
      };
    case 'alert':
      return {
        hint: 'Read-only on Alertmanager; then drop the file here.',
        command: 'curl -s "$ALERTMANAGER/api/v2/alerts" -o alerts.json',
      };
    case 'event':
      return {
        hint: 'Read-only on the cluster; events vanish after an hour.',
        command: 'kubectl get events -A -o json > events.json',
      };
  }
}

/** One word for a POSIX shell. Line breaks and other control characters become blanks. */
function quoted(text: string): string {
  return `'${text.replace(/\p{Cc}/gu, ' ').replaceAll("'", String.raw`'\''`)}'`;
}

/** A label value of PromQL. */
function labelValue(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function rfc3339(time: bigint): string {
  return new Date(Number(time / 1_000_000n)).toISOString().replace(/\.\d+Z$/, 'Z');
}
