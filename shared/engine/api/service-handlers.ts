import type { Contract } from '../../contract/contract.ts';
import type { NamespaceHandlers } from '../../contract/derived-types.ts';
import { entityKey, type EntityRef } from '../../model/entity.ts';
import { formatUnixNano, unixNano } from '../../model/time.ts';
import { HEAT_BOUNDS_MS } from '../views/latency-codes.ts';
import type { ServiceRed } from '../views/view-answers.ts';
import type { EngineSession } from './engine-session.ts';
import { timeOf } from './record-pages.ts';

/** How far back a baseline reaches at most. */
const LONGEST_BASELINE_NS = 3_600_000_000_000n;

interface Baseline {
  readonly from: bigint;
  readonly to: bigint;
  /** Why this stretch. */
  readonly reason: string;
}

export function serviceHandlers(session: EngineSession): NamespaceHandlers<Contract, 'service'> {
  return {
    'service.red': async (request, { signal }) => {
      const { engine } = session;
      const { isImporting } = engine;
      const baseline = await chooseBaseline(session, request.entity, request.from);
      const red = await engine.view('serviceRed', { ...request, baseline }, signal);
      const { counts, baselineCounts, callers, callees, instances, operations, startTime, ...series } = red;
      const { window, requests, errors, latency } = red.baseline;
      return {
        ...series,
        startTime: timeOf(startTime),
        isPartial: isImporting,
        baseline: {
          text: baselineText(baseline, red),
          window: window && { start: unixNano(window.from), end: unixNano(window.to) },
          requests,
          errors,
          latency,
        },
        distribution: {
          upperBoundsMs: [...HEAT_BOUNDS_MS],
          counts: [...counts],
          baselineCounts: [...baselineCounts],
        },
        callers: [...callers],
        callees: [...callees],
        instances: [...instances],
        operations: [...operations],
      };
    },
  };
}

/** The time before the first incident the entity is part of, else before the window. */
async function chooseBaseline(
  session: EngineSession,
  entity: EntityRef,
  from: bigint | undefined,
): Promise<Baseline | undefined> {
  const analysis = await session.newestAnalysis();
  const key = entityKey(entity);
  const starts = (analysis?.result.incidents ?? [])
    .filter(({ entities }) => entities.some((other) => entityKey(other) === key))
    .map(({ start }) => start)
    .sort((a, b) => (a < b ? -1 : 1));
  const [first] = starts;
  if (first !== undefined)
    return { from: first - LONGEST_BASELINE_NS, to: first, reason: 'the time before its first incident' };
  if (from === undefined) return undefined;
  return { from: from - LONGEST_BASELINE_NS, to: from, reason: 'the time before this window' };
}

function baselineText(baseline: Baseline | undefined, { baseline: known }: ServiceRed): string {
  if (!baseline) return 'No baseline: the whole case is shown, and the entity is in no incident.';
  if (!known.window) return 'No baseline: the case holds nothing before this time.';
  if (known.requestCount === 0) return `No baseline: no requests in ${baseline.reason}.`;
  const from = formatUnixNano(unixNano(known.window.from));
  return `Baseline: ${baseline.reason}, ${from} to ${formatUnixNano(unixNano(known.window.to))}.`;
}
