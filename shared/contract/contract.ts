/**
 * Everything that crosses a process boundary between an engine and its clients, by `noun.verb`. Client type, handler
 * type, reference page and conformance tests follow from this object.
 */
import { z } from 'zod';
import { analysisMetrics, blindSpot, findingSummary, graph, incident, storedAnalysis } from './analysis-schemas.ts';
import { importFileReport, importReport, importRequest } from './import-schemas.ts';
import { job, jobProgress, jobRef, startedJob } from './job-schemas.ts';
import { entityRef, jobId, nothing, revision, timeRange, unixNano } from './model-schemas.ts';
import { command, feed, query, stream } from './procedure.ts';
import {
  alertPage,
  caseSummary,
  changePage,
  entityFilter,
  entityList,
  eventPage,
  logColumns,
  logSearchRequest,
  pageRequest,
  pointColumns,
  pointRequest,
  quarantinePage,
  quarantineRequest,
  rowList,
  rowRequest,
  scanRequest,
  seriesPage,
  seriesRequest,
  spanColumns,
} from './record-schemas.ts';
import { sqlColumns } from './sql-columns.ts';

/** The analysis meant: that of a job (waiting for it), or the newest one. */
const analysisRef = z.strictObject({ jobId: jobId.optional() });
const onlyRevision = z.strictObject({ revision });

