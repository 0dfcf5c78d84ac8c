/** The view threads of a case, one per signal, started when first asked. */
import { EngineError } from '../engine-error.ts';
import { createCancelFlag, raiseCancelFlag } from './cancel-flag.ts';
import type { ViewName, ViewProcedures, ViewRequest, ViewAnswer } from './contract.ts';
import { ThreadSlot, WorkerThread } from './worker-thread.ts';

type Signal = 'spans' | 'logs' | 'points';
const SIGNAL_OF: Readonly<Record<ViewName, Signal>> = {
  spanLanes: 'spans',
  serviceRed: 'spans',
  windowTraffic: 'spans',
  traceList: 'spans',
  traceEdition: 'spans',
  traceSpanIds: 'spans',
  spanDetail: 'spans',
  logHistogram: 'logs',
  logTemplates: 'logs',
  logRows: 'logs',
  logLocate: 'logs',
  logFacets: 'logs',
  logDetail: 'logs',
  metricSearch: 'points',
  metricBuckets: 'points',
  pointCounts: 'points',
};
const CLOSE_GRACE_MS = 250;

export class ViewPool {
  readonly #threads: Readonly<Record<Signal, ThreadSlot<ViewProcedures, never>>>;

  constructor(caseFile: string) {
    const slot = (): ThreadSlot<ViewProcedures, never> =>
      new ThreadSlot(() => new WorkerThread<ViewProcedures, never>({ role: 'view', caseFile }));
    this.#threads = { spans: slot(), logs: slot(), points: slot() };
  }

  /** Rejects with `cancelled` as soon as the signal is raised; the thread then skips or leaves the work. */
  async call<Name extends ViewName>(
    name: Name,
    request: ViewRequest<Name>,
    signal?: AbortSignal,
  ): Promise<ViewAnswer<Name>> {
    const thread = this.#threads[SIGNAL_OF[name]].get();
    const cancel = createCancelFlag();
    const argument = { request, cancel } as Parameters<ViewProcedures[Name]>[0];
    const answer = thread.client.call(name, argument) as Promise<unknown> as Promise<ViewAnswer<Name>>;
    if (!signal) return answer;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        raiseCancelFlag(cancel);
        reject(new EngineError('cancelled', 'The question was withdrawn.'));
      };
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
    });
  }

  async close(): Promise<void> {
    for (const slot of Object.values(this.#threads)) {
      slot.retire();
      const thread = slot.current;
      if (!thread) continue;
      const giveUp = (): void => thread.abandon(new EngineError('cancelled', 'The case was closed.'));
      const timer = setTimeout(giveUp, CLOSE_GRACE_MS);
      await thread.client.call('close', null).catch(() => undefined);
      clearTimeout(timer);
      if (!thread.hasEnded) await thread.terminate();
    }
  }
}
