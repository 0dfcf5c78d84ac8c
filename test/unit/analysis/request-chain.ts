/** A hand-made case: a calls b calls c, sixty requests before and sixty during, with one thing wrong. */
import type { AnalysisContext } from '../../../shared/analysis/context.ts';
import { SPAN_KIND } from '../../../shared/model/span.ts';
import { TelemetryBuilder } from '../../accuracy/telemetry-builder.ts';

export const CONTEXT: AnalysisContext = { progress: () => undefined, throwIfCancelled: () => undefined };
const SECOND = 1_000_000_000;
export const WINDOWS = {
  baseline: { startNs: 0, endNs: 600 * SECOND },
  incident: { startNs: 600 * SECOND, endNs: 1201 * SECOND },
};
const MS = 1e6;

export interface Wrong {
  /** Service that takes 200 ms more by itself. */
  readonly slow?: string;
  /** Service whose spans fail, and all callers with it. */
  readonly failing?: string;
  /** Callee whose calls lose 500 ms on the way. */
  readonly delayed?: string;
  /** Every how many calls are delayed; all without. */
  readonly delayedEvery?: number;
}

export function requestChain(wrong: Wrong, prepare?: (builder: TelemetryBuilder) => void) {
  const builder = new TelemetryBuilder();
  const chain = ['a', 'b', 'c'];
  const indexes = new Map(chain.map((name) => [name, builder.entity('service', name, true)]));
  for (let request = 0; request < 120; request++) {
    const isDuring = request >= 60;
    const isDelayed = isDuring && request % (wrong.delayedEvery ?? 1) === 0;
    const own = (name: string): number => (isDuring && wrong.slow === name ? 210 : 10) * MS;
    const lost = (name: string): number => (isDelayed && wrong.delayed === name ? 500 : 1) * MS;
    const failsAt = isDuring && wrong.failing !== undefined && request % 2 === 0 ? chain.indexOf(wrong.failing) : -1;
    const startNs = BigInt(request) * 10n * BigInt(SECOND);
    const durations = chain.map((_, at) =>
      chain.slice(at).reduce((sum, name, k) => sum + own(name) + (k > 0 ? lost(name) : 0), 0),
    );
    chain.forEach((name, at) => {
      const base = {
        traceId: `t${request}`,
        timeNs: startNs + BigInt(at) * 1000n,
        entity: indexes.get(name)!,
        instance: -1,
        status: at <= failsAt ? 2 : 0,
      };
      const server = `${request}-${at}-server`;
      const parentId = at === 0 ? '' : `${request}-${at - 1}-client`;
      builder.addSpan({
        ...base,
        spanId: server,
        parentId,
        durationNs: durations[at]!,
        operation: `GET /${name}`,
        kind: SPAN_KIND.server,
      });
      const next = chain[at + 1];
      if (next === undefined) return;
      builder.addSpan({
        ...base,
        spanId: `${request}-${at}-client`,
        parentId: server,
        timeNs: base.timeNs + 500n,
        durationNs: durations[at + 1]! + lost(next),
        operation: `call ${next}`,
        kind: SPAN_KIND.client,
        status: at < failsAt ? 2 : 0,
      });
    });
  }
  prepare?.(builder);
  return { telemetry: builder.build(), indexOf: (name: string) => indexes.get(name)! };
}
