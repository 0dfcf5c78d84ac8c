/** Analysis thread: reads a case into columns and lets the pure analysis answer. Busy while it runs, hence a thread. */
import { analyze } from '../../analysis/analyze.ts';
import { openCaseForReading, storageError } from '../storage/case-database.ts';
import { allGroupings } from '../storage/decisions.ts';
import { loadTelemetry } from '../storage/load-telemetry.ts';
import { serveCalls, type MessageTarget } from './call-channel.ts';
import { cancelCheck } from './cancel-flag.ts';
import type { AnalysisEvent, AnalysisProcedures, WorkerRole } from './contract.ts';

/** Loading takes about this share of the whole. */
const LOADING_SHARE = 0.3;

export function runAnalysisWorker(
  target: MessageTarget,
  { caseFile }: Extract<WorkerRole, { role: 'analysis' }>,
): void {
  const emit = serveCalls<AnalysisProcedures, AnalysisEvent>(target, {
    analyze: ({ request, cancel }) => {
      const throwIfCancelled = cancelCheck(cancel);
      emit({ stage: 'loading', share: 0 });
      try {
        const database = openCaseForReading(caseFile);
        try {
          const telemetry = loadTelemetry(database, request, throwIfCancelled);
          const groupings = allGroupings(database).filter(({ isActive }) => isActive);
          return analyze(
            telemetry,
            { ...request, groupings },
            {
              progress: (stage, share) => emit({ stage, share: LOADING_SHARE + (1 - LOADING_SHARE) * share }),
              throwIfCancelled,
            },
          );
        } finally {
          database.close();
        }
      } catch (error) {
        throw storageError(error, caseFile);
      }
    },
  });
}
