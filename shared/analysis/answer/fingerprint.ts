/**
 * Same fingerprint, same answer: a hash over what was analysed, what was asked and which versions answered. Row ids are
 * left out, so the same telemetry imported into another case has the same fingerprint.
 */
import { Hasher64 } from '../../base/hash64.ts';
import type { MetricSeries, Telemetry } from '../../model/telemetry.ts';
import type { AnalysisContext, AnalysisRequest } from '../context.ts';

/** Anything whose change may change the answer. */
export interface VersionedPart {
  readonly id: string;
  readonly version: number;
  readonly parameters: object;
}

/** Cost: one pass over all columns, about 1 ns per byte. */
export function fingerprint(
  telemetry: Telemetry,
  request: AnalysisRequest,
  parts: readonly VersionedPart[],
  context: AnalysisContext,
): string {
  const hash = new Hasher64();
  for (const part of parts) hash.addString(`${part.id} ${part.version} ${JSON.stringify(part.parameters)}`);
  hash.addString(requestText(request));
  hash.addString(`${telemetry.origin} ${telemetry.startNs} ${telemetry.endNs}`);
  for (const entity of telemetry.entities) hash.addString(`${entity.type}:${entity.name}:${entity.isInstrumented}`);
  const { spans, logs } = telemetry;
  for (const column of [
    spans.startNs,
    spans.durationNs,
    spans.entity,
    spans.instance,
    spans.operation,
    spans.kind,
    spans.status,
    spans.parent,
    spans.peer,
    logs.timeNs,
    logs.entity,
    logs.instance,
    logs.severity,
    logs.template,
    logs.span,
  ]) {
    context.throwIfCancelled();
    hash.addNumbers(column);
  }
  for (const operation of spans.operations) hash.addString(operation);
  for (const template of logs.templates) hash.addString(template.id);
  telemetry.metrics.forEach((series, index) => {
    if (index % 64 === 0) context.throwIfCancelled();
    addSeries(hash, series);
  });
  const sayRecord = (record: { readonly rowId: number }): string =>
    JSON.stringify({ ...record, rowId: 0 }, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  for (const list of [telemetry.alerts, telemetry.changes, telemetry.events, telemetry.edges]) {
    list.forEach((record, index) => {
      if (index % 1_024 === 0) context.throwIfCancelled();
      hash.addString(sayRecord(record));
    });
  }
  return hash.hex();
}

function addSeries(hash: Hasher64, series: MetricSeries): void {
  const { name, unit, type, temporality, entity, instance, attributes } = series;
  hash.addString(JSON.stringify([name, unit, type, temporality, entity, instance, attributes]));
  hash.addNumbers(series.timesNs).addNumbers(series.values);
  if (series.counts) hash.addNumbers(series.counts);
  if (series.bucketCounts) hash.addNumbers(series.bucketCounts);
}

function requestText(request: AnalysisRequest): string {
  const history = [...(request.history?.casesWithSign ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    String(request.at),
    String(request.from),
    String(request.to),
    request.symptom,
    request.candidates,
    request.history?.cases,
    history,
    // Nothing where nobody decided anything: such an answer keeps its fingerprint.
    ...(request.groupings?.length ? [groupingsText(request.groupings)] : []),
  ]);
}

/** Who decided it, and when, changes no answer. */
function groupingsText(groupings: NonNullable<AnalysisRequest['groupings']>): unknown {
  return [...groupings].sort((a, b) => a.id - b.id).map(({ id, kind, members, others }) => [id, kind, members, others]);
}
