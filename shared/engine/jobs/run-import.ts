/** Runs one import: parse threads on one side, the writer on the other, channels between them. */
import { MessageChannel } from 'node:worker_threads';
import type { ImportReport } from '../../model/import-report.ts';
import { EngineError } from '../engine-error.ts';
import type { ImportRequest } from '../engine-interface.ts';
import { isCancelled, raiseCancelFlag } from '../workers/cancel-flag.ts';
import type { ReaderChoices } from '../storage/reader-choices.ts';
import type { CancelFlag, ParsePass, ParserProcedures, WriterEvent, WriterProcedures } from '../workers/contract.ts';
import { WorkerThread } from '../workers/worker-thread.ts';

export interface ImportRun {
  readonly jobId: string;
  readonly request: Pick<ImportRequest, 'options' | 'limits'>;
  readonly passes: readonly ParsePass[];
  /** Readers that people chose before. */
  readonly remembered: ReaderChoices;
  readonly bytesTotal: number;
  readonly parseThreads: number;
  readonly givesWay: boolean;
  readonly writer: WorkerThread<WriterProcedures, WriterEvent>;
  readonly cancel: CancelFlag;
  /** Takes what is to happen when the job is cancelled, after the flag is up. */
  readonly onCancel: (react: () => void) => void;
}

/** A parser that does not see its flag in this time (a long synchronous stretch) loses its thread. */
const CANCEL_GRACE_MS = 250;

/** Resolves when everything is stored; rejects with the error that came first, not with what it caused elsewhere. */
export async function runImport(run: ImportRun): Promise<ImportReport> {
  const channels = Array.from({ length: run.parseThreads }, () => new MessageChannel());
  const parsers = channels.map(
    () => new WorkerThread<ParserProcedures, never>({ role: 'parser', givesWay: run.givesWay }),
  );
  const giveUp = (): void => {
    for (const parser of parsers) parser.abandon(new EngineError('cancelled', 'The import was cancelled.'));
  };
  let grace: NodeJS.Timeout | undefined;
  run.onCancel(() => (grace ??= setTimeout(giveUp, CANCEL_GRACE_MS)));
  const writerPorts = channels.map(({ port1 }) => port1);
  try {
    // Cancelled while the writer was being opened: nobody would be told any more.
    if (isCancelled(run.cancel)) throw new EngineError('cancelled', 'The import was cancelled.');
    const stored = run.writer.client.call(
      'import',
      { jobId: run.jobId, ports: writerPorts, bytesTotal: run.bytesTotal, cancel: run.cancel },
      writerPorts,
    );
    const parsed = parsers.map(async (parser, index) => {
      const { port2: port } = channels[index]!;
      const { request, passes, remembered, cancel } = run;
      const { options = {}, limits = {} } = request;
      const order = { passes, remembered, options, limits, port, index, count: parsers.length, cancel };
      await parser.client.call('parse', order, [port]);
      // Its heap goes before the writer builds indexes: the two peaks do not add up.
      await parser.terminate();
    });
    // A failing side stops the other: the writer closes the channels, a parser's end is seen by the writer.
    const [outcome, ...parseOutcomes] = await Promise.allSettled([stored, ...parsed]);
    if (outcome.status === 'fulfilled') return outcome.value;
    const reasons = [outcome, ...parseOutcomes].flatMap((settled) =>
      settled.status === 'rejected' ? [settled.reason] : [],
    );
    throw rootReason(reasons);
  } finally {
    clearTimeout(grace);
    raiseCancelFlag(run.cancel);
    // One that was given up may sit in native code for a while; nobody waits for it.
    await Promise.all(parsers.filter(({ hasEnded }) => !hasEnded).map((parser) => parser.terminate()));
  }
}

/** A stopped partner says `cancelled`, a vanished one `unavailable`; whatever says more is the reason. */
function rootReason(reasons: readonly unknown[]): unknown {
  const rank = (reason: unknown): number => {
    if (!(reason instanceof EngineError)) return 0;
    if (reason.code === 'cancelled') return 1;
    return reason.code === 'unavailable' && reason.cause === undefined ? 2 : 0;
  };
  const isCancelled = reasons.some((reason) => rank(reason) === 1) && reasons.every((reason) => rank(reason) > 0);
  const sorted = [...reasons].sort((a, b) => rank(a) - rank(b));
  return isCancelled ? reasons.find((reason) => rank(reason) === 1) : sorted[0];
}
