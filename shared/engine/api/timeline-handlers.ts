import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { alertCounts, changeAndEventCounts } from '../storage/statements/browse-records.ts';
import { HEAT_BOUNDS_MS } from '../views/latency-codes.ts';
import type { Engine } from '../engine-interface.ts';
import type { BucketAxis, BucketedRequest } from '../views/view-answers.ts';
import type { EngineSession } from './engine-session.ts';
import { rowsOf, textOf, timeOf } from './record-pages.ts';

export function timelineHandlers(session: EngineSession): NamespaceHandlers<Contract, 'timeline'> {
  return {
    'timeline.lanes': async (request, { signal }) => {
      const { engine } = session;
      const { isImporting } = engine;
      const [spans, logs] = await Promise.all([
        engine.view('spanLanes', request, signal),
        engine.view('logHistogram', { ...request, filter: {} }, signal),
      ]);
      const { startTime, bucketNs, bucketCount, spanCounts, errorSpanCounts, heatCounts } = spans;
      const alerts = {
        critical: new Float64Array(bucketCount),
        warning: new Float64Array(bucketCount),
        info: new Float64Array(bucketCount),
      };
      for (const { bucket, severity, alerts: count } of await rowsOf(engine, alertCounts(spans, request.to), signal))
        alerts[alertLevel(textOf(severity))][Number(bucket)]! += Number(count);
      const logCounts = sumOf(Object.values(logs.levels));
      const isBare = !spanCounts.some((count) => count > 0) && !logCounts.some((count) => count > 0);
      const otherCounts = isBare ? await countOthers(engine, spans, request, signal) : new Float64Array(bucketCount);
      return {
        startTime: timeOf(startTime),
        bucketNs,
        bucketCount,
        isPartial: isImporting,
        alerts,
        spanCounts,
        errorSpanCounts,
        logCounts,
        errorLogCounts: sumOf([logs.levels.error, logs.levels.fatal]),
        otherCounts,
        latency: { upperBoundsMs: [...HEAT_BOUNDS_MS], counts: heatCounts },
      };
    },
  };
}

/** What there is to see where neither a span nor a log record is: metric points, changes, events. */
async function countOthers(
  engine: Engine,
  axis: BucketAxis,
  request: BucketedRequest,
  signal: AbortSignal,
): Promise<Float64Array> {
  const counts = (await engine.view('pointCounts', request, signal)).slice();
  for (const { bucket, rows } of await rowsOf(engine, changeAndEventCounts(axis, request.to), signal))
    counts[Number(bucket)]! += Number(rows);
  return counts;
}

/** An alert whose severity nobody stated counts as a warning. */
function alertLevel(severity: string): 'critical' | 'warning' | 'info' {
  return severity === 'critical' || severity === 'info' ? severity : 'warning';
}

function sumOf(columns: readonly Float64Array[]): Float64Array {
  const [first, ...others] = columns;
  return (first ?? new Float64Array(0)).map((value, i) => others.reduce((sum, column) => sum + column[i]!, value));
}