export const contract = {
  'case.open': command({
    scope: 'operator',
    summary: 'Opens a case file, creating it when absent, and makes it the case of this engine.',
    input: z.strictObject({
      caseFile: z.string().min(1).max(32_768),
      isReadOnly: z.boolean().default(false),
      parseThreads: z.number().int().min(1).max(64).optional(),
    }),
    output: caseSummary,
  }),
  'case.close': command({
    scope: 'operator',
    summary: 'Cancels what runs and closes the case.',
    input: nothing,
    output: onlyRevision,
  }),
  'case.summary': query({
    scope: 'viewer',
    summary: 'What the open case holds.',
    input: nothing,
    output: caseSummary,
  }),
  'import.start': command({
    scope: 'operator',
    summary: 'Starts importing files, folders and archives into the open case.',
    input: importRequest,
    output: startedJob,
  }),
  'import.report': query({
    scope: 'viewer',
    summary: 'Waits for an import started in this session and answers its report, or fails as it failed.',
    input: jobRef,
    output: importReport,
  }),
  'import.files': query({
    scope: 'viewer',
    summary: 'Every file of the case in the order read, with how it was recognised and what was kept.',
    input: nothing,
    output: z.strictObject({ files: z.array(importFileReport) }),
  }),
  'job.list': query({
    scope: 'viewer',
    summary: 'Imports and analyses of the case, newest first.',
    input: nothing,
    output: z.strictObject({ jobs: z.array(job) }),
  }),
  'job.get': query({ scope: 'viewer', summary: 'One job.', input: jobRef, output: job }),
  'job.cancel': command({
    scope: 'operator',
    summary: 'Asks a job to stop; what it has stored stays. False when it had already ended.',
    input: jobRef,
    output: z.strictObject({ isCancelled: z.boolean(), revision }),
  }),
  'job.progress': feed({
    scope: 'viewer',
    summary: 'Progress of one job; ends with it.',
    input: jobRef,
    event: jobProgress,
  }),
  'analysis.start': command({
    scope: 'operator',
    summary: 'Starts an analysis of the open case.',
    input: z.strictObject({
      /** When people noticed. Alerts stand in for it when absent. */
      at: unixNano.optional(),
      from: unixNano.optional(),
      to: unixNano.optional(),
      symptom: entityRef.optional(),
      candidates: z.array(entityRef).max(100_000).optional(),
    }),
    output: startedJob,
  }),
  'analysis.get': query({
    scope: 'viewer',
    summary: 'The result of an analysis job of this session, once it has ended, or the newest stored one.',
    input: analysisRef,
    output: storedAnalysis,
  }),
  'incident.list': query({
    scope: 'viewer',
    summary: 'Incidents of the newest analysis with what else it says about the whole.',
    input: nothing,
    output: z.strictObject({
      fingerprint: z.string(),
      window: timeRange.nullable(),
      incidents: z.array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          severity: z.enum(['critical', 'warning', 'info']),
          start: unixNano,
          end: unixNano,
          alertCount: z.number(),
          findingCount: z.number(),
          hypothesisCount: z.number(),
        }),
      ),
      abstained: z.boolean(),
      abstainReason: z.string().nullable(),
      blindSpots: z.array(blindSpot),
      metrics: analysisMetrics,
    }),
  }),
  'incident.get': query({
    scope: 'viewer',
    summary: 'One incident of the newest analysis, with its ranked hypotheses and their evidence.',
    input: z.strictObject({ incidentId: z.string().min(1).max(200) }),
    output: incident,
  }),
  'finding.list': query({
    scope: 'viewer',
    summary: 'Findings of the newest analysis, of one incident or of all.',
    input: z.strictObject({ incidentId: z.string().min(1).max(200).optional() }),
    output: z.strictObject({ findings: z.array(findingSummary) }),
  }),
  'entity.list': query({
    scope: 'viewer',
    summary: 'Entities of the case with their other names.',
    input: entityFilter,
    output: entityList,
  }),
  'graph.get': query({
    scope: 'viewer',
    summary: 'The dependency graph of the newest analysis.',
    input: nothing,
    output: graph,
  }),
  'alert.list': query({ scope: 'viewer', summary: 'Alerts of the case.', input: pageRequest, output: alertPage }),
  'change.list': query({ scope: 'viewer', summary: 'Changes of the case.', input: pageRequest, output: changePage }),
  'event.list': query({
    scope: 'viewer',
    summary: 'Events that platforms reported.',
    input: pageRequest,
    output: eventPage,
  }),
  'span.scan': stream({ scope: 'viewer', summary: 'Spans as columns.', input: scanRequest, chunk: spanColumns }),
  'log.scan': stream({ scope: 'viewer', summary: 'Log records as columns.', input: scanRequest, chunk: logColumns }),
  'log.search': stream({
    scope: 'viewer',
    summary: 'Log records whose text matches, as columns.',
    input: logSearchRequest,
    chunk: logColumns,
  }),
  'metric.list': query({
    scope: 'viewer',
    summary: 'Metric series of the case.',
    input: seriesRequest,
    output: seriesPage,
  }),
  'metric.points': stream({
    scope: 'viewer',
    summary: 'Points of one series as columns.',
    input: pointRequest,
    chunk: pointColumns,
  }),
  'row.get': query({
    scope: 'viewer',
    summary: 'Raw rows behind references such as span:12, for evidence.',
    input: rowRequest,
    output: rowList,
  }),
  'quarantine.list': query({
    scope: 'viewer',
    summary: 'Records that could not be read, with position and reason.',
    input: quarantineRequest,
    output: quarantinePage,
  }),
  'sql.run': stream({
    scope: 'viewer',
    summary: 'The rows of one read-only SQL statement. The first chunk always comes, also without rows.',
    input: z.strictObject({
      sql: z.string().min(1).max(1_000_000),
      maxRows: z.number().int().min(1).max(100_000_000).default(100_000),
      timeoutMs: z.number().int().min(1).max(3_600_000).default(30_000),
    }),
    chunk: sqlColumns,
  }),
  'engine.status': query({
    scope: 'viewer',
    summary: 'Whether a case is open, and how deep the engine’s bounded queues are.',
    input: nothing,
    output: z.strictObject({
      caseFile: z.string().nullable(),
      queues: z.array(z.strictObject({ name: z.string(), bound: z.number(), depth: z.number(), maxDepth: z.number() })),
    }),
  }),
  'engine.shutdown': command({
    scope: 'operator',
    summary: 'Closes the case and ends all threads.',
    input: nothing,
    output: onlyRevision,
  }),
} as const;
export type Contract = typeof contract;
