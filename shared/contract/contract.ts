/**
 * Everything that crosses a process boundary between an engine and its clients, by `noun.verb`. Client type, handler
 * type, reference page and conformance tests follow from this object.
 */
import { z } from 'zod';
import { groupingProcedures } from './grouping-contract.ts';
import {
  analysisMetrics,
  blindSpot,
  findingSummary,
  graph,
  groupDecision,
  storedAnalysis,
} from './analysis-schemas.ts';
import { fileReaders, importFileReport, importReport, importRequest, readersRequest } from './import-schemas.ts';
import { job, jobProgress, jobRef, startedJob } from './job-schemas.ts';
import {
  logFacets,
  logFacetsRequest,
  logHistogram,
  logHistogramRequest,
  logLocateRequest,
  logLocation,
  logRecordDetail,
  logRowColumns,
  logRows,
  logRowsRequest,
  logTemplates,
  logTemplatesRequest,
  rowIdRequest,
} from './log-view-schemas.ts';
import { metricBuckets, metricBucketsRequest, metricSearch, metricSearchRequest } from './metric-view-schemas.ts';
import { entityRef, jobId, nothing, revision, timeRange, unixNano } from './model-schemas.ts';
import {
  changedNote,
  judgedIncident,
  judgementList,
  judgeRequest,
  newNote,
  newSetting,
  noteList,
  noteRef,
  settingRef,
  settingValue,
  storedNote,
  strikeRequest,
} from './note-schemas.ts';
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
import { caseChange, demoBundles, recentCases, roomEvent, roomMask, roomMembers, roomState } from './room-schemas.ts';
import { databaseSchema, reportRequest, reportText } from './schema-schemas.ts';
import { graphWindow, serviceRed, serviceRedRequest } from './service-view-schemas.ts';
import { sqlColumns } from './sql-columns.ts';
import { timelineLanes } from './timeline-view-schemas.ts';
import { spanDetail, traceEdition, traceList, traceListRequest, traceRef } from './trace-view-schemas.ts';
import { bucketedRequest, windowRequest } from './view-schemas.ts';

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
  'case.changed': feed({
    scope: 'viewer',
    summary:
      'Tells that answers may have changed: after committed rows, jobs, analyses and notes; at most 4 per second.',
    input: nothing,
    event: caseChange,
  }),
  'case.recent': query({
    scope: 'operator',
    summary: 'Cases opened lately on this machine, newest first.',
    input: nothing,
    output: recentCases,
  }),
  'case.demos': query({
    scope: 'operator',
    summary: 'Bundles of incidents that come with Faultline, to try it on.',
    input: nothing,
    output: demoBundles,
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
  'import.readers': query({
    scope: 'operator',
    summary: 'With what a file of the case can be read, and how sure each reader is about its bytes.',
    input: readersRequest,
    output: fileReaders,
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
  'job.yield': query({
    scope: 'operator',
    summary: 'Asks the job that runs, if any, to leave the machine to a person for half a second.',
    input: nothing,
    output: z.strictObject({ isRunning: z.boolean() }),
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
          /** What people decided about what is in it. */
          decisions: z.array(groupDecision),
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
    summary:
      'One incident of the newest analysis with its hypotheses and their evidence, ranked without what people rejected or struck out.',
    input: z.strictObject({ incidentId: z.string().min(1).max(200) }),
    output: judgedIncident,
  }),
  'hypothesis.judge': command({
    scope: 'operator',
    summary: 'A person confirms or rejects a hypothesis, or takes that back; kept through later analyses.',
    input: judgeRequest,
    output: onlyRevision,
  }),
  'hypothesis.judgements': query({
    scope: 'viewer',
    summary: 'What people said about hypotheses, newest first.',
    input: nothing,
    output: judgementList,
  }),
  ...groupingProcedures,
  'evidence.strike': command({
    scope: 'operator',
    summary: 'A person strikes evidence about an entity out, or takes that back; the shares of its causes follow.',
    input: strikeRequest,
    output: onlyRevision,
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
  'graph.window': query({
    scope: 'viewer',
    summary: 'Traffic, errors, latency and health of entities and calls in a stretch of time.',
    input: windowRequest,
    output: graphWindow,
  }),
  'timeline.lanes': query({
    scope: 'viewer',
    summary: 'Alerts, spans, errors, logs and latency per bucket of time.',
    input: bucketedRequest,
    output: timelineLanes,
  }),
  'service.red': query({
    scope: 'viewer',
    summary: 'Rate, errors and duration of one entity with baseline, callers, callees, instances and operations.',
    input: serviceRedRequest,
    output: serviceRed,
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
  'span.get': query({
    scope: 'viewer',
    summary: 'One span in full: attributes, events, links, resource, source.',
    input: rowIdRequest,
    output: spanDetail,
  }),
  'trace.list': query({
    scope: 'viewer',
    summary: 'A page of the traces that pass a filter.',
    input: traceListRequest,
    output: traceList,
  }),
  'trace.edition': query({
    scope: 'viewer',
    summary: 'Whether the spans of a trace are still the ones that were read.',
    input: traceRef,
    output: traceEdition,
  }),
  'trace.spans': stream({
    scope: 'viewer',
    summary: 'All spans of one trace as columns, by start time.',
    input: traceRef,
    chunk: spanColumns,
  }),
  'trace.logs': stream({
    scope: 'viewer',
    summary: 'All log records of one trace as columns, by time.',
    input: traceRef,
    chunk: logRowColumns,
  }),
  'log.scan': stream({ scope: 'viewer', summary: 'Log records as columns.', input: scanRequest, chunk: logColumns }),
  'log.search': stream({
    scope: 'viewer',
    summary: 'Log records whose text matches, as columns.',
    input: logSearchRequest,
    chunk: logColumns,
  }),
  'log.histogram': query({
    scope: 'viewer',
    summary: 'Log records that pass a filter, per level and bucket of time.',
    input: logHistogramRequest,
    output: logHistogram,
  }),
  'log.templates': query({
    scope: 'viewer',
    summary: 'Templates of the log records that pass a filter, most frequent first, with their trend.',
    input: logTemplatesRequest,
    output: logTemplates,
  }),
  'log.rows': query({
    scope: 'viewer',
    summary: 'Log records that pass a filter, by their place in time order.',
    input: logRowsRequest,
    output: logRows,
  }),
  'log.locate': query({
    scope: 'viewer',
    summary: 'The place of a record or a moment among the log records that pass a filter.',
    input: logLocateRequest,
    output: logLocation,
  }),
  'log.record': query({
    scope: 'viewer',
    summary: 'One log record in full: attributes, resource, source.',
    input: rowIdRequest,
    output: logRecordDetail,
  }),
  'log.facets': query({
    scope: 'viewer',
    summary: 'Attributes of the log records that pass a filter, with their frequent values.',
    input: logFacetsRequest,
    output: logFacets,
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
  'metric.search': query({
    scope: 'viewer',
    summary: 'Metrics by part of their name.',
    input: metricSearchRequest,
    output: metricSearch,
  }),
  'metric.buckets': query({
    scope: 'viewer',
    summary: 'Series folded into buckets of time: least, greatest, mean, number, and rate of counters.',
    input: metricBucketsRequest,
    output: metricBuckets,
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
  'schema.get': query({
    scope: 'viewer',
    summary: 'Views and tables of a case with a line about each column, for people who write SQL.',
    input: nothing,
    output: databaseSchema,
  }),
  'note.list': query({
    scope: 'viewer',
    summary: 'Notes of the case, oldest first.',
    input: nothing,
    output: noteList,
  }),
  'note.add': command({ scope: 'operator', summary: 'Adds a note.', input: newNote, output: storedNote }),
  'note.change': command({ scope: 'operator', summary: 'Changes a note.', input: changedNote, output: storedNote }),
  'note.remove': command({ scope: 'operator', summary: 'Removes a note.', input: noteRef, output: onlyRevision }),
  'setting.get': query({
    scope: 'viewer',
    summary: 'A setting kept in the case, such as pinned nodes; null when it was never set.',
    input: settingRef,
    output: settingValue,
  }),
  'setting.set': command({
    scope: 'operator',
    summary: 'Keeps a setting in the case, or removes it.',
    input: newSetting,
    output: onlyRevision,
  }),
  'pseudonym.list': query({
    scope: 'operator',
    summary: 'What stands for each name of the case on a masked screen; names that have none yet are given one.',
    input: z.strictObject({
      /** Persons whom the case does not name. */
      people: z.array(z.string().max(200)).max(20).default([]),
    }),
    output: z.strictObject({
      /** By `type:name`, persons by `person:name`. */
      table: z.record(z.string(), z.string()),
      /** Seals what has no pseudonym: `shared/report/seal`. */
      secret: z.string(),
      /** False: the case cannot be written, so they hold only until it is closed. */
      isKept: z.boolean(),
    }),
  }),
  'report.render': query({
    scope: 'viewer',
    summary: 'The report of the newest analysis as text.',
    input: reportRequest,
    output: reportText,
  }),
  'room.publish': command({
    scope: 'operator',
    summary: 'Shows the room what the presenter sees.',
    input: roomState,
    output: onlyRevision,
  }),
  'room.mask': command({
    scope: 'operator',
    summary: 'Hides every name from guests of the room, or shows them again.',
    input: roomMask,
    output: onlyRevision,
  }),
  'room.follow': feed({
    scope: 'viewer',
    summary: 'What the presenter shows: the newest state at once, then every change.',
    input: nothing,
    event: roomEvent,
  }),
  'room.members': query({
    scope: 'viewer',
    summary: 'How many screens follow the room.',
    input: nothing,
    output: roomMembers,
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
