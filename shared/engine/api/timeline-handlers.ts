import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { alertCounts } from '../storage/statements/browse-records.ts';
import { HEAT_BOUNDS_MS } from '../views/latency-codes.ts';
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
      return {
        startTime: timeOf(startTime),
        bucketNs,
        bucketCount,
        isPartial: isImporting,
        alerts,
        spanCounts,
        errorSpanCounts,
        logCounts: sumOf(Object.values(logs.levels)),
        errorLogCounts: sumOf([logs.levels.error, logs.levels.fatal]),
        latency: { upperBoundsMs: [...HEAT_BOUNDS_MS], counts: heatCounts },
      };
    },
  };
}

/** An alert whose severity nobody stated counts as a warning. */
function alertLevel(severity: string): 'critical' | 'warning' | 'info' {
  return severity === 'critical' || severity === 'info' ? severity : 'warning';
}

function sumOf(columns: readonly Float64Array[]): Float64Array {
  const [first, ...others] = columns;
  return (first ?? new Float64Array(0)).map((value, i) => others.reduce((sum, column) => sum + column[i]!, value));
}
