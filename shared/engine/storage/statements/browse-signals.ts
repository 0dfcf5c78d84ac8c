/** Scans of spans, log records and metric points for the contract's streams. The order of columns is part of each. */
import type { EntityRef } from '../../../model/entity.ts';
import type { SqlValue } from '../../engine-interface.ts';
import type { Statement } from './browse-records.ts';

export interface Scan {
  readonly from?: bigint | undefined;
  readonly to?: bigint | undefined;
  readonly entity?: EntityRef | undefined;
}

function conditionsOf(
  alias: string,
  time: string,
  scan: Scan,
): { readonly where: string; readonly parameters: SqlValue[] } {
  const conditions: string[] = [];
  const parameters: SqlValue[] = [];
  if (scan.from !== undefined) {
    conditions.push(`${alias}.${time} >= ?`);
    parameters.push(scan.from);
  }
  if (scan.to !== undefined) {
    conditions.push(`${alias}.${time} <= ?`);
    parameters.push(scan.to);
  }
  if (scan.entity) {
    conditions.push(`${alias}.entity_id = (SELECT id FROM entities WHERE type = ? AND name = ?)`);
    parameters.push(scan.entity.type, scan.entity.name);
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, parameters };
}

const SPAN_COLUMNS = /* sql */ `s.id, lower(hex(t.trace_id)), s.span_id, s.parent_span_id, s.start_time, s.duration_ns,
        s.kind, s.status, e.type || ':' || e.name, p.type || ':' || p.name, n.text`;
const SPAN_TABLES = /* sql */ `spans s JOIN traces t ON t.id = s.trace_row JOIN names n ON n.id = s.name_id
        LEFT JOIN entities e ON e.id = s.entity_id LEFT JOIN entities p ON p.id = s.peer_id`;

/** By row id. Without conditions it reads the table in order, holding one row. */
export function scanSpans(scan: Scan): Statement {
  const { where, parameters } = conditionsOf('s', 'start_time', scan);
  return { sql: /* sql */ `SELECT ${SPAN_COLUMNS} FROM ${SPAN_TABLES} ${where} ORDER BY s.id`, parameters };
}
/** Spans with these ids, in the order given; by primary key. Columns as in `scanSpans`. */
export function spansByIds(ids: readonly number[]): Statement {
  return {
    sql: /* sql */ `
      SELECT ${SPAN_COLUMNS} FROM json_each(?) x CROSS JOIN ${SPAN_TABLES.replace('spans s', 'spans s ON s.id = x.value')}
      ORDER BY x.key`,
    parameters: [JSON.stringify(ids)],
  };
}

const LOG_COLUMNS = /* sql */ `l.id, l.time, l.severity, e.type || ':' || e.name, m.text, l.body`;
const LOG_TABLES = /* sql */ `log_records l JOIN log_templates m ON m.id = l.template_row
        LEFT JOIN entities e ON e.id = l.entity_id`;

/** By row id. */
export function scanLogRecords(scan: Scan): Statement {
  const { where, parameters } = conditionsOf('l', 'time', scan);
  return { sql: /* sql */ `SELECT ${LOG_COLUMNS} FROM ${LOG_TABLES} ${where} ORDER BY l.id`, parameters };
}

/** By row id. Counts on the full-text index. */
export function searchLogRecords(search: {
  readonly text: string;
  readonly from?: bigint | undefined;
  readonly to?: bigint | undefined;
}): Statement {
  const { where, parameters } = conditionsOf('l', 'time', search);
  return {
    sql: /* sql */ `
      SELECT ${LOG_COLUMNS} FROM ${LOG_TABLES}
      ${where === '' ? 'WHERE' : `${where} AND`} l.id IN (SELECT rowid FROM log_text WHERE log_text MATCH ?) ORDER BY l.id`,
    parameters: [...parameters, search.text],
  };
}

/** By time. Counts on the index over (series_id, time). */
export function scanPoints(request: Scan & { readonly seriesId: number }): Statement {
  const { where, parameters } = conditionsOf('p', 'time', { from: request.from, to: request.to });
  return {
    sql: /* sql */ `
      SELECT p.id, p.time, p.value FROM metric_points p
      ${where === '' ? 'WHERE' : `${where} AND`} p.series_id = ? ORDER BY p.time`,
    parameters: [...parameters, request.seriesId],
  };
}
