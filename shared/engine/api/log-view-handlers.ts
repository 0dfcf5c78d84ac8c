/** What the log view asks, under one filter. */
import type { Contract } from '../../contract/contract.ts';
import { ContractError } from '../../contract/contract-error.ts';
import type { Handlers } from '../../contract/derived-types.ts';
import { unixNano } from '../../model/time.ts';
import type { EngineSession } from './engine-session.ts';
import { attributesOf, timeOf } from './record-pages.ts';
import { entityOrNull, logRowsAsColumns } from './view-fields.ts';

type LogViews = 'log.histogram' | 'log.templates' | 'log.rows' | 'log.locate' | 'log.record' | 'log.facets';

export function logViewHandlers(session: EngineSession): Pick<Handlers<Contract>, LogViews> {
  return {
    'log.histogram': async (request, { signal }) => {
      const { isImporting } = session.engine;
      const answer = await session.engine.view('logHistogram', request, signal);
      const { levels, isTextPartial, startTime, ...rest } = answer;
      return { ...rest, startTime: timeOf(startTime), ...levels, isPartial: isImporting || isTextPartial };
    },
    'log.templates': async (request, { signal }) => {
      const { isImporting } = session.engine;
      const { total, templates, isTextPartial } = await session.engine.view('logTemplates', request, signal);
      return {
        total,
        templates: templates.map((template) => ({
          ...template,
          bucketCounts: [...template.bucketCounts],
          firstTime: timeOf(template.firstTime),
          lastTime: timeOf(template.lastTime),
        })),
        isPartial: isImporting || isTextPartial,
      };
    },
    'log.rows': async (request, { signal }) => {
      const { isImporting } = session.engine;
      const { total, rows, isTextPartial } = await session.engine.view('logRows', request, signal);
      const isPartial = isImporting || isTextPartial;
      return { total, index: request.index, columns: logRowsAsColumns(rows), isPartial };
    },
    'log.locate': async ({ rowId, time, ...request }, { signal }) => {
      const at = time ?? (await timeOfRecord(session, rowId ?? 0, signal));
      return session.engine.view('logLocate', { ...request, rowId, time: at }, signal);
    },
    'log.record': async ({ rowId }, { signal }) => {
      const row = await session.engine.view('logDetail', rowId, signal);
      if (!row) throw noSuchRecord(rowId);
      return {
        rowId,
        time: unixNano(row.time),
        isTimeInferred: row.isTimeInferred !== 0n,
        severityNumber: Number(row.severity),
        entity: entityOrNull(row.entityType, row.entityName),
        instance: entityOrNull(row.instanceType, row.instanceName),
        body: row.body,
        templateId: row.templateId,
        template: row.template,
        traceId: row.traceId,
        spanId: row.spanId === null ? null : BigInt.asUintN(64, row.spanId),
        lineCount: Number(row.lineCount),
        attributes: attributesOf(row.attributes),
        resource: attributesOf(row.resource),
        sourcePath: row.sourcePath,
      };
    },
    'log.facets': async (request, { signal }) => {
      const { facets, sampled, total } = await session.engine.view('logFacets', request, signal);
      return { facets: [...facets], sampled, total };
    },
  };
}

async function timeOfRecord(session: EngineSession, rowId: number, signal: AbortSignal): Promise<bigint> {
  const row = await session.engine.view('logDetail', rowId, signal);
  if (row) return row.time;
  throw noSuchRecord(rowId);
}

function noSuchRecord(rowId: number): ContractError {
  return new ContractError('not_found', `The case has no log record ${rowId}.`);
}
