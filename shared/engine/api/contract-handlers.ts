/**
 * The whole contract, answered by one session: to guests of a masked room without names. A namespace left out does not
 * compile.
 */
import type { Contract } from '../../contract/contract.ts';
import type { Handlers } from '../../contract/derived-types.ts';
import { alertHandlers } from './alert-handlers.ts';
import { analysisHandlers } from './analysis-handlers.ts';
import { caseHandlers } from './case-handlers.ts';
import { changeHandlers } from './change-handlers.ts';
import { engineHandlers } from './engine-handlers.ts';
import type { EngineSession } from './engine-session.ts';
import { entityHandlers } from './entity-handlers.ts';
import { eventHandlers } from './event-handlers.ts';
import { findingHandlers } from './finding-handlers.ts';
import { graphHandlers } from './graph-handlers.ts';
import { importHandlers } from './import-handlers.ts';
import { incidentHandlers } from './incident-handlers.ts';
import { jobHandlers } from './job-handlers.ts';
import { logHandlers } from './log-handlers.ts';
import { maskedForGuests } from './mask-for-guests.ts';
import { metricHandlers } from './metric-handlers.ts';
import { pseudonymHandlers } from './pseudonym-handlers.ts';
import { quarantineHandlers } from './quarantine-handlers.ts';
import { evidenceHandlers } from './evidence-handlers.ts';
import { groupingHandlers } from './grouping-handlers.ts';
import { hypothesisHandlers } from './hypothesis-handlers.ts';
import { noteHandlers } from './note-handlers.ts';
import { reportHandlers } from './report-handlers.ts';
import { roomHandlers } from './room-handlers.ts';
import { schemaHandlers } from './schema-handlers.ts';
import { serviceHandlers } from './service-handlers.ts';
import { settingHandlers } from './setting-handlers.ts';
import { timelineHandlers } from './timeline-handlers.ts';
import { traceHandlers } from './trace-handlers.ts';
import { rowHandlers } from './row-handlers.ts';
import { spanHandlers } from './span-handlers.ts';
import { sqlHandlers } from './sql-handlers.ts';

export function contractHandlers(session: EngineSession): Handlers<Contract> {
  return maskedForGuests(session, {
    ...alertHandlers(session),
    ...analysisHandlers(session),
    ...caseHandlers(session),
    ...changeHandlers(session),
    ...engineHandlers(session),
    ...entityHandlers(session),
    ...eventHandlers(session),
    ...findingHandlers(session),
    ...graphHandlers(session),
    ...importHandlers(session),
    ...incidentHandlers(session),
    ...jobHandlers(session),
    ...logHandlers(session),
    ...metricHandlers(session),
    ...pseudonymHandlers(session),
    ...quarantineHandlers(session),
    ...evidenceHandlers(session),
    ...groupingHandlers(session),
    ...hypothesisHandlers(session),
    ...noteHandlers(session),
    ...reportHandlers(session),
    ...roomHandlers(session),
    ...schemaHandlers(session),
    ...serviceHandlers(session),
    ...settingHandlers(session),
    ...timelineHandlers(session),
    ...traceHandlers(session),
    ...rowHandlers(session),
    ...spanHandlers(session),
    ...sqlHandlers(session),
  });
}
